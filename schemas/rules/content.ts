// What people edit together: the graph by id, and how it lies on the canvas.
import type { Connection, Graph, GraphNode, Group, Layout, Note, Position } from '../generated/types.ts';
import { isSame } from './same-value.ts';

/** Records by id, never changed in place: what an edit does not touch keeps its identity. */
export interface DocumentContent {
  nodes: Readonly<Record<string, GraphNode>>;
  connections: Readonly<Record<string, Connection>>;
  /** By node id. */
  positions: Readonly<Record<string, Position>>;
  groups: Readonly<Record<string, Group>>;
  /** Group id by node id. */
  members: Readonly<Record<string, string>>;
  notes: Readonly<Record<string, Note>>;
}

export type Collection = keyof DocumentContent;

/** In an order in which what a record refers to comes before it. */
export const COLLECTIONS: readonly Collection[] = ['nodes', 'groups', 'positions', 'members', 'notes', 'connections'];

export const EMPTY_CONTENT: DocumentContent = {
  nodes: {},
  connections: {},
  positions: {},
  groups: {},
  members: {},
  notes: {},
};

export function contentOf(graph: Graph, layout: Layout): DocumentContent {
  return { nodes: byId(graph.nodes), connections: byId(graph.connections), ...layoutContent(layout) };
}

/** The parts of a document that say how it lies on the canvas. */
export function layoutContent(layout: Layout): Omit<DocumentContent, 'nodes' | 'connections'> {
  const { nodes: positions, groups = {}, members = {}, notes = {} } = layout;
  return { positions, groups, members, notes };
}

/**
 * A copy of records by id that may be written into. It has no prototype: V8 then keeps it as a table, where `{ ...records }` makes it a
 * class with a member for each id, and a thousand take a third of the time and an eighth of the memory.
 */
export function copyRecords<R>(records: Readonly<Record<string, R>>): Record<string, R> {
  return Object.assign(Object.create(null) as Record<string, R>, records);
}

function byId<R extends { id: string }>(records: readonly R[]): Record<string, R> {
  const found = copyRecords<R>({});
  for (const record of records) found[record.id] = record;
  return found;
}

/**
 * The graph in which every box and line that says the same as the one of its id in `content` is that one: rules that remember records
 * by identity need not look at it again.
 */
export function shareRecords(graph: Graph, { nodes, connections }: DocumentContent): Graph {
  return { ...graph, nodes: shared(graph.nodes, nodes), connections: shared(graph.connections, connections) };
}

function shared<R extends { id: string }>(records: readonly R[], known: Readonly<Record<string, R>>): R[] {
  return records.map((record) => {
    const before = Object.hasOwn(known, record.id) ? known[record.id] : undefined;
    return before && isSame(before, record) ? before : record;
  });
}

export function graphOf(content: DocumentContent): Graph {
  return {
    schemaVersion: 1,
    nodes: Object.values(content.nodes),
    connections: Object.values(content.connections),
  };
}

/** The layout without what belongs to boxes and groups that do not exist. */
export function layoutOf(content: DocumentContent): Layout {
  const { nodes, groups, notes } = content;
  const places = copyRecords(content.positions);
  for (const id in places) if (!(id in nodes)) delete places[id];
  const members = Object.entries(content.members).filter(([id, group]) => id in nodes && group in groups);
  return {
    schemaVersion: 1,
    nodes: places,
    ...(isEmpty(groups) ? {} : { groups }),
    ...(members.length > 0 ? { members: Object.fromEntries(members) } : {}),
    ...(isEmpty(notes) ? {} : { notes }),
  };
}

function isEmpty(records: object): boolean {
  return Object.keys(records).length === 0;
}
