import { isDeepStrictEqual } from 'node:util';
import type { Connection, Graph, GraphNode } from '../../schemas/generated/types.ts';

function changedFields(before: object, after: object): string {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const old = before as Record<string, unknown>;
  const fresh = after as Record<string, unknown>;
  return [...names].filter((name) => !isDeepStrictEqual(old[name], fresh[name])).join(', ');
}

function diffById<T extends { id: string }>(before: T[], after: T[], word: (item: T) => string): string[] {
  const old = new Map(before.map((item) => [item.id, item]));
  const fresh = new Map(after.map((item) => [item.id, item]));
  const removed = before.filter((item) => !fresh.has(item.id)).map((item) => `- ${word(item)}`);
  const added = after.filter((item) => !old.has(item.id)).map((item) => `+ ${word(item)}`);
  const changed = after.flatMap((item) => {
    const was = old.get(item.id);
    return was && !isDeepStrictEqual(was, item) ? [`~ ${word(item)}: ${changedFields(was, item)}`] : [];
  });
  return [...removed, ...changed, ...added];
}

const nodeWord = (node: GraphNode) => `node ${node.id} (${node.name}, ${node.module})`;
const connectionWord = (connection: Connection) =>
  `connection ${connection.id} (${connection.from.node}.${connection.from.port} to ${connection.to.node}.${connection.to.port})`;

/** What turns one graph into another, one short line for each node and connection. */
export function graphDiff(before: Graph, after: Graph): string[] {
  return [
    ...diffById(before.nodes, after.nodes, nodeWord),
    ...diffById(before.connections, after.connections, connectionWord),
  ];
}
