import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, distribute } from './arrange.ts';
import { freeShift } from './free-place.ts';
import { inLasso } from './lasso.ts';
import { firstRect, nearestRect } from './nearest.ts';
import { boundsOf, overlaps, type Rect, type Rects } from './rect.ts';
import { snapMove } from './snap.ts';

const rect = fc.record({
  x: fc.integer({ min: -2000, max: 2000 }),
  y: fc.integer({ min: -2000, max: 2000 }),
  width: fc.constant(200),
  height: fc.integer({ min: 100, max: 300 }),
});
const rects = (min: number) =>
  fc
    .array(rect, { minLength: min, maxLength: 8 })
    .map((all): Rects => new Map(all.map((one, index) => [`b${index}`, one])));
const moved = (all: Rects, places: Record<string, { x: number; y: number }>): Rects =>
  new Map([...all].map(([id, one]) => [id, { ...one, ...places[id] }]));
const box = (x: number, y: number): Rect => ({ x, y, width: 200, height: 100 });

describe('aligning', () => {
  it('gives all one edge, keeps within the rectangle around them, and does nothing the second time', () => {
    fc.assert(
      fc.property(rects(2), fc.constantFrom('left', 'right', 'top', 'bottom', 'centre', 'middle'), (all, side) => {
        const after = moved(all, align(all, side as 'left'));
        const bounds = boundsOf(all.values());
        const around = boundsOf(after.values());
        expect(around && bounds && around.width <= bounds.width && around.height <= bounds.height).toBe(true);
        expect(moved(after, align(after, side as 'left'))).toEqual(after);
        if (side === 'left') expect(new Set([...after.values()].map(({ x }) => x)).size).toBe(1);
        if (side === 'bottom') expect(new Set([...after.values()].map(({ y, height }) => y + height)).size).toBe(1);
      }),
    );
  });
});

describe('distributing', () => {
  it('makes gaps equal to a pixel where there is room, and leaves the rectangle around them as it is', () => {
    fc.assert(
      fc.property(rects(3), fc.constantFrom('x' as const, 'y' as const), (all, along) => {
        const size = along === 'x' ? 'width' : 'height';
        const after = moved(all, distribute(all, along));
        const before = boundsOf(all.values());
        expect(boundsOf(after.values())?.[along]).toBe(before?.[along]);
        expect(boundsOf(after.values())?.[size]).toBe(before?.[size]);
        const filled = [...all.values()].reduce((sum, each) => sum + each[size], 0);
        if (filled > (before?.[size] ?? 0)) return;
        // By its place in the row, which is where its old middle was.
        const row = [...all.keys()].sort(
          (a, b) =>
            (all.get(a)?.[along] ?? 0) +
            (all.get(a)?.[size] ?? 0) / 2 -
            (all.get(b)?.[along] ?? 0) -
            (all.get(b)?.[size] ?? 0) / 2,
        );
        const gaps = row.slice(1).map((id, index) => {
          const [left, right] = [after.get(row[index] ?? ''), after.get(id)];
          return (right?.[along] ?? 0) - (left?.[along] ?? 0) - (left?.[size] ?? 0);
        });
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1.01);
      }),
    );
  });
});

describe('snapping', () => {
  const options = { grid: 8, reach: 6 };

  it('goes to the grid where nothing is near', () => {
    fc.assert(
      fc.property(rect, (one) => {
        const { dx, dy, guides } = snapMove(one, [], options);
        expect(Math.abs((one.x + dx) % 8)).toBe(0);
        expect(Math.abs((one.y + dy) % 8)).toBe(0);
        expect(guides).toEqual([]);
      }),
    );
  });

  it('goes to the edge or the middle of a neighbour, never farther than its reach or half the grid, and shows the line', () => {
    expect(snapMove(box(3, 205), [box(0, 0)], options)).toMatchObject({
      dx: -3,
      guides: expect.arrayContaining([{ axis: 'x', at: 0, from: 0, to: 308 }]),
    });
    expect(snapMove({ x: 404, y: 21, width: 200, height: 50 }, [box(0, 0)], options)).toMatchObject({ dy: 4 });
    fc.assert(
      fc.property(rect, rects(1), (one, others) => {
        const { dx, dy } = snapMove(one, others.values(), options);
        expect(Math.max(Math.abs(dx), Math.abs(dy))).toBeLessThanOrEqual(6);
      }),
    );
  });

  it('does not look at boxes that are far away', () => {
    expect(snapMove(box(3, 5000), [box(0, 0)], options).guides).toEqual([]);
  });
});

describe('the lasso', () => {
  const all: Rects = new Map([
    ['a', box(0, 0)],
    ['b', box(400, 0)],
    ['c', box(0, 400)],
  ]);
  const square = (x: number, y: number, size: number) => [
    { x, y },
    { x: x + size, y },
    { x: x + size, y: y + size },
    { x, y: y + size },
  ];

  it('takes what it goes around or touches, and nothing else', () => {
    expect(inLasso(all, square(-50, -50, 300))).toEqual(['a']);
    expect(inLasso(all, square(50, 40, 10))).toEqual(['a']);
    expect(inLasso(all, square(150, 50, 300))).toEqual(['a', 'b', 'c'].slice(0, 2));
    expect(inLasso(all, square(250, 150, 50))).toEqual([]);
    expect(inLasso(all, [{ x: 1, y: 1 }])).toEqual([]);
  });

  it('takes only within its hollow when it is bent', () => {
    const horseshoe = [
      { x: -50, y: -50 },
      { x: 250, y: -50 },
      { x: 250, y: -20 },
      { x: -20, y: -20 },
      { x: -20, y: 350 },
      { x: 250, y: 350 },
      { x: 250, y: 550 },
      { x: -50, y: 550 },
    ];
    expect(inLasso(all, horseshoe)).toEqual(['c']);
  });
});

describe('walking', () => {
  it('goes to the nearest box in a direction, and the way back leads back', () => {
    const all: Rects = new Map([
      ['a', box(0, 0)],
      ['b', box(300, 40)],
      ['c', box(0, 200)],
    ]);
    expect(nearestRect(all, 'a', [1, 0])).toBe('b');
    expect(nearestRect(all, 'b', [-1, 0])).toBe('a');
    expect(nearestRect(all, 'a', [0, 1])).toBe('c');
    expect(nearestRect(all, 'a', [0, -1])).toBeUndefined();
    expect(firstRect(all)).toBe('a');
  });
});

describe('placing copies', () => {
  it('covers no box', () => {
    fc.assert(
      fc.property(rects(1), rects(1), (standing, block) => {
        const copies = [...block.values()];
        const shift = freeShift(standing, copies);
        for (const one of copies) {
          const place = { ...one, x: one.x + shift.x, y: one.y + shift.y };
          for (const other of standing.values()) expect(overlaps(place, other)).toBe(false);
        }
      }),
    );
  });
});
