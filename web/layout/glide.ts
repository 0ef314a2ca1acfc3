import type { Position } from '../../schemas/generated/types.ts';
import type { SessionStore } from '../stores/session.ts';

const DURATION = 180;
const MOST = 300;

const wantsStillness = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const easeOut = (part: number) => 1 - (1 - part) ** 3;

/** The newest movement of each window: it takes over what an older one has begun. */
const newest = new WeakMap<SessionStore, object>();

/** Shows boxes on their way from where they were to where the document has them already. */
export function glide(
  session: SessionStore,
  from: ReadonlyMap<string, Position>,
  to: Readonly<Record<string, Position>>,
) {
  const own = {};
  newest.set(session, own);
  if (from.size > MOST || wantsStillness()) return session.setState({ gliding: undefined });
  const { gliding } = session.getState();
  const starts = new Map([...from].map(([id, place]) => [id, gliding?.get(id) ?? place]));
  const begin = performance.now();
  const step = (now: number) => {
    if (newest.get(session) !== own) return;
    const part = easeOut(Math.min(1, Math.max(0, now - begin) / DURATION));
    if (part === 1) return session.setState({ gliding: undefined });
    const between = new Map<string, Position>();
    for (const [id, start] of starts) {
      const end = to[id] ?? start;
      between.set(id, { x: start.x + (end.x - start.x) * part, y: start.y + (end.y - start.y) * part });
    }
    session.setState({ gliding: between });
    requestAnimationFrame(step);
  };
  session.setState({ gliding: starts });
  requestAnimationFrame(step);
}
