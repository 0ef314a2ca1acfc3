// Where a new box goes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freePosition } from './free-position.ts';

const place = fc.record({ x: fc.integer({ min: -2000, max: 2000 }), y: fc.integer({ min: -2000, max: 2000 }) });

test('a new box lies on the grid and on no other, wherever it was wished for', () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 60 }), place, (places, wish) => {
      const positions = Object.fromEntries(places.map((each, index) => [`b${index}`, each]));
      const { x, y } = freePosition(positions, wish);
      expect([x % 8, y % 8].map(Math.abs)).toEqual([0, 0]);
      for (const other of places) expect(Math.abs(other.x - x) >= 200 || Math.abs(other.y - y) >= 150).toBe(true);
    }),
  );
});

test('it stays where it was wished for where there is room, and else goes no farther than it must', () => {
  expect(freePosition({ a: { x: 400, y: 0 } }, { x: 0, y: 0 })).toEqual({ x: 0, y: 0 });
  expect(freePosition({ a: { x: 200, y: 0 } }, { x: 3, y: -2 })).toEqual({ x: -24, y: 0 });
  const { x, y } = freePosition({ a: { x: 0, y: 0 } }, { x: 0, y: 0 });
  expect(Math.hypot(x, y)).toBeLessThan(240);
});

test('a canvas that is full for a long way around has room below', () => {
  const cells = Array.from({ length: 60 * 40 }, (_, at) => ({
    x: ((at % 60) - 30) * 208,
    y: (Math.floor(at / 60) - 20) * 168,
  }));
  const positions = Object.fromEntries(cells.map((cell, index) => [`b${index}`, cell]));
  expect(freePosition(positions, { x: 0, y: 0 })).toEqual({ x: 0, y: 19 * 168 + 176 });
});
