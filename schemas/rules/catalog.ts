// The published modules and contracts that a graph is judged by.
import { maxSatisfying } from 'semver';
import type { ContractDocument, ModuleManifest } from '../generated/types.ts';

/** One param that breaks its module's schema. `path` is a JSON Pointer into the params. */
export interface ParamIssue {
  path: string;
  message: string;
  got: string;
  expected: string;
  fix: string;
}

/** Judges resolved params by the module's schema; injected, because Ajv compiles code and the page's CSP forbids that. */
export type ValidateParams = (manifest: ModuleManifest, params: unknown) => ParamIssue[];

export interface Catalog {
  modules: readonly ModuleManifest[];
  contracts: readonly ContractDocument[];
  /** The newest published version of the module that the semver range takes. */
  findModule(id: string, range: string): ModuleManifest | undefined;
  /** The newest contract that `name@range` or `name@version` takes. */
  findContract(ref: string): ContractDocument | undefined;
  validateParams: ValidateParams;
}

const CONTRACT_ID = /\/contracts\/([^/]+)\/([^/]+)$/;
const MEMORY_LIMIT = 2000;

/** `aws-queue` of `https://plumbline.dev/contracts/aws-queue/1.0.0`. */
export function contractName(document: ContractDocument): string {
  return CONTRACT_ID.exec(document.$id)?.[1] ?? '';
}

/** `1.0.0` of `https://plumbline.dev/contracts/aws-queue/1.0.0`. */
export function contractVersion(document: ContractDocument): string {
  return CONTRACT_ID.exec(document.$id)?.[2] ?? '';
}

/** Splits `name@range`; the range is empty where there is none. */
export function splitContractRef(ref: string): { name: string; range: string } {
  const at = ref.indexOf('@');
  return at < 0 ? { name: ref, range: '' } : { name: ref.slice(0, at), range: ref.slice(at + 1) };
}

/** Looks modules and contracts up by name and semver range. */
export function createCatalog(
  modules: readonly ModuleManifest[],
  contracts: readonly ContractDocument[],
  validateParams: ValidateParams,
): Catalog {
  const findModule = createFinder(
    modules,
    (manifest) => manifest.id,
    (manifest) => manifest.version,
  );
  const findByName = createFinder(contracts, contractName, contractVersion);
  return {
    modules,
    contracts,
    validateParams,
    findModule,
    findContract(ref) {
      const { name, range } = splitContractRef(ref);
      return findByName(name, range);
    },
  };
}

type Find<T> = (name: string, range: string) => T | undefined;

function createFinder<T>(items: readonly T[], nameOf: (item: T) => string, versionOf: (item: T) => string): Find<T> {
  const byName = new Map<string, Map<string, T>>();
  for (const item of items) {
    const versions = byName.get(nameOf(item)) ?? new Map<string, T>();
    byName.set(nameOf(item), versions.set(versionOf(item), item));
  }
  const found = new Map<string, T | undefined>();
  return (name, range) => {
    const key = `${name}@${range}`;
    if (found.has(key)) return found.get(key);
    const versions = byName.get(name);
    const version = versions && range !== '' ? maxSatisfying([...versions.keys()], range) : null;
    const item = version === null ? undefined : versions?.get(version);
    // Ranges come from people's files, so that a long-lived server must not remember all of them.
    if (found.size >= MEMORY_LIMIT) found.clear();
    found.set(key, item);
    return item;
  };
}
