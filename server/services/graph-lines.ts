// A connection with what its two ends are: producer, contract, consumer, port.
import type {
  Connection,
  ContractDocument,
  Graph,
  GraphNode,
  InputPort,
  ModuleManifest,
} from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import type { StoredArtifact } from '../store/artifacts.ts';

export interface Line {
  connection: Connection;
  contract: ContractDocument;
  producer: GraphNode;
  consumer: GraphNode;
  manifest: ModuleManifest;
  port: InputPort;
}

/** @returns undefined where an end, its module or the contract is not known: a draft may have such lines. */
export function findLine(catalog: Catalog, graph: Graph, connection: Connection): Line | undefined {
  const producer = graph.nodes.find(({ id }) => id === connection.from.node);
  const consumer = graph.nodes.find(({ id }) => id === connection.to.node);
  const from = producer && catalog.findModule(producer.module, producer.version);
  const manifest = consumer && catalog.findModule(consumer.module, consumer.version);
  const output = from?.outputs[connection.from.port];
  const port = manifest?.inputs[connection.to.port];
  const contract = output && catalog.findContract(output.contract);
  if (!producer || !consumer || !contract || !manifest || !port) return undefined;
  return { connection, contract, producer, consumer, manifest, port };
}

/** The text of a field of a published artifact; undefined while it is not known, or when it is a secret. */
export function readField(
  artifacts: readonly StoredArtifact[],
  node: string,
  port: string,
  path: string,
): string | undefined {
  let value: unknown = artifacts.find((artifact) => artifact.node === node && artifact.port === port)?.value;
  for (const key of path.split('.'))
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  if (value === undefined || value === null) return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What stands in a policy for a value that is known only after apply: `{orders-queue.arn}`. */
export function placeholder(node: string, path: string): string {
  return `{${node}.${path}}`;
}
