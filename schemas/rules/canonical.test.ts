// Laws of the canonical form: byte-stable, blind to order, one change is one small diff.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Graph, GraphNode } from '../generated/types.ts';
import { canonicalGraph, canonicalLayoutText, canonicalText } from './canonical.ts';
import { line, node, soundGraph } from './fixtures.ts';
import { FORBIDDEN_KEYS } from './merge-patch.ts';
import { parseGraph } from './parse-document.ts';

const id = fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/);
const key = fc.string({ maxLength: 6 }).filter((text) => !FORBIDDEN_KEYS.has(text));
const params = fc
  .dictionary(key, fc.jsonValue({ maxDepth: 2, noUnicodeString: false }), { noNullPrototype: true })
  .filter(hasNoForbiddenKey);
const nodes = fc.uniqueArray(
  fc.record<GraphNode>(
    { id, name: fc.constant('A node'), module: fc.constant('queue'), version: fc.constant('^1.0.0'), params },
    { requiredKeys: ['id', 'name', 'module', 'version'] },
  ),
  { selector: (entry) => entry.id, maxLength: 8 },
);
const graphs = fc.record({ nodes, seed: fc.integer() }).map(({ nodes: some, seed }): Graph => {
  const ids = some.map((entry) => entry.id);
  const connections = ids
    .slice(1)
    .map((to, index) => line(`c-${to}`, `${ids[index]}.queue`, `${to}.queues`, ['send', 'receive']));
  return { schemaVersion: 1, nodes: some, connections: seed % 2 ? connections : connections.reverse() };
});

function hasNoForbiddenKey(value: unknown): boolean {
  return !/"(__proto__|constructor|prototype)":/.test(JSON.stringify(value));
}

/** The same value with the keys of every object in the opposite order. */
function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reverseKeys(member)]),
  );
}

test('reading canonical text and writing it again gives the same bytes', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const text = canonicalText(graph);
      const parsed = parseGraph(text);
      expect(parsed.issues).toEqual([]);
      expect(parsed.graph && canonicalText(parsed.graph)).toBe(text);
    }),
  );
});

test('the order of nodes, connections, grants and keys makes no difference', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const mixed = reverseKeys({
        ...graph,
        nodes: [...graph.nodes].reverse(),
        connections: graph.connections.map((entry) => ({ ...entry, grants: [...entry.grants].reverse() })).reverse(),
      }) as Graph;
      expect(canonicalText(mixed)).toBe(canonicalText(graph));
    }),
  );
});

test('editors keep their $schema, the canonical form does not, and empty params are dropped', () => {
  const graph = {
    ...soundGraph(),
    $schema: 'graph.json',
    nodes: [node('q1', 'queue', { params: {} })],
    connections: [],
  };
  expect(canonicalGraph(graph)).toEqual({ schemaVersion: 1, nodes: [node('q1', 'queue')], connections: [] });
});

test('lists inside params keep their order', () => {
  const graph = { ...soundGraph(), nodes: [node('q1', 'queue', { params: { list: ['b', 'a'] } })] };
  expect(canonicalGraph(graph).nodes[0]?.params).toEqual({ list: ['b', 'a'] });
});

test('the text has sorted keys, two spaces and a final newline', () => {
  const text = canonicalLayoutText({ schemaVersion: 1, nodes: { b1: { y: 2, x: 1 }, a1: { x: 0, y: 0 } } });
  expect(text.startsWith('{\n  "nodes": {\n    "a1": {\n      "x": 0,')).toBe(true);
  expect(text.endsWith('}\n')).toBe(true);
});
