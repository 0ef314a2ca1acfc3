import { useMemo } from 'react';
import { useDocument } from '../stores/use-workspace.ts';

/** Ports of a node that have a line, as `side/port`; the set changes only when that does. */
export function useConnectedPorts(node: string): ReadonlySet<string> {
  const key = useDocument((state) => {
    const ports: string[] = [];
    for (const line of Object.values(state.connections)) {
      if (line.to.node === node) ports.push(`target/${line.to.port}`);
      if (line.from.node === node) ports.push(`source/${line.from.port}`);
    }
    return ports.join(' ');
  });
  return useMemo(() => new Set(key.split(' ')), [key]);
}
