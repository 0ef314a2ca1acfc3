import type { Position } from '../../../schemas/generated/types.ts';
import { overlaps, type Rect, type Rects } from '../select/rect.ts';

const GRID = 8;
const GAP = 24;
const snapUp = (value: number) => Math.ceil(value / GRID) * GRID;
const right = ({ x, width }: Rect) => x + width;
const bottom = ({ y, height }: Rect) => y + height;
const withGap = ({ x, y, width, height }: Rect): Rect => ({
  x: x - GAP + 1,
  y: y - GAP + 1,
  width: width + 2 * GAP - 2,
  height: height + 2 * GAP - 2,
});

/** How often a thing may be pushed on: what is pushed only ever goes right and down, so that a few turns are enough. */
const TURNS = 40;

/**
 * Where neighbours go when something grows to the right and down: those that it would cover are pushed aside, right where they stood
 * right of it, else down, and push on what they would cover. Whatever is in nobody's way stays.
 * @param before what it covered until now
 * @param others neighbours, each moved as one
 * @returns the new places of those that move
 */
export function makeRoom(before: Rect, grown: Rect, others: Rects): Map<string, Position> {
  const moved = new Map<string, Rect>();
  const at = (id: string, rect: Rect) => moved.get(id) ?? rect;
  const byNearness = [...others].sort(([, a], [, b]) => a.x + a.y - b.x - b.y);
  let pushers: { id?: string; way?: 'right' | 'down' }[] = [{}];
  for (let turn = 0; turn < TURNS && pushers.length > 0; turn += 1) {
    const next: typeof pushers = [];
    for (const { id: own, way: pushed } of pushers) {
      // Where it stands now: what was pushed together is told apart by the first of the two alone.
      const pusher = own === undefined ? grown : (moved.get(own) ?? grown);
      for (const [id, rest] of byNearness) {
        const rect = at(id, rest);
        if (id === own || !overlaps(withGap(pusher), rect)) continue;
        // What overlapped before anything grew is as people want it.
        if (own !== undefined && overlaps(others.get(own) ?? pusher, rest)) continue;
        const way = pushed ?? (rect.x >= right(before) ? 'right' : 'down');
        const to =
          way === 'right' ? { ...rect, x: snapUp(right(pusher) + GAP) } : { ...rect, y: snapUp(bottom(pusher) + GAP) };
        moved.set(id, to);
        next.push({ id, way });
      }
    }
    pushers = next;
  }
  return new Map([...moved].map(([id, { x, y }]) => [id, { x, y }]));
}
