// Where a new box goes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overlaps, type Rect } from '../canvas/select/rect.ts';
import { freePosition } from './free-position.ts';

const coordinate = fc.integer({ min: -2000, max: 2000 });
const rect = fc.record({
  x: coordinate,
  y: coordinate,
  width: fc.constant(200),
  height: fc.integer({ min: 106, max: 400 }),
});
const box = (x: number, y: number, height = 150): Rect => ({ x, y, width: 200, height });

test('a new box lies on the grid and on no other, wherever it was wished for and however tall they are', () => {
  fc.assert(
    fc.property(fc.array(rect, { maxLength: 60 }), rect, (taken, wish) => {
      const place = freePosition(taken, wish);
      expect([place.x % 8, place.y % 8].map(Math.abs)).toEqual([0, 0]);
      const around = { x: place.x - 16, y: place.y - 16, width: wish.width + 32, height: wish.height + 32 };
      for (const other of taken) expect(overlaps(other, around)).toBe(false);
    }),
  );
});

test('it stays where it was wished for where there is room, and else goes no farther than it must', () => {
  expect(freePosition([box(400, 0)], box(0, 0))).toEqual({ x: 0, y: 0 });
  expect(freePosition([box(200, 0)], box(3, -2))).toEqual({ x: -24, y: 0 });
  const { x, y } = freePosition([box(0, 0)], box(0, 0));
  expect(Math.hypot(x, y)).toBeLessThan(240);
});

test('the foot of a tall box is a part of it', () => {
  expect(freePosition([box(0, -300, 400)], box(0, 0)).y).toBeGreaterThanOrEqual(124);
});

test('a canvas that is full for a long way around has room below', () => {
  const cells = Array.from({ length: 60 * 40 }, (_, at) =>
    box(((at % 60) - 30) * 208, (Math.floor(at / 60) - 20) * 168),
  );
  expect(freePosition(cells, box(0, 0))).toEqual({ x: 0, y: 19 * 168 + 150 + 24 + 2 });
});
