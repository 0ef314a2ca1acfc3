// Laws of the order: dependents come after what they depend on, and a cycle is named.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCycles, orderNodes } from './order.ts';

const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
const name = fc.constantFrom(...names);
const edges = fc.array(fc.record({ from: name, to: name }), { maxLength: 30 });

test('every node is in one wave, and after all that it depends on', () => {
  const forward = edges.map((all) => all.filter(({ from, to }) => names.indexOf(from) < names.indexOf(to)));
  fc.assert(
    fc.property(forward, (lines) => {
      const { waves } = orderNodes(names, lines);
      const waveOf = new Map(waves?.flatMap((wave, index) => wave.map((node) => [node, index] as const)));
      expect([...waveOf.keys()].sort()).toEqual([...names].sort());
      for (const { from, to } of lines) expect(waveOf.get(from)).toBeLessThan(waveOf.get(to) ?? -1);
      // As early as can be: what is not in the first wave waits for something in the wave before.
      for (const [node, wave] of waveOf) {
        if (wave > 0) expect(lines.some(({ from, to }) => to === node && waveOf.get(from) === wave - 1)).toBe(true);
      }
    }),
  );
});

test('there are waves or a cycle, never both, and a cycle follows the lines', () => {
  fc.assert(
    fc.property(edges, (lines) => {
      const { waves, cycle } = orderNodes(names, lines);
      expect((waves === undefined) !== (cycle === undefined)).toBe(true);
      for (const [index, from] of (cycle ?? []).entries()) {
        const to = cycle?.[(index + 1) % cycle.length];
        expect(lines).toContainEqual({ from, to });
      }
      expect(new Set(cycle).size).toBe(cycle?.length ?? 0);
    }),
  );
});

test('the order of nodes and lines makes no difference', () => {
  fc.assert(
    fc.property(edges, (lines) => {
      expect(orderNodes([...names].reverse(), [...lines].reverse())).toEqual(orderNodes(names, lines));
    }),
  );
});

test('of two shortest cycles the same one is named, whichever line comes first', () => {
  const lines = [
    { from: 'a', to: 'c' },
    { from: 'a', to: 'b' },
    { from: 'c', to: 'a' },
    { from: 'b', to: 'a' },
  ];
  expect(findCycles(['a', 'b', 'c'], lines)).toEqual([['a', 'b']]);
  expect(findCycles(['c', 'b', 'a'], lines.toReversed())).toEqual([['a', 'b']]);
});

test('a node that feeds itself is a cycle, and nodes behind a cycle are none', () => {
  const lines = [
    { from: 'a', to: 'a' },
    { from: 'a', to: 'b' },
    { from: 'c', to: 'd' },
    { from: 'd', to: 'c' },
  ];
  expect(findCycles(['a', 'b', 'c', 'd'], lines)).toEqual([['a'], ['c', 'd']]);
});

test('lines to nodes that are not asked for are ignored', () => {
  expect(
    orderNodes(
      ['a'],
      [
        { from: 'x', to: 'a' },
        { from: 'a', to: 'x' },
      ],
    ),
  ).toEqual({ waves: [['a']] });
});
