// Every module with every preset, connected to everything that its ports take: what the catalogue can come to.
import type {
  ContractDocument,
  EnvironmentDocument,
  InputPort,
  ModuleManifest,
} from '../../schemas/generated/types.ts';
import { resolveParams } from '../../schemas/rules/resolve-params.ts';
import { loadCatalog } from '../../server/synth/load-catalog.ts';
import { synthesizeInProcess } from '../../server/synth/synthesize-in-process.ts';
import type { SynthInput, SynthRequest, SynthResult } from '../../server/synth/types.ts';
import { NEEDED_PARAMS } from './needed-params.ts';

export interface CatalogueCase {
  /** Such as `aws-queue fifo`. */
  name: string;
  module: string;
  result: SynthResult;
  /** Values for the root's variables, taken from the contracts' examples. */
  values: Record<string, unknown>;
}

interface Variant {
  name: string;
  preset?: string;
  params?: Record<string, unknown>;
  /** `full`: every port; `required`: only ports that must be connected; `unknown`: every port, nothing applied upstream yet. */
  inputs: 'full' | 'required' | 'unknown';
}

const ENVIRONMENT: EnvironmentDocument = {
  schemaVersion: 1,
  project: 'shop',
  name: 'dev',
  class: 'development',
  target: { kind: 'sandbox', region: 'eu-central-1', account: '000000000000' },
  engine: 'terraform',
  tags: { team: 'orders' },
  protection: false,
  approval: 'self',
};

/** Branches of stacks that no preset takes. */
const FURTHER: Record<string, Variant[]> = {
  'aws-network': [{ name: 'without flow logs', params: { flowLogs: false }, inputs: 'full' }],
  'aws-table': [
    { name: 'with sort key and expiry', params: { sortKey: 'sk', ttlAttribute: 'expires' }, inputs: 'full' },
  ],
  'aws-container-service': [
    {
      name: 'public over HTTPS',
      params: {
        image: '000000000000.dkr.ecr.eu-central-1.amazonaws.com/shop/api:1.4.0',
        loadBalancer: 'public',
        placement: 'public',
        certificateArn: 'arn:aws:acm:eu-central-1:000000000000:certificate/01234567-89ab-cdef-0123-456789abcdef',
        variables: { LOG_LEVEL: 'info' },
      },
      inputs: 'full',
    },
  ],
  'aws-function': [
    {
      name: 'from a zip',
      params: { source: 'zip', zipBucket: 'shop-artifacts', zipKey: 'worker/1.zip', variables: { LOG_LEVEL: 'info' } },
      inputs: 'full',
    },
  ],
};

/** Compiles the catalogue. */
export async function catalogueCases(): Promise<CatalogueCase[]> {
  const { modules, catalog } = loadCatalog();
  const contractOf = (port: InputPort): ContractDocument => {
    const contract = catalog.findContract(port.contract);
    if (!contract) throw new Error(`no contract ${port.contract}`);
    return contract;
  };
  const wanted = modules.flatMap(({ manifest }) =>
    variantsOf(manifest).map((variant) => ({ variant, request: requestOf(manifest, variant, contractOf) })),
  );
  const results = await synthesizeInProcess(wanted.map(({ request }) => request));
  return wanted.flatMap(({ variant, request }, index) => {
    const result = results[index];
    const { module, params } = request.node;
    return result
      ? [{ name: `${module} ${variant.name}`, module, result, values: valuesOf(request, result, params) }]
      : [];
  });

  function valuesOf(request: SynthRequest, { variables }: SynthResult, params: Record<string, unknown>) {
    const examples = new Map(request.inputs.map(({ connection, contract }) => [connection.id, exampleOf(contract)]));
    return Object.fromEntries(
      variables.map(({ name, connection, field }) => {
        // A FIFO queue takes FIFO topics only: what is connected is of the node's own kind.
        if (field === 'fifo') return [name, params.fifo === true];
        return [name, field.split('.').reduce<unknown>(member, examples.get(connection))];
      }),
    );
  }

  function exampleOf(ref: string): Record<string, unknown> {
    return catalog.findContract(ref)?.examples[0] ?? {};
  }
}

function variantsOf(manifest: ModuleManifest): Variant[] {
  const presets = Object.keys(manifest.presets).map((preset): Variant => ({ name: preset, preset, inputs: 'full' }));
  const further = FURTHER[manifest.id] ?? [];
  if (Object.keys(manifest.inputs).length === 0) return [...presets, ...further];
  return [
    ...presets,
    ...further,
    { name: 'bare', inputs: 'required' },
    { name: 'before its inputs', inputs: 'unknown' },
  ];
}

function requestOf(
  manifest: ModuleManifest,
  variant: Variant,
  contractOf: (port: InputPort) => ContractDocument,
): SynthRequest {
  const { params } = resolveParams(manifest, {
    preset: variant.preset,
    params: { ...(variant.params?.source === 'zip' ? {} : NEEDED_PARAMS[manifest.id]), ...variant.params },
  });
  const ports = Object.entries(manifest.inputs).filter(
    ([, { cardinality }]) => variant.inputs !== 'required' || cardinality === 'one',
  );
  return {
    environment: ENVIRONMENT,
    node: { id: 'node', name: 'Node', module: manifest.id, version: manifest.version, params },
    inputs: ports.map(([name, port]) => inputOf(manifest, name, port, contractOf(port), variant.inputs === 'unknown')),
    protected: false,
  };
}

function inputOf(
  manifest: ModuleManifest,
  name: string,
  port: InputPort,
  contract: ContractDocument,
  unknown: boolean,
): SynthInput {
  const offered = port.grants?.offered ?? Object.keys(contract.grants);
  return {
    connection: {
      id: `to-${name.toLowerCase()}`,
      from: { node: 'producer', port: 'out' },
      to: { node: 'node', port: name },
      grants: manifest.workload || port.resourcePolicy ? offered : [],
      envPrefix: name.toUpperCase(),
    },
    contract: `${port.contract.split('@')[0]}@${contract.$id.split('/').at(-1)}`,
    port: name,
    producer: { node: 'producer', name: 'Producer' },
    unknown: unknown ? appliedFields(contract) : [],
  };
}

function appliedFields(contract: ContractDocument): string[] {
  return Object.entries(contract.properties)
    .filter(([, { known }]) => known === 'applied')
    .map(([name, { secretReference }]) => (secretReference ? `${name}.arn` : name));
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
