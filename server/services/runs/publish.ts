// Reads a node's outputs as artifacts and holds them against their contracts: pure but for the compiled validators.
import type { ValidateFunction } from 'ajv';
import type { ContractDocument, ModuleManifest, RunError } from '../../../schemas/generated/types.ts';
import type { Catalog } from '../../../schemas/rules/catalog.ts';
import { redact, secretFields } from '../../../schemas/rules/redact.ts';

export interface PublishedPort {
  port: string;
  contract: string;
  value: Record<string, unknown>;
  /** Names of the fields to seal. */
  secrets: string[];
}

/** Terraform's outputs as the state holds them. */
export type StateOutputs = Record<string, { value: unknown; sensitive: boolean }>;

/**
 * The artifact of every output port of a module.
 *
 * @returns the artifacts, or the first output that breaks its contract, naming port, path, expected and got.
 */
export function readArtifacts(
  manifest: ModuleManifest,
  outputs: StateOutputs,
  catalog: Catalog,
  validatorOf: (contract: ContractDocument) => ValidateFunction,
): { artifacts: PublishedPort[] } | { error: RunError } {
  const artifacts: PublishedPort[] = [];
  for (const [port, { contract: ref }] of Object.entries(manifest.outputs)) {
    const contract = catalog.findContract(ref);
    if (!contract) return { error: broken(port, `its contract ${ref} is not published`) };
    const value = withoutNulls({ ...asRecord(outputs[port]?.value), ...asRecord(outputs[`${port}__secret`]?.value) });
    const validate = validatorOf(contract);
    if (!validate(value)) return { error: describe(port, ref, contract, value, validate) };
    artifacts.push({ port, contract: ref, value, secrets: secretFields(contract) });
  }
  return { artifacts };
}

function describe(
  port: string,
  ref: string,
  contract: ContractDocument,
  value: Record<string, unknown>,
  validate: ValidateFunction,
): RunError {
  const first = validate.errors?.[0];
  const path = first?.instancePath || '/';
  const shown = JSON.stringify(redact(contract, value));
  return broken(port, `${path} ${first?.message ?? 'is not what the contract says'}`, `contract ${ref}; got ${shown}`);
}

function broken(port: string, what: string, detail?: string): RunError {
  return {
    code: 'output-broken',
    message: `Output "${port}" breaks its contract: ${what}.`,
    detail,
    retry: false,
    hint: 'The module is at fault: tell those who publish it. What was applied stays in state.',
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** Terraform writes null where an optional field is not set; a contract says so by leaving it out. */
function withoutNulls(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
}
