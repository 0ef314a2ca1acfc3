import { BOX_WIDTH } from '../geometry.ts';
import { centreOf, type Rect, type Rects } from './rect.ts';

export type Direction = readonly [x: number, y: number];

/** How far a rectangle reaches to each side of its middle beyond what a box does: the title bar of a wide group is above all its boxes. */
const reach = ({ width }: Rect) => Math.max(0, (width - BOX_WIDTH) / 2);

/** From middle to middle, and nothing where the one is within reach of the other. */
function across(from: Rect, to: Rect): number {
  const distance = centreOf(to).x - centreOf(from).x;
  return Math.sign(distance) * Math.max(0, Math.abs(distance) - reach(from) - reach(to));
}

/** The nearest thing in a direction, from middle to middle; what is far off the axis counts as farther away. */
export function nearestRect(rects: Rects, from: string, [dx, dy]: Direction): string | undefined {
  const own = rects.get(from);
  if (!own) return undefined;
  let best: { id: string; distance: number } | undefined;
  for (const [id, rect] of rects) {
    const [x, y] = [across(own, rect), centreOf(rect).y - centreOf(own).y];
    const along = x * dx + y * dy;
    if (id === from || along <= 0) continue;
    const distance = along + 2 * (Math.abs(x * dy) + Math.abs(y * dx));
    if (!best || distance < best.distance) best = { id, distance };
  }
  return best?.id;
}

/** Where reading begins: nearest to the top left corner. */
export function firstRect(rects: Rects): string | undefined {
  let best: { id: string; sum: number } | undefined;
  for (const [id, { x, y }] of rects) if (!best || x + y < best.sum) best = { id, sum: x + y };
  return best?.id;
}
