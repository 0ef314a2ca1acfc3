import type { Connection, Graph, GraphNode } from '../../schemas/generated/types.ts';
import { isRecord } from '../../schemas/rules/merge-patch.ts';

const recordsOf = (list: unknown) => (Array.isArray(list) ? list.filter(isRecord) : []);
const isText = (value: unknown): value is string => typeof value === 'string';
const isEnd = (value: unknown) => isRecord(value) && isText(value.node) && isText(value.port);

/** The boxes and lines of a text that are whole enough to be judged, whatever is wrong with the others. */
export function typedGraph(value: unknown): Graph {
  const { nodes, connections } = isRecord(value) ? value : {};
  return {
    schemaVersion: 1,
    nodes: recordsOf(nodes).filter(({ id, name, module, version }) =>
      [id, name, module, version].every(isText),
    ) as unknown as GraphNode[],
    connections: recordsOf(connections).filter(
      ({ id, from, to, grants }) => isText(id) && isEnd(from) && isEnd(to) && Array.isArray(grants),
    ) as unknown as Connection[],
  };
}
