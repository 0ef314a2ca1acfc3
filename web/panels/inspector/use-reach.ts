import { useMemo } from 'react';
import { type Reach, reachOf } from '../../../schemas/rules/reach.ts';
import { useDocument, useWorkspace } from '../../stores/use-workspace.ts';

/** Every permission that the graph as it is drawn hands out. */
export function useReach(): readonly Reach[] {
  const { catalog } = useWorkspace().library;
  const nodes = useDocument((state) => state.nodes);
  const connections = useDocument((state) => state.connections);
  return useMemo(
    () => reachOf(catalog, { nodes: Object.values(nodes), connections: Object.values(connections) }),
    [catalog, nodes, connections],
  );
}

/** Names of boxes as they are called now. */
export function useNames(): (id: string) => string {
  const nodes = useDocument((state) => state.nodes);
  return (id) => nodes[id]?.name ?? id;
}
