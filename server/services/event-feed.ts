// The stream of one environment: first what was missed, then what happens, without a gap and without an echo; and where others are.
import type { PlumblineEvent, Presence } from '../../schemas/generated/types.ts';
import type { Store } from '../store/store.ts';
import type { EventHub } from './events.ts';
import type { PresenceHub } from './presence.ts';
import { findEnvironment } from './scope.ts';

/** Events read from the store at once. */
const page = 500;

/** What is to be told next. */
export interface News {
  events: PlumblineEvent[];
  /** The newest of each client. */
  presence: Presence[];
}

interface Reader {
  /** Id of the last event that the reader has; undefined: only what happens from now on. */
  after: number | undefined;
  /** The page that reads: it hears of the others, and they hear when it has gone. */
  client: string | undefined;
}

export function createEventFeed(
  store: Pick<Store, 'projects' | 'environments' | 'events'>,
  hub: EventHub,
  presence: PresenceHub,
) {
  return {
    /**
     * Opens the stream. Nothing is kept in memory for a slow reader: the hub only says that there is more, and the store is asked again; of
     * where people are, the newest is kept.
     * @throws `unknown-environment`, before the stream begins.
     */
    open: async (project: string, name: string, { after, client }: Reader, signal: AbortSignal) => {
      const { id } = await findEnvironment(store, project, name);
      const start = after ?? (await store.events.last(id));
      return follow(id, { after: start, client }, signal);
    },
    /** Tells the others where a client is. */
    putPresence: async (project: string, name: string, told: Presence): Promise<void> => {
      presence.put((await findEnvironment(store, project, name)).id, told);
    },
  };

  async function* follow(environmentId: string, reader: Required<Reader>, signal: AbortSignal): AsyncGenerator<News> {
    let last = reader.after ?? 0;
    let hasEvents = true;
    let wake = () => {};
    const moved = new Map<string, Presence>();
    const notice = () => {
      hasEvents = true;
      wake();
    };
    const end = () => wake();
    const unsubscribe = hub.subscribe(environmentId, notice);
    const see = (told: Presence) => {
      moved.set(told.client, told);
      wake();
    };
    const part = reader.client === undefined ? undefined : presence.join(environmentId, reader.client, see);
    signal.addEventListener('abort', end, { once: true });
    try {
      while (!signal.aborted) {
        if (!hasEvents && moved.size === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        const isAsked = hasEvents;
        hasEvents = false;
        const events = isAsked ? await store.events.since(environmentId, last, page) : [];
        if (events.length === page) hasEvents = true;
        last = events.at(-1)?.id ?? last;
        const people = [...moved.values()];
        moved.clear();
        if (events.length + people.length > 0) yield { events, presence: people };
      }
    } finally {
      part?.();
      unsubscribe();
      signal.removeEventListener('abort', end);
    }
  }
}
