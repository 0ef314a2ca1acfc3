import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContractDetail, ContractDocument, ModuleDetail, ModuleManifest } from '../schemas/generated/types.ts';
import { contractName, contractVersion } from '../schemas/rules/catalog.ts';
import { root } from './client/installation.ts';

const text = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** The modules of this installation. */
export function readModules(): ModuleDetail[] {
  const folder = join(root, 'modules');
  return readdirSync(folder)
    .filter((id) => existsSync(join(folder, id, 'module.json')))
    .map((id) => ({
      manifest: JSON.parse(text(join(folder, id, 'module.json'))) as ModuleManifest,
      runbook: text(join(folder, id, 'runbook.md')),
      icon: text(join(folder, id, 'icon.svg')),
    }));
}

/** The contracts of this installation. */
export function readContracts(): ContractDetail[] {
  const folder = join(root, 'schemas', 'contracts');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(text(join(folder, file))) as ContractDocument)
    .map((document) => ({ name: contractName(document), version: contractVersion(document), document }));
}
