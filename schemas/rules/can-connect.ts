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
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const lines = linesByConsumer(graph.connections);
  const upstream = upstreamOf(from.node, lines);
  return (to) => {
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
    const taken = (lines.get(to.node) ?? []).filter((other) => other.to.port === to.port);
    if (taken.some((other) => other.from.node === from.node && other.from.port === from.port)) {
      return refuse('duplicate-connection', `${producer.name} and ${consumer.name} are joined by this line already.`);
    }
    if (line.input.cardinality !== 'many' && taken.length > 0) {
      return refuse('too-many-producers', `${line.input.title} of ${consumer.name} takes one line, and has it.`);
    }
    if (upstream.has(to.node)) {
      return refuse('cycle', `${producer.name} depends on ${consumer.name} already: the line would close a cycle.`);
    }
    const grants = defaultGrants(taker, line.input, line.contract);
    if (!taker.workload || Object.keys(line.contract.env).length === 0)
      return { ok: true, contract: line.contract, grants };
    const envPrefix = freePrefix(producer, from.port, lines.get(to.node) ?? []);
    return { ok: true, contract: line.contract, grants, envPrefix };
  };
}

function refuse(code: IssueCode, reason: string): ConnectVerdict {
  return { ok: false, code, reason };
}

function manifestOf(catalog: Catalog, node: GraphNode): ModuleManifest | undefined {
  return catalog.findModule(node.module, node.version);
}

function linesByConsumer(connections: readonly Connection[]): Map<string, Connection[]> {
  const lines = new Map<string, Connection[]>();
  for (const connection of connections) {
    const list = lines.get(connection.to.node);
    if (list) list.push(connection);
    else lines.set(connection.to.node, [connection]);
  }
  return lines;
}

/** The node and all that it depends on, directly or not. */
function upstreamOf(start: string, lines: ReadonlyMap<string, readonly Connection[]>): Set<string> {
  const seen = new Set([start]);
  for (const node of seen) for (const line of lines.get(node) ?? []) seen.add(line.from.node);
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
