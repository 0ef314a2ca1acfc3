import { useMemo } from 'react';
import type { Connection } from '../../schemas/generated/types.ts';
import { useDocument } from '../stores/use-workspace.ts';

type Connections = Readonly<Record<string, Connection>>;

// Every box asks after every edit: the lines are gone through once for all of them.
const indexes = new WeakMap<Connections, ReadonlyMap<string, string>>();

function portsByNode(connections: Connections): ReadonlyMap<string, string> {
  const known = indexes.get(connections);
  if (known) return known;
  const ports = new Map<string, string>();
  const add = (node: string, port: string) => ports.set(node, `${ports.get(node) ?? ''} ${port}`);
  for (const { from, to } of Object.values(connections)) {
    add(to.node, `target/${to.port}`);
    add(from.node, `source/${from.port}`);
  }
  indexes.set(connections, ports);
  return ports;
}

/** Ports of a node that have a line, as `side/port`; the set changes only when that does. */
export function useConnectedPorts(node: string): ReadonlySet<string> {
  const key = useDocument((state) => portsByNode(state.connections).get(node) ?? '');
  return useMemo(() => new Set(key.trim().split(' ')), [key]);
}
