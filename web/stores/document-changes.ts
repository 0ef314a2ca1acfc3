import type { Connection, Graph, GraphNode, Layout, Position } from '../../schemas/generated/types.ts';

/** What the user edits: the graph by id, and where its boxes stand. */
export interface DocumentContent {
  nodes: Readonly<Record<string, GraphNode>>;
  connections: Readonly<Record<string, Connection>>;
  positions: Readonly<Record<string, Position>>;
}

type Pair<T> = readonly [before: T | undefined, after: T | undefined];
type Pairs<T> = Readonly<Record<string, Pair<T>>>;

/** A reversible difference between two contents, by record. */
export interface Change {
  nodes: Pairs<GraphNode>;
  connections: Pairs<Connection>;
  positions: Pairs<Position>;
}

export const EMPTY_CONTENT: DocumentContent = { nodes: {}, connections: {}, positions: {} };

function diffRecords<T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>): Pairs<T> {
  const pairs: Record<string, Pair<T>> = {};
  if (before === after) return pairs;
  for (const [id, record] of Object.entries(before)) {
    if (after[id] !== record) pairs[id] = [record, after[id]];
  }
  for (const [id, record] of Object.entries(after)) {
    if (!(id in before)) pairs[id] = [undefined, record];
  }
  return pairs;
}

function applyPairs<T>(records: Readonly<Record<string, T>>, pairs: Pairs<T>): Readonly<Record<string, T>> {
  const entries = Object.entries(pairs);
  if (entries.length === 0) return records;
  const next = { ...records };
  for (const [id, [, after]] of entries) {
    if (after === undefined) delete next[id];
    else next[id] = after;
  }
  return next;
}

function invertPairs<T>(pairs: Pairs<T>): Pairs<T> {
  return Object.fromEntries(Object.entries(pairs).map(([id, [before, after]]) => [id, [after, before] as const]));
}

function joinPairs<T>(first: Pairs<T>, second: Pairs<T>): Pairs<T> {
  const joined: Record<string, Pair<T>> = { ...first };
  for (const [id, [before, after]] of Object.entries(second)) {
    const start = id in first ? first[id]?.[0] : before;
    if (start === after) delete joined[id];
    else joined[id] = [start, after];
  }
  return joined;
}

export function diffContent(before: DocumentContent, after: DocumentContent): Change {
  return {
    nodes: diffRecords(before.nodes, after.nodes),
    connections: diffRecords(before.connections, after.connections),
    positions: diffRecords(before.positions, after.positions),
  };
}

export function applyChange(content: DocumentContent, change: Change): DocumentContent {
  return {
    nodes: applyPairs(content.nodes, change.nodes),
    connections: applyPairs(content.connections, change.connections),
    positions: applyPairs(content.positions, change.positions),
  };
}

export function invertChange(change: Change): Change {
  return {
    nodes: invertPairs(change.nodes),
    connections: invertPairs(change.connections),
    positions: invertPairs(change.positions),
  };
}

/** One change that does what `first` and then `second` did. */
export function joinChanges(first: Change, second: Change): Change {
  return {
    nodes: joinPairs(first.nodes, second.nodes),
    connections: joinPairs(first.connections, second.connections),
    positions: joinPairs(first.positions, second.positions),
  };
}

export function changesGraph(change: Change): boolean {
  return Object.keys(change.nodes).length > 0 || Object.keys(change.connections).length > 0;
}

export function isEmptyChange(change: Change): boolean {
  return !changesGraph(change) && Object.keys(change.positions).length === 0;
}

export function contentOf(graph: Graph, layout: Layout): DocumentContent {
  return {
    nodes: Object.fromEntries(graph.nodes.map((node) => [node.id, node])),
    connections: Object.fromEntries(graph.connections.map((connection) => [connection.id, connection])),
    positions: layout.nodes,
  };
}

export function graphOf(content: DocumentContent): Graph {
  return {
    schemaVersion: 1,
    nodes: Object.values(content.nodes),
    connections: Object.values(content.connections),
  };
}

/** Positions of boxes that exist; what was deleted leaves no trace in the layout. */
export function layoutOf(content: DocumentContent): Layout {
  const placed = Object.entries(content.positions).filter(([id]) => id in content.nodes);
  return { schemaVersion: 1, nodes: Object.fromEntries(placed) };
}
