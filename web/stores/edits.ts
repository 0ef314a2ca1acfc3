import type {
  Connection,
  GraphNode,
  Group,
  Note,
  Operation,
  PortRef,
  Position,
} from '../../schemas/generated/types.ts';
import { copyRecords, type DocumentContent } from '../../schemas/rules/content.ts';
import { freeId as firstFreeId, mendId } from '../../schemas/rules/mend-id.ts';
import { applyOperations } from '../../schemas/rules/operations.ts';

const LONGEST_ID = 40;

function withRecord<R>(records: Readonly<Record<string, R>>, id: string, record: R): Record<string, R> {
  const copy = copyRecords(records);
  copy[id] = record;
  return copy;
}

/** An id that the graph's pattern accepts and that is not taken: `orders-queue`, `orders-queue-2`, ... */
export function freeId(taken: Readonly<Record<string, unknown>>, wish: string): string {
  const base = (mendId(wish) ?? 'box').slice(0, LONGEST_ID - 4).replace(/-+$/, '');
  return firstFreeId(base, (id) => id in taken);
}

export function placeNode(content: DocumentContent, node: GraphNode, position: Position): DocumentContent {
  return {
    ...content,
    nodes: withRecord(content.nodes, node.id, node),
    positions: withRecord(content.positions, node.id, position),
  };
}

export function moveNodes(content: DocumentContent, moved: Readonly<Record<string, Position>>): DocumentContent {
  const changed = Object.entries(moved).filter(([id, to]) => {
    const from = content.positions[id];
    return id in content.nodes && (from?.x !== to.x || from?.y !== to.y);
  });
  if (changed.length === 0) return content;
  return { ...content, positions: Object.assign(copyRecords(content.positions), Object.fromEntries(changed)) };
}

export function updateNode(content: DocumentContent, id: string, patch: Partial<GraphNode>): DocumentContent {
  const node = content.nodes[id];
  if (!node) return content;
  const next = { ...node, ...patch };
  if (next.params && Object.keys(next.params).length === 0) delete next.params;
  if (next.preset === undefined) delete next.preset;
  return { ...content, nodes: withRecord(content.nodes, id, next) };
}

export function connect(
  content: DocumentContent,
  line: { from: PortRef; to: PortRef; grants: string[]; envPrefix?: string },
): { content: DocumentContent; id: string } {
  const id = freeId(content.connections, `${line.from.node.slice(0, 16)}-to-${line.to.node.slice(0, 16)}`);
  const connection: Connection = { id, from: line.from, to: line.to, grants: line.grants };
  if (line.envPrefix) connection.envPrefix = line.envPrefix;
  return { content: { ...content, connections: withRecord(content.connections, id, connection) }, id };
}

export function updateConnection(content: DocumentContent, id: string, patch: Partial<Connection>): DocumentContent {
  const connection = content.connections[id];
  if (!connection) return content;
  return { ...content, connections: withRecord(content.connections, id, { ...connection, ...patch }) };
}

/** Removes boxes with their lines, places and memberships, lines, notes, and groups, whose boxes stay. */
export function removeElements(
  content: DocumentContent,
  removed: Partial<Record<'nodes' | 'connections' | 'groups' | 'notes', readonly string[]>>,
): DocumentContent {
  const operations = (['connections', 'nodes', 'groups', 'notes'] as const).flatMap((collection) =>
    (removed[collection] ?? []).map((id): Operation => ({ path: [collection, id] })),
  );
  return withoutEmptyGroups(content, applyOperations(content, operations));
}

/** A group that an edit took the last box of goes with it: nothing would be left to see or to select. */
function withoutEmptyGroups(before: DocumentContent, after: DocumentContent): DocumentContent {
  if (before.members === after.members) return after;
  const filled = new Set(Object.values(after.members));
  const gone = [...new Set(Object.values(before.members))].filter((id) => !filled.has(id) && id in after.groups);
  return applyOperations(
    after,
    gone.map((id) => ({ path: ['groups', id] })),
  );
}

/** Puts boxes into a group, or out of theirs (`undefined`). */
export function setMembers(
  content: DocumentContent,
  joined: Readonly<Record<string, string | undefined>>,
): DocumentContent {
  const operations = Object.entries(joined).map(
    ([node, group]): Operation => ({ path: ['members', node], ...(group === undefined ? {} : { value: group }) }),
  );
  return withoutEmptyGroups(content, applyOperations(content, operations));
}

/** Makes a group of boxes; those that were in another one change over. */
export function groupNodes(
  content: DocumentContent,
  nodes: readonly string[],
  group: Group,
): { content: DocumentContent; id: string } {
  const id = freeId(content.groups, group.title);
  const grouped = { ...content, groups: withRecord(content.groups, id, group) };
  return { content: setMembers(grouped, Object.fromEntries(nodes.map((node) => [node, id]))), id };
}

export function updateGroup(content: DocumentContent, id: string, patch: Partial<Group>): DocumentContent {
  const group = content.groups[id];
  if (!group) return content;
  const { collapsed, ...next } = { ...group, ...patch };
  if (next.title === group.title && next.color === group.color && Boolean(collapsed) === Boolean(group.collapsed))
    return content;
  return { ...content, groups: withRecord(content.groups, id, collapsed ? { ...next, collapsed } : next) };
}

/** Sets what differs of a note, or puts a new one. */
export function putNote(content: DocumentContent, id: string, note: Note): DocumentContent {
  return { ...content, notes: withRecord(content.notes, id, note) };
}

/** What was added while a group is open belongs to it, or it would not be seen. */
export function joinOpenGroup(
  before: DocumentContent,
  after: DocumentContent,
  group: string | undefined,
): DocumentContent {
  if (group === undefined || !(group in after.groups) || before.nodes === after.nodes) return after;
  const added = Object.keys(after.nodes).filter((id) => !(id in before.nodes) && !(id in after.members));
  return setMembers(after, Object.fromEntries(added.map((id) => [id, group])));
}
