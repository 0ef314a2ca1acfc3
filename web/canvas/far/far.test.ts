import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Area, indexAreas, overlaps } from './area-index.ts';
import { bundleStrokes, districtSide } from './bundles.ts';
import { levelAt } from './level.ts';
import { createScene, holdersOf, type Stroke } from './scene.ts';

const place = fc.integer({ min: -5000, max: 5000 });
const area = fc.record({
  x: place,
  y: place,
  width: fc.integer({ min: 1, max: 900 }),
  height: fc.integer({ min: 1, max: 900 }),
});
const stroke: fc.Arbitrary<Stroke> = fc.record({
  ...{ x1: place, y1: place, x2: place, y2: place },
  ...{
    id: fc.uuid(),
    lines: fc.constant([]),
    from: fc.constant('a'),
    to: fc.constant('b'),
    color: fc.constantFrom('data', 'compute'),
  },
});

describe('the index of areas', () => {
  it('finds what a look at every area finds', () => {
    fc.assert(
      fc.property(fc.array(area, { maxLength: 60 }), area, (areas, seen) => {
        expect(indexAreas<Area>(areas).within(seen)).toEqual(areas.filter((each) => overlaps(each, seen)));
      }),
    );
  });
});

describe('bundles', () => {
  it('carry every line once, but those too short to be seen', () => {
    fc.assert(
      fc.property(
        fc.array(stroke, { maxLength: 80 }),
        fc.double({ min: 0.02, max: 0.2, noNaN: true }),
        (lines, zoom) => {
          const { bundles, alone } = bundleStrokes(lines, zoom);
          const carried = bundles.reduce((sum, { count }) => sum + count, alone.length);
          const seen = lines.filter(({ x1, y1, x2, y2 }) => (Math.abs(x2 - x1) + Math.abs(y2 - y1)) * zoom >= 10.0001);
          expect(carried).toBeGreaterThanOrEqual(seen.length);
          expect(carried).toBeLessThanOrEqual(lines.length);
        },
      ),
    );
  });

  it('keep their districts while the zoom changes a little', () => {
    expect(districtSide(0.074)).toBe(districtSide(0.08));
  });
});

describe('a collapsed group', () => {
  const scene = createScene(
    [
      { id: 'a', type: 'box', position: { x: 0, y: 0 }, data: {} },
      { id: 'group:jobs', type: 'folded', position: { x: 0, y: 0 }, data: { view: { boxes: ['b', 'c'] } } },
      { id: 'group:rest', type: 'folded', position: { x: 0, y: 0 }, data: { view: { boxes: ['d'] } } },
    ],
    [],
  );
  const holders = (...ids: string[]) => holdersOf(scene, new Set(ids)).map(({ id }) => id);

  it('is named as the holder of a selected box in it, and of no other', () => {
    expect(holders('a', 'c')).toEqual(['group:jobs']);
    expect(holders('b', 'c', 'd')).toEqual(['group:jobs', 'group:rest']);
    expect(holders('a', 'group:jobs')).toEqual([]);
  });
});

describe('the level', () => {
  it('keeps boxes of a small graph real for longer', () => {
    expect(levelAt(0.4, 60, 'near')).toBe('near');
    expect(levelAt(0.4, 300, 'near')).toBe('far');
  });

  it('stays as it was at the border', () => {
    expect(levelAt(0.52, 300, 'near')).toBe('near');
    expect(levelAt(0.52, 300, 'far')).toBe('far');
    expect(levelAt(0.6, 300, 'far')).toBe('near');
  });
});
