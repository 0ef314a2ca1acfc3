// The byte-stable form of documents: sorted keys, sorted ids, so that one change is one small diff.
import type { Connection, Graph, GraphNode, Layout } from '../generated/types.ts';
import { compareText } from './compare.ts';
import { type DocumentContent, EMPTY_CONTENT } from './content.ts';

/**
 * The graph with sorted keys, nodes, connections and grants, without `$schema` and without empty params.
 * @param known content of a graph in canonical form: what is the very same record there is canonical already
 */
export function canonicalGraph(graph: Graph, known: DocumentContent = EMPTY_CONTENT): Graph {
  const { nodes, connections } = known;
  return {
    connections: [...graph.connections]
      .sort(byId)
      .map((line) => (connections[line.id] === line ? line : canonicalConnection(line))),
    nodes: [...graph.nodes].sort(byId).map((node) => (nodes[node.id] === node ? node : canonicalNode(node))),
    schemaVersion: graph.schemaVersion,
  };
}

/** Canonical JSON text of a graph: two spaces, final newline. */
export function canonicalText(graph: Graph): string {
  return `${JSON.stringify(canonicalGraph(graph), undefined, 2)}\n`;
}

/** Canonical JSON text of a layout: two spaces, final newline. */
export function canonicalLayoutText(layout: Layout): string {
  return `${JSON.stringify(sortKeys(layout), undefined, 2)}\n`;
}

/** A graph with how it lies on the canvas, as one text: what the clipboard carries where there is more than boxes and lines. */
export function canonicalDrawingText(graph: Graph, layout: Layout): string {
  return `${JSON.stringify(sortKeys({ ...canonicalGraph(graph), layout }), undefined, 2)}\n`;
}

/**
 * A JSON value in which every object has its keys sorted; lists keep their order. What is sorted already is handed back as it is, and
 * not copied: a save of a large graph changes one node.
 */
export function sortKeys(value: unknown): unknown {
  if (isSorted(value)) return value;
  if (Array.isArray(value)) return value.map(sortKeys);
  const members = value as Record<string, unknown>;
  const named = Object.keys(members)
    .filter((key) => members[key] !== undefined)
    .sort(compareText);
  return Object.fromEntries(named.map((key) => [key, sortKeys(members[key])]));
}

/** Loops without closures: every save looks through the whole of a large graph. */
function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (!isSorted(item)) return false;
    return true;
  }
  const members = value as Record<string, unknown>;
  let last = '';
  for (const key in members) {
    if (key < last || members[key] === undefined || !isSorted(members[key])) return false;
    last = key;
  }
  return true;
}

function canonicalNode(node: GraphNode): GraphNode {
  const isBare = node.params && Object.keys(node.params).length === 0;
  return sortKeys(isBare ? { ...node, params: undefined } : node) as GraphNode;
}

function canonicalConnection(connection: Connection): Connection {
  const { grants } = connection;
  const isSorted = grants.every((grant, index) => index === 0 || compareText(grants[index - 1] ?? '', grant) <= 0);
  return sortKeys(isSorted ? connection : { ...connection, grants: [...grants].sort(compareText) }) as Connection;
}

function byId(left: { id: string }, right: { id: string }): number {
  return compareText(left.id, right.id);
}
