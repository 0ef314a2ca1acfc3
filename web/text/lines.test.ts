import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Connection, GraphNode } from '../../schemas/generated/types.ts';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import { EMPTY_CONTENT, graphOf } from '../../schemas/rules/content.ts';
import { canonicalTextOf } from './canonical-entries.ts';
import { diffLines, type Hunk } from './line-diff.ts';
import { mergeLines } from './merge-lines.ts';
import { minimalChanges, type TextChange } from './minimal-changes.ts';

/** Few different lines, so that they repeat as braces do. */
const lines = fc.array(fc.constantFrom('{', '}', '  a', '  b', '  c', 'unique 1', 'unique 2', ''), { maxLength: 14 });

function patch(old: readonly string[], hunks: readonly Hunk[]): string[] {
  const result: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    result.push(...old.slice(at, hunk.from), ...hunk.lines);
    at = hunk.to;
  }
  return [...result, ...old.slice(at)];
}

function apply(text: string, changes: readonly TextChange[]): string {
  return changes.reduceRight((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), text);
}

test('a diff makes the one of the other', () => {
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      expect(patch(a, diffLines(a, b))).toEqual(b);
    }),
  );
});

test('changes of characters make the one text of the other', () => {
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      const [before, after] = [a.join('\n'), b.join('\n')];
      expect(apply(before, minimalChanges(before, after))).toBe(after);
    }),
  );
});

test('a change of one value touches that value alone', () => {
  const before = '{\n  "a": 1,\n  "name": "jobs",\n  "b": 2\n}\n';
  const after = before.replace('jobs', 'jobs-2');
  expect(minimalChanges(before, after)).toEqual([
    { from: before.indexOf('jobs') + 4, to: before.indexOf('jobs') + 4, insert: '-2' },
  ]);
});

test('a merge takes both sides where they did not change the same lines', () => {
  const base = ['one', 'two', 'three', 'four', 'five'];
  const mine = ['one', 'TWO', 'three', 'four', 'five'];
  const theirs = ['one', 'two', 'three', 'FOUR', 'more', 'five'];
  const hunks = mergeLines(base, mine, theirs);
  expect(patch(mine, hunks ?? [])).toEqual(['one', 'TWO', 'three', 'FOUR', 'more', 'five']);
  expect(mergeLines(base, mine, ['one', '2', 'three', 'four', 'five'])).toBeUndefined();
});

test('a merge into an untouched side gives the other side, and the same change on both sides is no conflict', () => {
  fc.assert(
    fc.property(lines, lines, (base, theirs) => {
      expect(patch(base, mergeLines(base, base, theirs) ?? [])).toEqual(theirs);
      expect(mergeLines(base, theirs, theirs)).toEqual([]);
      expect(mergeLines(base, theirs, base)).toEqual([]);
    }),
  );
});

test('the text that remembers its records is the canonical text', () => {
  const id = fc.stringMatching(/^[a-z][a-z0-9]{1,6}$/);
  const params = fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
  const nodes = fc.array(
    fc.record({ id, name: id, module: id, version: id, params }, { requiredKeys: ['id', 'name', 'module', 'version'] }),
  );
  const port = fc.record({ node: id, port: id });
  const connections = fc.array(fc.record({ id, from: port, to: port, grants: fc.array(id, { maxLength: 3 }) }));
  fc.assert(
    fc.property(nodes, connections, (boxes: GraphNode[], drawn: Connection[]) => {
      const content = {
        ...EMPTY_CONTENT,
        nodes: Object.fromEntries(boxes.map((node) => [node.id, node])),
        connections: Object.fromEntries(drawn.map((line) => [line.id, line])),
      };
      expect(canonicalTextOf(content)).toBe(canonicalText(graphOf(content)));
      expect(canonicalTextOf(content)).toBe(canonicalText(graphOf(content)));
    }),
  );
});
