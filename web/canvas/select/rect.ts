import type { Position } from '../../../schemas/generated/types.ts';

export interface Rect extends Position {
  width: number;
  height: number;
}

export type Rects = ReadonlyMap<string, Rect>;

export const centreOf = ({ x, y, width, height }: Rect): Position => ({ x: x + width / 2, y: y + height / 2 });

/** The smallest rectangle around all of them; nothing around none. */
export function boundsOf(rects: Iterable<Rect>): Rect | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of rects) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return left === Infinity ? undefined : { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether two rectangles share more than an edge. */
export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
