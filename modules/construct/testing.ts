// For tests of modules: synthesizes one node with the published manifest and contracts.
import { readFileSync } from 'node:fs';
import type { ContractDocument, EnvironmentDocument, ModuleManifest } from '../../schemas/generated/types.ts';
import { resolveParams } from '../../schemas/rules/resolve-params.ts';
import { type ModuleImplementation, type ModuleRoot, synthesizeModule } from './define-module.ts';

export interface TestInput {
  port: string;
  /** Name of the contract; its only published version is taken. */
  contract: string;
  /** Connection id; the producer is the node `producer`. */
  id: string;
  grants?: string[];
  envPrefix?: string;
  unknown?: string[];
  absent?: string[];
}

export interface TestNode {
  name?: string;
  preset?: string;
  params?: Record<string, unknown>;
  inputs?: TestInput[];
  protected?: boolean;
  environment?: Partial<EnvironmentDocument>;
}

export const testEnvironment: EnvironmentDocument = {
  schemaVersion: 1,
  project: 'shop',
  name: 'dev',
  class: 'development',
  target: { kind: 'sandbox', region: 'eu-central-1', account: '000000000000' },
  engine: 'terraform',
  tags: {},
  protection: false,
  approval: 'self',
};

/** The root of a node with the id `node`, of a published module or of one with the given manifest. */
export function synthesizeNode(
  implementation: ModuleImplementation,
  module: string | ModuleManifest,
  node: TestNode = {},
): ModuleRoot {
  const manifest = typeof module === 'string' ? readJson<ModuleManifest>(`../${module}/module.json`) : module;
  const { name = 'Node', preset, params } = node;
  const resolved = resolveParams(manifest, { preset, params });
  return synthesizeModule(implementation, {
    environment: { ...testEnvironment, ...node.environment },
    node: { id: 'node', name, module: manifest.id, version: manifest.version, params: resolved.params },
    manifest,
    inputs: (node.inputs ?? []).map(boundInput),
    findContract: (ref) => contract(ref.split('@')[0] ?? ref),
    protected: node.protected ?? false,
  });
}

/** Resources by address, such as `aws_sqs_queue.queue`. */
export function resourcesOf({ root }: ModuleRoot): Record<string, Record<string, unknown>> {
  const resources = root.resource as Record<string, Record<string, Record<string, unknown>>>;
  return Object.fromEntries(
    Object.entries(resources).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, body]) => [`${type}.${id}`, body]),
    ),
  );
}

function boundInput(input: TestInput) {
  const document = contract(input.contract);
  return {
    connection: {
      id: input.id,
      from: { node: 'producer', port: 'out' },
      to: { node: 'node', port: input.port },
      grants: input.grants ?? [],
      ...(input.envPrefix ? { envPrefix: input.envPrefix } : {}),
    },
    port: input.port,
    contract: document,
    contractRef: `${input.contract}@1.0.0`,
    producer: { node: 'producer', name: 'Producer' },
    unknown: input.unknown ?? [],
    absent: input.absent ?? [],
  };
}

function contract(name: string): ContractDocument {
  return readJson(`../../schemas/contracts/${name}.json`);
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as T;
}
