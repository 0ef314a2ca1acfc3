import type { Position } from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import type { DocumentContent } from '../../schemas/rules/content.ts';
import { everyRect } from '../canvas/select/box-rects.ts';
import { overlaps, type Rect } from '../canvas/select/rect.ts';

const GRID = 8;
const STEP = 3 * GRID;
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

/**
 * The place on the grid nearest to a wish at which a new box lies on no other and leaves a gap to each.
 * @param wish where it should stand, and how large it is
 */
export function freePosition(taken: Iterable<Rect>, wish: Rect): Position {
  const start = { x: snap(wish.x), y: snap(wish.y) };
  const grown = { x: start.x - STEP, y: start.y - STEP, width: wish.width + 2 * STEP, height: wish.height + 2 * STEP };
  const reach = MOST_RINGS * STEP;
  const all = [...taken];
  const near = all.filter((other) =>
    overlaps(other, {
      x: grown.x - reach,
      y: grown.y - reach,
      width: grown.width + 2 * reach,
      height: grown.height + 2 * reach,
    }),
  );
  for (let radius = 0; radius <= MOST_RINGS; radius++)
    for (const [right, down] of ring(radius)) {
      const by = { x: right * STEP, y: down * STEP };
      const room = { ...grown, x: grown.x + by.x, y: grown.y + by.y };
      if (!near.some((other) => overlaps(other, room))) return { x: start.x + by.x, y: start.y + by.y };
    }
  // All that is near is full: below everything.
  return { x: start.x, y: snap(Math.max(...all.map(({ y, height }) => y + height)) + STEP) };
}

/** The place nearest to where a box of a graph stands at which it lies on no other. */
export function freePlace(catalog: Catalog, content: DocumentContent, id: string): Position {
  const rects = new Map(everyRect(catalog, content));
  const own = rects.get(id);
  if (!own) throw new RangeError(`No box of the graph is called ${id}.`);
  rects.delete(id);
  return freePosition(rects.values(), own);
}
