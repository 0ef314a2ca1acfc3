// What a step receives from its producers: values that are known, and fields that are not known yet. Pure.
import type { Connection, ContractDocument, ContractField, Graph } from '../../../schemas/generated/types.ts';

/** What is known of one output port: from an artifact (nothing unknown) or from the producer's own plan. */
export interface PortValue {
  contract: string;
  /** Field values by contract field, secret fields included. */
  value: Record<string, unknown>;
  /** Field paths that are known only after apply. */
  unknown: readonly string[];
  /** For artifacts: what identifies this version of its secret fields, so that a digest never needs their text. */
  version: string;
}

/** An input of a node as a connection brings it. */
export interface ConnectionInput {
  connection: Connection;
  contract: string;
  port: string;
  producer: { node: string; name: string };
  unknown: string[];
  /** Optional fields that the producer leaves out. */
  absent: string[];
}

/** A connection into a node whose producer has nothing to offer yet. */
export interface MissingInput {
  connection: Connection;
  producer: string;
}

/** Every leaf field path of a contract: `arn`, `adminSecret.arn`. */
function fieldPaths(contract: ContractDocument): string[] {
  return Object.entries(contract.properties as Record<string, ContractField>).flatMap(([name, field]) =>
    field.type === 'object' ? Object.keys(field.properties ?? {}).map((inner) => `${name}.${inner}`) : [name],
  );
}

/** The leaf field paths that an artifact may leave out. */
export function optionalPaths(contract: ContractDocument): string[] {
  return fieldPaths(contract).filter((path) => !contract.required.includes(path.split('.')[0] ?? ''));
}

/** Reads a leaf by its path; undefined where it is not set. */
export function readPath(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/**
 * The unknown leaf paths of a planned output: `unknown` is Terraform's `after_unknown`, true for a whole that is
 * unknown, else the same shape as the value with true at unknown leaves.
 */
export function unknownPaths(contract: ContractDocument, unknown: unknown): string[] {
  return fieldPaths(contract).filter((path) => {
    let at: unknown = unknown;
    for (const key of path.split('.')) {
      if (at === true) return true;
      at = isRecord(at) ? at[key] : undefined;
    }
    return holdsUnknown(at);
  });
}

function holdsUnknown(value: unknown): boolean {
  if (value === true) return true;
  return isRecord(value) && Object.values(value).some(holdsUnknown);
}

/** A graph's connections by consumer, each list in order of id, and the nodes' names. Built once a run. */
export interface GraphIndex {
  arriving: ReadonlyMap<string, readonly Connection[]>;
  names: ReadonlyMap<string, string>;
}

/** Indexes a graph in one pass. */
export function indexGraph(graph: Graph): GraphIndex {
  const arriving = new Map<string, Connection[]>();
  for (const connection of [...graph.connections].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const list = arriving.get(connection.to.node);
    if (list) list.push(connection);
    else arriving.set(connection.to.node, [connection]);
  }
  return { arriving, names: new Map(graph.nodes.map((node) => [node.id, node.name])) };
}

/** The inputs of a node, in order of connection id, and the connections whose producer has published nothing. */
export function gatherInputs(
  index: GraphIndex,
  node: string,
  portValue: (node: string, port: string) => PortValue | undefined,
  optionalFields: (contract: string) => readonly string[],
): { inputs: ConnectionInput[]; missing: MissingInput[] } {
  const inputs: ConnectionInput[] = [];
  const missing: MissingInput[] = [];
  for (const connection of index.arriving.get(node) ?? []) {
    const { node: from, port } = connection.from;
    const found = portValue(from, port);
    if (!found) missing.push({ connection, producer: from });
    else
      inputs.push({
        connection,
        contract: found.contract,
        port: connection.to.port,
        producer: { node: from, name: index.names.get(from) ?? from },
        unknown: [...found.unknown],
        absent: optionalFields(found.contract).filter(
          (path) => readPath(found.value, path) == null && !found.unknown.includes(path),
        ),
      });
  }
  return { inputs, missing };
}
