import type { Position } from '../../../schemas/generated/types.ts';
import type { Rect, Rects } from './rect.ts';

/** Whether a point lies inside a closed loop: a ray to the right crosses it an odd number of times. */
function isInside(loop: readonly Position[], { x, y }: Position): boolean {
  let inside = false;
  for (const [index, a] of loop.entries()) {
    const b = loop[(index + 1) % loop.length] ?? a;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** Whether a straight piece of the loop touches the rectangle (Liang and Barsky: what the four sides leave of it). */
function touches(a: Position, b: Position, rect: Rect): boolean {
  let [start, end] = [0, 1];
  const clip = (direction: number, distance: number): boolean => {
    if (direction === 0) return distance >= 0;
    const at = distance / direction;
    if (direction < 0) start = Math.max(start, at);
    else end = Math.min(end, at);
    return start <= end;
  };
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  return (
    clip(-dx, a.x - rect.x) &&
    clip(dx, rect.x + rect.width - a.x) &&
    clip(-dy, a.y - rect.y) &&
    clip(dy, rect.y + rect.height - a.y)
  );
}

/** Whether a loop that was drawn by hand takes a thing: it touches it or goes around it. */
function takesRect(loop: readonly Position[], rect: Rect): boolean {
  if (loop.length < 2) return false;
  if (isInside(loop, rect)) return true;
  return loop.some((point, index) => touches(point, loop[(index + 1) % loop.length] ?? point, rect));
}

/** The ids of what a loop takes, in canvas coordinates. */
export function inLasso(rects: Rects, loop: readonly Position[]): string[] {
  return [...rects].filter(([, rect]) => takesRect(loop, rect)).map(([id]) => id);
}
