import type { Connection, Graph, GraphNode } from '../../schemas/generated/types.ts';
import { canonicalGraph, canonicalText } from '../../schemas/rules/canonical.ts';
import { compareText } from '../../schemas/rules/compare.ts';
import type { DocumentContent } from '../../schemas/rules/content.ts';
import type { Outline } from './outline.ts';

type Records = Pick<DocumentContent, 'nodes' | 'connections'>;

const nodeTexts = new WeakMap<GraphNode, string>();
const lineTexts = new WeakMap<Connection, string>();

/** The canonical text of the graph; records that did not change since the last time are not written again. */
export function canonicalTextOf({ nodes, connections }: Records): string {
  return [
    '{\n  "connections": ',
    listText(Object.values(connections), (line) => remembered(lineTexts, line, { connections: [line] })),
    ',\n  "nodes": ',
    listText(Object.values(nodes), (node) => remembered(nodeTexts, node, { nodes: [node] })),
    ',\n  "schemaVersion": 1\n}\n',
  ].join('');
}

function listText<T extends { id: string }>(records: T[], textOf: (record: T) => string): string {
  if (records.length === 0) return '[]';
  const sorted = records.sort((left, right) => compareText(left.id, right.id));
  return `[\n${sorted.map(textOf).join(',\n')}\n  ]`;
}

function remembered<T extends object>(texts: WeakMap<T, string>, record: T, part: Partial<Graph>): string {
  const known = texts.get(record);
  if (known !== undefined) return known;
  const whole = canonicalText({ schemaVersion: 1, nodes: [], connections: [], ...part });
  // The record stands between the brackets of its list.
  const text = whole.slice(whole.indexOf('[\n') + 2, whole.lastIndexOf('\n  ]'));
  texts.set(record, text);
  return text;
}

/** The graph with the document's own records where their text stands unchanged: those need not be compared. */
export function withKnownRecords(graph: Graph, base: Records, text: string, outline: Outline): Graph {
  const counts = { node: 0, connection: 0 };
  const known = { nodes: [...graph.nodes], connections: [...graph.connections] };
  for (const { kind, id, from, to } of outline) {
    const at = counts[kind]++;
    const [node, line] = [base.nodes[id], base.connections[id]];
    const before = kind === 'node' ? node && nodeTexts.get(node) : line && lineTexts.get(line);
    if (before === undefined || before.length !== to - from + INDENT || !text.startsWith(before, from - INDENT))
      continue;
    if (kind === 'node' && node) known.nodes[at] = node;
    if (kind === 'connection' && line) known.connections[at] = line;
  }
  return { ...graph, ...known };
}

/** Records stand in a list in an object. */
const INDENT = 4;

const canonicalRecords = new WeakMap<object, GraphNode | Connection>();

/** The content with its records in canonical form, so that the order of keys and of grants counts for nothing. */
export function canonicalContent<T extends Records>(content: T): T {
  return {
    ...content,
    nodes: eachCanonical(
      content.nodes,
      (node) => canonicalGraph({ schemaVersion: 1, nodes: [node], connections: [] }).nodes,
    ),
    connections: eachCanonical(
      content.connections,
      (line) => canonicalGraph({ schemaVersion: 1, nodes: [], connections: [line] }).connections,
    ),
  };
}

function eachCanonical<T extends GraphNode | Connection>(
  records: Readonly<Record<string, T>>,
  form: (record: T) => T[],
) {
  const canonical: Record<string, T> = {};
  for (const [id, record] of Object.entries(records)) {
    const known = canonicalRecords.get(record) ?? form(record)[0] ?? record;
    canonicalRecords.set(record, known);
    canonical[id] = known as T;
  }
  return canonical;
}
