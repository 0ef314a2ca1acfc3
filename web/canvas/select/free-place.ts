import { boundsOf, overlaps, type Rect, type Rects } from './rect.ts';

const GRID = 8;
const GAP = 24;
const up = (value: number) => Math.ceil(value / GRID) * GRID;

/** How far copies are moved away so that they cover nothing: below, beside, else farther and farther down. */
export function freeShift(standing: Rects, block: readonly Rect[]): { x: number; y: number } {
  const bounds = boundsOf(block);
  if (!bounds) return { x: 0, y: 0 };
  const others = [...standing.values()];
  const isFree = (shift: { x: number; y: number }) => {
    const outer = { ...bounds, x: bounds.x + shift.x, y: bounds.y + shift.y };
    const near = others.filter((other) => overlaps(outer, other));
    return !block.some((rect) => {
      const moved = { ...rect, x: rect.x + shift.x, y: rect.y + shift.y };
      return near.some((other) => overlaps(moved, other));
    });
  };
  const [right, down] = [up(bounds.width + GAP), up(bounds.height + GAP)];
  for (let step = 1; ; step += 1) {
    const ways = [
      { x: 0, y: step * down },
      { x: step * right, y: 0 },
      { x: step * right, y: step * down },
    ];
    const free = ways.find(isFree);
    if (free) return free;
  }
}
