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

/** A graph with how it lies on the canvas, as one text: what the clipboard carries where there is more than boxes and lines. */
export function canonicalDrawingText(graph: Graph, layout: Layout): string {
  return `${JSON.stringify(sortKeys({ ...canonicalGraph(graph), layout }), undefined, 2)}\n`;
}

/**
 * A JSON value in which every object has its keys sorted; lists keep their order. What is sorted already is handed back as it is, and
 * not copied: a save of a large graph changes one node.
 */
export function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return sortItems(value);
  const members = value as Record<string, unknown>;
  const keys = Object.keys(members);
  const isSorted = keys.every((key, index) => index === 0 || compareText(keys[index - 1] ?? '', key) <= 0);
  const isSettled = (key: string) => members[key] !== undefined && sortKeys(members[key]) === members[key];
  if (isSorted && keys.every(isSettled)) return value;
  const named = keys.sort(compareText).filter((key) => members[key] !== undefined);
  return Object.fromEntries(named.map((key) => [key, sortKeys(members[key])]));
}

function sortItems(items: readonly unknown[]): readonly unknown[] {
  const sorted = items.map(sortKeys);
  return sorted.some((item, index) => item !== items[index]) ? sorted : items;
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
