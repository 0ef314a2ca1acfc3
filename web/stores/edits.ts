import type { Connection, GraphNode, PortRef, Position } from '../../schemas/generated/types.ts';
import type { DocumentContent } from './document-changes.ts';

const LONGEST_ID = 40;

/** An id that the graph's pattern accepts and that is not taken: `orders-queue`, `orders-queue-2`, ... */
export function freeId(taken: Readonly<Record<string, unknown>>, wish: string): string {
  const clean = wish
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  const base = (clean.length > 1 ? clean : 'box').slice(0, LONGEST_ID - 4).replace(/-+$/, '');
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!(id in taken)) return id;
  }
}

export function placeNode(content: DocumentContent, node: GraphNode, position: Position): DocumentContent {
  return {
    ...content,
    nodes: { ...content.nodes, [node.id]: node },
    positions: { ...content.positions, [node.id]: position },
  };
}

export function moveNodes(content: DocumentContent, moved: Readonly<Record<string, Position>>): DocumentContent {
  const changed = Object.entries(moved).filter(([id, to]) => {
    const from = content.positions[id];
    return id in content.nodes && (from?.x !== to.x || from?.y !== to.y);
  });
  if (changed.length === 0) return content;
  return { ...content, positions: { ...content.positions, ...Object.fromEntries(changed) } };
}

export function updateNode(content: DocumentContent, id: string, patch: Partial<GraphNode>): DocumentContent {
  const node = content.nodes[id];
  if (!node) return content;
  const next = { ...node, ...patch };
  if (next.params && Object.keys(next.params).length === 0) delete next.params;
  if (next.preset === undefined) delete next.preset;
  return { ...content, nodes: { ...content.nodes, [id]: next } };
}

export function connect(
  content: DocumentContent,
  line: { from: PortRef; to: PortRef; grants: string[]; envPrefix?: string },
): { content: DocumentContent; id: string } {
  const id = freeId(content.connections, `${line.from.node.slice(0, 16)}-to-${line.to.node.slice(0, 16)}`);
  const connection: Connection = { id, from: line.from, to: line.to, grants: line.grants };
  if (line.envPrefix) connection.envPrefix = line.envPrefix;
  return { content: { ...content, connections: { ...content.connections, [id]: connection } }, id };
}

export function updateConnection(content: DocumentContent, id: string, patch: Partial<Connection>): DocumentContent {
  const connection = content.connections[id];
  if (!connection) return content;
  return { ...content, connections: { ...content.connections, [id]: { ...connection, ...patch } } };
}

/** Removes boxes with their lines, and lines; positions go with the boxes. */
export function removeElements(
  content: DocumentContent,
  removed: { nodes: readonly string[]; connections: readonly string[] },
): DocumentContent {
  const nodes = new Set(removed.nodes);
  const connections = new Set(removed.connections);
  const keeps = (id: string) => !nodes.has(id);
  return {
    nodes: Object.fromEntries(Object.entries(content.nodes).filter(([id]) => keeps(id))),
    positions: Object.fromEntries(Object.entries(content.positions).filter(([id]) => keeps(id))),
    connections: Object.fromEntries(
      Object.entries(content.connections).filter(
        ([id, line]) => !connections.has(id) && keeps(line.from.node) && keeps(line.to.node),
      ),
    ),
  };
}
