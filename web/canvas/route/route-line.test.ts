import { describe, expect, it } from 'vitest';
import type { Rect } from '../select/rect.ts';
import { routeLine } from './route-line.ts';

const box = (x: number, y: number): Rect => ({ x, y, width: 200, height: 120 });

/** The corners of a path of straight pieces. */
const points = (path: string) =>
  [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
const runsThrough = (path: string, { x, y, width, height }: Rect) =>
  points(path).some((from, index, all) => {
    const to = all[index + 1];
    if (!to) return false;
    return Array.from({ length: 50 }, (_, part) => ({
      x: from.x + ((to.x - from.x) * part) / 50,
      y: from.y + ((to.y - from.y) * part) / 50,
    })).some((place) => place.x > x && place.x < x + width && place.y > y && place.y < y + height);
  });

describe('the way of a line', () => {
  const straight = { x1: 0, y1: 60, x2: 600, y2: 60 };

  it('is one curve where nothing is in the way', () => {
    const { path, label } = routeLine(straight, [box(200, 400)]);
    expect(path).toContain('C');
    expect(label).toEqual({ x: 300, y: 60 });
  });

  it.each([
    ['a box in the middle', straight, [box(200, 0)]],
    ['two boxes, one above the other', straight, [box(200, -80), box(200, 60)]],
    ['a box before the target, far below', { x1: 0, y1: 0, x2: 900, y2: 600 }, [box(350, 250)]],
    ['a box on the way back', { x1: 600, y1: 0, x2: 100, y2: 10 }, [box(250, -40)]],
  ])('goes around %s', (_name, ends, boxes) => {
    const { path } = routeLine(ends, boxes);
    for (const each of boxes) expect(runsThrough(path, each)).toBe(false);
    const all = points(path);
    expect([all[0], all.at(-1)]).toEqual([
      { x: ends.x1, y: ends.y1 },
      { x: ends.x2, y: ends.y2 },
    ]);
  });

  it('is a curve after all where there is no free way', () => {
    const wall = Array.from({ length: 40 }, (_, index) => box(20, index * 100 - 2000));
    expect(routeLine({ x1: 0, y1: 0, x2: 300, y2: 50 }, wall).path).toContain('C');
  });
});
