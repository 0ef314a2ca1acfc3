// For tests of construct: a module with one port of every kind that the laws need.
import type { ModuleManifest } from '../../schemas/generated/types.ts';

/** `outputs` are given as port -> contract. */
export function fixtureManifest(
  inputs: ModuleManifest['inputs'],
  outputs: Record<string, string> = {},
): ModuleManifest {
  return {
    schemaVersion: 1,
    id: 'fixture',
    version: '1.0.0',
    title: 'Fixture',
    summary: 'For tests',
    category: 'Compute',
    family: 'compute',
    tier: 'private',
    implementation: 'cdktf',
    params: { type: 'object' },
    inputs,
    outputs: Object.fromEntries(Object.entries(outputs).map(([port, contract]) => [port, { title: port, contract }])),
    presets: {},
  };
}

export function many(contract: string): ModuleManifest['inputs'][string] {
  return { title: contract, contract: `${contract}@^1.0.0`, cardinality: 'many' };
}
