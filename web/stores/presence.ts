import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Operation, Position, Presence } from '../../schemas/generated/types.ts';

/** Somebody else who has this environment open. */
export interface Person extends Presence {
  /** Number of their colour, 1 to 8. */
  color: number;
}

/** A box or line that somebody else has just changed. */
export interface Flash {
  key: number;
  kind: 'node' | 'connection';
  id: string;
  color: number;
}

export interface PresenceState {
  /** How this person is called on others' pages. */
  name: string;
  people: Readonly<Record<string, Person>>;
  flashes: readonly Flash[];
  /** Names of everybody who was here since the page was opened. */
  names: Readonly<Record<string, string>>;
}

export interface PresenceStore {
  store: StoreApi<PresenceState>;
  rename(name: string): void;
  /** Where this person points on the canvas, asked for when it is told; nothing: elsewhere. */
  point(at: (() => Position) | undefined): void;
  pick(nodes: readonly string[], connections: readonly string[]): void;
  /** Says where this person is, and forgets who was there: the server tells anew. */
  join(): void;
  receive(presence: Presence): void;
  /** Somebody has edited: what they touched lights up in their colour. */
  flash(client: string, operations: readonly Operation[]): void;
  stop(): void;
}

interface PresenceOptions {
  client: string;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  send(presence: Presence): Promise<void>;
}

const NAME_KEY = 'plumbline.name';
const COLORS = 8;
const SEND_MS = 60;
const FLASH_MS = 1200;
const MOST_FLASHES = 40;
const MOST_PICKED = 1000;

function storedName({ storage, client }: PresenceOptions): string {
  const stored = storage.getItem(NAME_KEY);
  if (stored) return stored;
  const name = `Guest ${(hash(client) % 90) + 10}`;
  storage.setItem(NAME_KEY, name);
  return name;
}

function hash(text: string): number {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return sum;
}

/** The colour that its id asks for, or the next that nobody here has. */
function colorFor(client: string, people: PresenceState['people']): number {
  const taken = new Set(Object.values(people).map(({ color }) => color));
  const wish = hash(client) % COLORS;
  for (let step = 0; step < COLORS; step += 1) {
    const color = ((wish + step) % COLORS) + 1;
    if (!taken.has(color)) return color;
  }
  return wish + 1;
}

export function createPresence(options: PresenceOptions): PresenceStore {
  const { client, storage, send } = options;
  const store = createStore<PresenceState>()(() => ({
    name: storedName(options),
    people: {},
    flashes: [],
    names: {},
  }));
  let picked: Pick<Presence, 'nodes' | 'connections'> = { nodes: [], connections: [] };
  let cursor: (() => Position) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let count = 0;
  let isStopped = false;

  function tell(): void {
    timer = undefined;
    // Nothing depends on it: whoever misses it sees the next.
    const { x, y } = cursor?.() ?? {};
    const here = x === undefined || y === undefined ? {} : { cursor: { x: Math.round(x), y: Math.round(y) } };
    send({ client, name: store.getState().name, ...picked, ...here }).catch(() => {});
  }

  function tellSoon(): void {
    if (!isStopped) timer ??= setTimeout(tell, SEND_MS);
  }

  const isAlone = () => Object.keys(store.getState().people).length === 0;

  return {
    store,
    rename(name) {
      const clean = name.trim().slice(0, 60);
      if (clean === '') return;
      store.setState({ name: clean });
      storage.setItem(NAME_KEY, clean);
      tellSoon();
    },
    point(at) {
      cursor = at;
      if (!isAlone()) tellSoon();
    },
    pick(nodes, connections) {
      picked = { nodes: nodes.slice(0, MOST_PICKED), connections: connections.slice(0, MOST_PICKED) };
      tellSoon();
    },
    join() {
      store.setState({ people: {} });
      tellSoon();
    },
    receive(presence) {
      if (presence.client === client) return;
      const { people, names } = store.getState();
      const { [presence.client]: known, ...others } = people;
      if (presence.left) return store.setState({ people: others });
      const color = known?.color ?? colorFor(presence.client, people);
      const isNamed = names[presence.client] === presence.name;
      store.setState({
        people: { ...people, [presence.client]: { ...presence, color } },
        ...(isNamed ? {} : { names: { ...names, [presence.client]: presence.name } }),
      });
    },
    flash(from, operations) {
      const color = store.getState().people[from]?.color;
      if (color === undefined) return;
      const touched = new Map<string, Flash>();
      for (const { path } of operations) {
        const kind =
          path[0] === 'connections' ? 'connection' : path[0] === 'nodes' || path[0] === 'positions' ? 'node' : '';
        if (kind === '' || touched.size >= MOST_FLASHES) continue;
        count += 1;
        touched.set(`${kind} ${path[1]}`, { key: count, kind, id: path[1], color });
      }
      const fresh = [...touched.values()];
      if (fresh.length === 0) return;
      const isFresh = ({ kind, id }: Flash) => touched.has(`${kind} ${id}`);
      store.setState((state) => ({ flashes: [...state.flashes.filter((each) => !isFresh(each)), ...fresh] }));
      setTimeout(
        () => store.setState((state) => ({ flashes: state.flashes.filter((each) => !fresh.includes(each)) })),
        FLASH_MS,
      );
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
