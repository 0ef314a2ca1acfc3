// Whether a line may be drawn: the same answer in the page, the server and the CLI.
import type { Connection, ContractDocument, Graph, GraphNode, ModuleManifest, PortRef } from '../generated/types.ts';
import type { Catalog } from './catalog.ts';
import type { IssueCode } from './issues.ts';
import { judgeLine } from './judge-line.ts';
import { defaultGrants } from './port-grants.ts';
import { envPrefixOf } from './resolve-env-variables.ts';

/** A line that may be drawn, with what a new line gets; or why not. */
export type ConnectVerdict =
  | { ok: true; contract: ContractDocument; grants: string[]; envPrefix?: string }
  | { ok: false; code: IssueCode; reason: string };

/** Judges one line that is not on the graph yet. */
export function canConnect(catalog: Catalog, graph: Graph, from: PortRef, to: PortRef): ConnectVerdict {
  return connectFrom(catalog, graph, from)(to);
}

/**
 * Prepares the answers for every line out of one port, so that a drag can light up all ports that may take it: what leads to the
 * port is found once, and each answer is then cheap.
 */
export function connectFrom(catalog: Catalog, graph: Graph, from: PortRef): (to: PortRef) => ConnectVerdict {
  const view = viewOf(catalog, graph);
  const upstream = reachedFrom(from.node, view.lines, (line) => line.from.node);
  return (to) => judge(view, from, to, () => upstream.has(to.node));
}

/** The same for every line into one port. */
export function connectTo(catalog: Catalog, graph: Graph, to: PortRef): (from: PortRef) => ConnectVerdict {
  const view = viewOf(catalog, graph);
  const byProducer = groupLines(graph.connections, (line) => line.from.node);
  const downstream = reachedFrom(to.node, byProducer, (line) => line.to.node);
  return (from) => judge(view, from, to, () => downstream.has(from.node));
}

interface View {
  catalog: Catalog;
  nodes: ReadonlyMap<string, GraphNode>;
  /** By consumer. */
  lines: ReadonlyMap<string, readonly Connection[]>;
}

function viewOf(catalog: Catalog, graph: Graph): View {
  return {
    catalog,
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    lines: groupLines(graph.connections, (line) => line.to.node),
  };
}

function judge(view: View, from: PortRef, to: PortRef, closesCycle: () => boolean): ConnectVerdict {
  const { catalog, nodes, lines } = view;
  const producer = nodes.get(from.node);
  const consumer = nodes.get(to.node);
  if (!producer || !consumer) return refuse('unknown-node', `There is no node ${producer ? to.node : from.node}.`);
  const [giver, taker] = [manifestOf(catalog, producer), manifestOf(catalog, consumer)];
  if (!giver || !taker) {
    const unknown = giver ? consumer : producer;
    return refuse('unknown-module', `${unknown.name}: there is no module ${unknown.module} ${unknown.version}.`);
  }
  const line = judgeLine(
    catalog,
    { node: producer.name, manifest: giver, port: from.port },
    { node: consumer.name, manifest: taker, port: to.port },
  );
  if (!line.ok) return refuse(line.code, line.reason);
  const others = lines.get(to.node) ?? [];
  const taken = others.filter((other) => other.to.port === to.port);
  if (taken.some((other) => other.from.node === from.node && other.from.port === from.port)) {
    return refuse('duplicate-connection', `${producer.name} and ${consumer.name} are joined by this line already.`);
  }
  if (line.input.cardinality !== 'many' && taken.length > 0) {
    return refuse('too-many-producers', `${line.input.title} of ${consumer.name} takes one line, and has it.`);
  }
  if (closesCycle()) {
    return refuse('cycle', `${producer.name} depends on ${consumer.name} already: the line would close a cycle.`);
  }
  const grants = defaultGrants(taker, line.input, line.contract);
  if (!taker.workload || Object.keys(line.contract.env).length === 0)
    return { ok: true, contract: line.contract, grants };
  return { ok: true, contract: line.contract, grants, envPrefix: freePrefix(producer, from.port, others) };
}

function refuse(code: IssueCode, reason: string): ConnectVerdict {
  return { ok: false, code, reason };
}

function manifestOf(catalog: Catalog, node: GraphNode): ModuleManifest | undefined {
  return catalog.findModule(node.module, node.version);
}

function groupLines(
  connections: readonly Connection[],
  keyOf: (line: Connection) => string,
): Map<string, Connection[]> {
  const lines = new Map<string, Connection[]>();
  for (const connection of connections) {
    const list = lines.get(keyOf(connection));
    if (list) list.push(connection);
    else lines.set(keyOf(connection), [connection]);
  }
  return lines;
}

/** The node and all that is reached from it by lines, directly or not. */
function reachedFrom(
  start: string,
  lines: ReadonlyMap<string, readonly Connection[]>,
  next: (line: Connection) => string,
): Set<string> {
  const seen = new Set([start]);
  for (const node of seen) for (const line of lines.get(node) ?? []) seen.add(next(line));
  return seen;
}

/** The producer's name in capitals; where the consumer has that prefix already, with the port's name, then with a number. */
function freePrefix(producer: GraphNode, port: string, lines: readonly Connection[]): string {
  const taken = new Set(lines.map((line) => line.envPrefix ?? envPrefixOf(line.from.node)));
  const name = envPrefixOf(producer.name) || envPrefixOf(producer.id);
  const withPort = `${name}_${envPrefixOf(port)}`.slice(0, 54);
  for (const prefix of [name, withPort]) if (!taken.has(prefix)) return prefix;
  let count = 2;
  while (taken.has(`${withPort}_${count}`)) count += 1;
  return `${withPort}_${count}`;
}
