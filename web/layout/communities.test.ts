// What belongs together is found, whatever else is joined to it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { communities } from './communities.ts';

const line = (from: string, to: string) => ({ from: { node: from }, to: { node: to } });
const ids = Array.from({ length: 40 }, (_, index) => `b${index}`);

test('parts with one line between them are told apart, with a hub that all are joined to', () => {
  const part = (name: string) => ['a', 'b', 'c', 'd'].map((letter) => `${name}-${letter}`);
  const inside = (boxes: string[]) => boxes.flatMap((one, at) => boxes.slice(at + 1).map((other) => line(one, other)));
  const parts = Array.from({ length: 8 }, (_, index) => part(`p${index}`));
  const lines = parts.flatMap((boxes, at) => [
    ...inside(boxes),
    line(boxes[3] ?? '', parts[(at + 1) % parts.length]?.[0] ?? ''),
    ...boxes.map((box) => line('hub', box)),
  ]);
  const found = communities(['hub', ...parts.flat()], lines).map((each) => each.filter((id) => id !== 'hub'));
  expect(new Set(found.map(String))).toEqual(new Set(parts.map(String)));
});

test('every box is in one part, no part is too large, and unjoined boxes are alone', () => {
  const ends = fc.array(fc.tuple(fc.constantFrom(...ids.slice(2)), fc.constantFrom(...ids.slice(2))), {
    maxLength: 120,
  });
  fc.assert(
    fc.property(ends, (pairs) => {
      const found = communities(
        ids,
        pairs.map(([from, to]) => line(from, to)),
      );
      expect(found.flat().toSorted()).toEqual(ids.toSorted());
      expect(Math.max(...found.map((part) => part.length))).toBeLessThanOrEqual(30);
      expect(found).toContainEqual(['b0']);
      expect(found).toContainEqual(['b1']);
    }),
  );
});
