// The byte-stable form of documents: sorted keys, sorted ids, so that one change is one small diff.
import type { Connection, Graph, GraphNode, Layout } from '../generated/types.ts';
import { compareText } from './compare.ts';

/** The graph with sorted keys, nodes, connections and grants, without `$schema` and without empty params. */
export function canonicalGraph(graph: Graph): Graph {
  return {
    connections: [...graph.connections].sort(byId).map(canonicalConnection),
    nodes: [...graph.nodes].sort(byId).map(canonicalNode),
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

/** A copy of a JSON value in which every object has its keys sorted; lists keep their order. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.sort(([left], [right]) => compareText(left, right)).map(([key, member]) => [key, sortKeys(member)]),
  );
}

function canonicalNode(node: GraphNode): GraphNode {
  const params = node.params && Object.keys(node.params).length > 0 ? node.params : undefined;
  return sortKeys({ ...node, params }) as GraphNode;
}

function canonicalConnection(connection: Connection): Connection {
  return sortKeys({ ...connection, grants: [...connection.grants].sort(compareText) }) as Connection;
}

function byId(left: { id: string }, right: { id: string }): number {
  return compareText(left.id, right.id);
}
