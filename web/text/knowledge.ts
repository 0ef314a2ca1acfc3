import type { ContractDocument, Graph, GraphNode, ModuleManifest, PortRef } from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { isRecord } from '../../schemas/rules/merge-patch.ts';

/** What completion and hover know: the published modules and contracts, and the graph as it is. */
export interface Knowledge {
  catalog: Catalog;
  graph: Graph;
  /** Whether this box has been applied, so that some of its params are fixed. */
  isApplied(node: string): boolean;
}

/** A record as it is being typed: any of its parts may be missing or of the wrong kind. */
export type TypedRecord = Readonly<Record<string, unknown>> | undefined;

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The module of a box that is being typed; of a range that takes nothing, the newest. */
export function manifestOf({ catalog }: Knowledge, record: TypedRecord): ModuleManifest | undefined {
  const id = textOf(record?.module);
  return catalog.findModule(id, textOf(record?.version)) ?? catalog.findModule(id, '*');
}

export function nodeOf({ graph }: Knowledge, id: string): GraphNode | undefined {
  return graph.nodes.find((node) => node.id === id);
}

/** The end of a line that is being typed. */
export function endOf(record: TypedRecord, end: 'from' | 'to'): PortRef {
  const value = record?.[end];
  return isRecord(value) ? { node: textOf(value.node), port: textOf(value.port) } : { node: '', port: '' };
}

/** What a port of a placed box is: its title and contract. */
export function portOf(knowledge: Knowledge, { node, port }: PortRef, side: 'inputs' | 'outputs') {
  const manifest = manifestOf(knowledge, nodeOf(knowledge, node) as TypedRecord & GraphNode);
  return manifest?.[side][port];
}

/** The contract that a line carries, by its producer. */
export function contractOf(knowledge: Knowledge, record: TypedRecord): ContractDocument | undefined {
  const port = portOf(knowledge, endOf(record, 'from'), 'outputs');
  return port && knowledge.catalog.findContract(port.contract);
}
