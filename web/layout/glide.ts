import type { Position } from '../../schemas/generated/types.ts';
import type { DocumentContent } from '../../schemas/rules/content.ts';
import { flowId } from '../canvas/groups/flow-id.ts';
import { restingPlaces } from '../canvas/groups/places.ts';
import type { SessionStore } from '../stores/session.ts';
import type { Workspace } from '../stores/workspace.ts';

const DURATION = 180;
const MOST = 300;

const wantsStillness = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const easeOut = (part: number) => 1 - (1 - part) ** 3;

type Places = ReadonlyMap<string, Position>;

/** Where boxes and notes stand, by their ids on the canvas. */
function placesOf(content: DocumentContent): Places {
  const notes = Object.entries(content.notes).map(([id, { x, y }]) => [flowId('note', id), { x, y }] as const);
  return new Map([...Object.entries(restingPlaces(content)), ...notes]);
}

/**
 * Does something to the document, and lets what stands elsewhere afterwards be seen on its way there: arranging, undo, a group that makes
 * room. Not for what follows a hand or a key that is held: that is where it is meant to be already.
 */
export function glideAlong<T>({ document, session }: Pick<Workspace, 'document' | 'session'>, step: () => T): T {
  const before = placesOf(document.content());
  const result = step();
  const after = placesOf(document.content());
  const moved = [...before].filter(([id, { x, y }]) => {
    const now = after.get(id);
    return now && (now.x !== x || now.y !== y);
  });
  if (moved.length > 0) glide(session, new Map(moved), after);
  return result;
}

/** When nothing of the window is on its way any more, and the canvas has drawn where everything is. */
export async function atRest(session: SessionStore): Promise<void> {
  if (session.getState().gliding)
    await new Promise<void>((resolve) => {
      const stop = session.subscribe(({ gliding }) => {
        if (gliding) return;
        stop();
        resolve();
      });
    });
  await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** The newest movement of each window: it takes over what an older one has begun. */
const newest = new WeakMap<SessionStore, object>();

/** Shows things on their way from where they were to where the document has them already. */
function glide(session: SessionStore, from: Places, to: Places): void {
  const own = {};
  newest.set(session, own);
  const { gliding } = session.getState();
  const starts = new Map([...from, ...(gliding ?? [])].filter(([id]) => to.has(id)));
  if (starts.size > MOST || wantsStillness()) return session.setState({ gliding: undefined });
  const begin = performance.now();
  const step = (now: number) => {
    if (newest.get(session) !== own) return;
    const part = easeOut(Math.min(1, Math.max(0, now - begin) / DURATION));
    if (part === 1) return session.setState({ gliding: undefined });
    const between = new Map<string, Position>();
    for (const [id, start] of starts) {
      const end = to.get(id) ?? start;
      between.set(id, { x: start.x + (end.x - start.x) * part, y: start.y + (end.y - start.y) * part });
    }
    session.setState({ gliding: between });
    requestAnimationFrame(step);
  };
  session.setState({ gliding: starts });
  requestAnimationFrame(step);
}
