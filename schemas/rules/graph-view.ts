// The graph as the checks walk it: every entry with its place in the file, and its module found once.
import type { Connection, Graph, GraphNode, ModuleManifest, PortRef } from '../generated/types.ts';
import type { Catalog } from './catalog.ts';

export interface ViewedNode {
  node: GraphNode;
  /** JSON Pointer of the node. */
  path: string;
  manifest: ModuleManifest | undefined;
}

export interface ViewedConnection {
  connection: Connection;
  /** JSON Pointer of the connection. */
  path: string;
}

export interface GraphView {
  nodes: ViewedNode[];
  connections: ViewedConnection[];
  /** The first node of every id. */
  byId: Map<string, ViewedNode>;
  /** Ids of nodes that are too broken to judge: lines to them are let be. */
  broken: ReadonlySet<string>;
  /** Input ports to which a broken connection leads: they are not called missing. */
  claimed: readonly PortRef[];
}

/** Which entries of a graph a schema check found broken, by index. */
export interface BrokenEntries {
  nodes: ReadonlySet<number>;
  connections: ReadonlySet<number>;
}

/** Views the sound entries of a graph; the broken ones only lend their ids and ports, where those can be read. */
export function viewGraph(catalog: Catalog, graph: Graph, broken?: BrokenEntries): GraphView {
  const view = { nodes: [], connections: [], byId: new Map(), broken: new Set<string>(), claimed: [] as PortRef[] };
  const viewed: GraphView = view;
  graph.nodes.forEach((node, index) => {
    if (broken?.nodes.has(index)) {
      if (typeof node?.id === 'string') view.broken.add(node.id);
      return;
    }
    const entry = { node, path: `/nodes/${index}`, manifest: catalog.findModule(node.module, node.version) };
    viewed.nodes.push(entry);
    if (!viewed.byId.has(node.id)) viewed.byId.set(node.id, entry);
  });
  graph.connections.forEach((connection, index) => {
    if (!broken?.connections.has(index)) viewed.connections.push({ connection, path: `/connections/${index}` });
    else if (typeof connection?.to?.node === 'string') view.claimed.push(connection.to);
  });
  return viewed;
}
