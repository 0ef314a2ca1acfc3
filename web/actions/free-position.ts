import type { Position } from '../../schemas/generated/types.ts';
import { BOX_WIDTH } from '../canvas/geometry.ts';

const GRID = 8;
const STEP = 3 * GRID;
/** From corner to corner. The places say nothing of heights: a box of six rows and more is taller, and its foot may be touched. */
const APART = { x: BOX_WIDTH + STEP, y: 176 };
const MOST_RINGS = 80;

const snap = (value: number) => Math.round(value / GRID) * GRID;

/** Steps to the places on the edge of a square around the middle, to the right and below first. */
function* ring(radius: number): Generator<readonly [x: number, y: number]> {
  if (radius === 0) return yield [0, 0];
  for (let at = 0; at <= radius; at++) {
    for (const side of at === 0 ? [0] : [at, -at]) {
      yield [radius, side];
      yield [side, radius];
      yield [-radius, side];
      yield [side, -radius];
    }
  }
}

/** The place on the grid nearest to a wish at which a new box lies on no other. */
export function freePosition(positions: Readonly<Record<string, Position>>, wish: Position): Position {
  const start = { x: snap(wish.x), y: snap(wish.y) };
  const reach = MOST_RINGS * STEP;
  const near = Object.values(positions).filter(
    ({ x, y }) => Math.abs(x - start.x) < reach + APART.x && Math.abs(y - start.y) < reach + APART.y,
  );
  const isFree = (x: number, y: number) =>
    !near.some((other) => Math.abs(other.x - x) < APART.x && Math.abs(other.y - y) < APART.y);
  for (let radius = 0; radius <= MOST_RINGS; radius++)
    for (const [right, down] of ring(radius)) {
      const place = { x: start.x + right * STEP, y: start.y + down * STEP };
      if (isFree(place.x, place.y)) return place;
    }
  // All that is near is full: below everything.
  return { x: start.x, y: snap(Math.max(...Object.values(positions).map(({ y }) => y)) + APART.y) };
}
