// The published catalogue as data, for the main thread: no stack is loaded, and cdktf never is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContractDetail, ModuleDetail } from '../../schemas/generated/types.ts';
import { type Catalog, contractName, contractVersion, createCatalog } from '../../schemas/rules/catalog.ts';
import { createParamsValidator } from '../../schemas/rules/validation/params-validator.ts';
import { type ModuleFolder, readContracts, readModules } from './folders.ts';
import type { SynthFolders } from './types.ts';

export interface CatalogFiles {
  modules: ModuleDetail[];
  contracts: ContractDetail[];
  catalog: Catalog;
}

/**
 * Reads manifests, runbooks, icons and contracts.
 * @throws Error naming the file that is missing or is no JSON
 */
export function loadCatalog(folders: SynthFolders = {}): CatalogFiles {
  const modules = readModules(folders).map(detail);
  const documents = readContracts(folders);
  const contracts = documents.map((document) => ({
    name: contractName(document),
    version: contractVersion(document),
    document,
  }));
  const manifests = modules.map(({ manifest }) => manifest);
  return { modules, contracts, catalog: createCatalog(manifests, documents, createParamsValidator()) };
}

function detail({ manifest, dir }: ModuleFolder): ModuleDetail {
  const read = (file: string) => readFileSync(join(dir, file), 'utf8');
  return { manifest, runbook: read('runbook.md'), icon: read('icon.svg') };
}
