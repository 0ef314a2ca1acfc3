import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlaps, type Rect } from '../select/rect.ts';
import { makeRoom } from './make-room.ts';

const folded: Rect = { x: 0, y: 0, width: 200, height: 120 };
const grown: Rect = { x: 0, y: 0, width: 640, height: 400 };
const box = (x: number, y: number): Rect => ({ x, y, width: 200, height: 100 });

/** Boxes that stand apart, on a coarse grid around the group. */
const neighbours = fc
  .uniqueArray(fc.tuple(fc.integer({ min: -4, max: 8 }), fc.integer({ min: -4, max: 8 })), {
    selector: ([column, row]) => `${column}/${row}`,
    maxLength: 24,
  })
  .map((cells) => cells.map(([column, row]) => box(column * 240, row * 144)))
  .map((rects) => rects.filter((rect) => !overlaps(rect, folded)))
  .map((rects) => new Map(rects.map((rect, index) => [`b${index}`, rect])));

describe('room for a group that opens', () => {
  it('is made so that nothing overlaps, and only to the right and down', () => {
    fc.assert(
      fc.property(neighbours, (others) => {
        const moved = makeRoom(folded, grown, others);
        const all = [...others].map(([id, rect]) => ({ ...rect, ...moved.get(id) }));
        for (const [index, rect] of all.entries()) {
          expect(overlaps(rect, grown)).toBe(false);
          for (const other of all.slice(index + 1)) expect(overlaps(rect, other)).toBe(false);
        }
        for (const [id, to] of moved) {
          const from = others.get(id) ?? to;
          expect(to.x >= from.x && to.y >= from.y).toBe(true);
        }
      }),
    );
  });

  it('leaves alone what is in nobody’s way', () => {
    const others = new Map([
      ['near', box(240, 0)],
      ['far', box(2000, 0)],
      ['above', box(0, -200)],
    ]);
    expect([...makeRoom(folded, grown, others).keys()]).toEqual(['near']);
  });

  it('keeps a row a row', () => {
    const others = new Map([
      ['second', box(480, 144)],
      ['first', box(240, 144)],
    ]);
    const moved = makeRoom(folded, grown, others);
    expect(moved.get('first')).toEqual({ x: 664, y: 144 });
    expect(moved.get('second')).toEqual({ x: 888, y: 144 });
  });

  it('pushes on what is pushed into', () => {
    const others = new Map([
      ['first', box(240, 0)],
      ['second', box(680, 0)],
    ]);
    const moved = makeRoom(folded, grown, others);
    expect(moved.get('first')).toEqual({ x: 664, y: 0 });
    expect(moved.get('second')?.x).toBe(888);
  });
});
