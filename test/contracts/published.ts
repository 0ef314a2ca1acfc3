// The contracts and manifests of this repository, read from their files.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { ContractDocument, ModuleManifest } from '../../schemas/generated/types.ts';
import { type Catalog, createCatalog } from '../../schemas/rules/catalog.ts';
import { createParamsValidator } from '../../schemas/rules/validation/params-validator.ts';

export interface PublishedFile<T> {
  file: string;
  document: T;
}

const root = new URL('../../', import.meta.url);

export function publishedContracts(): PublishedFile<ContractDocument>[] {
  const files = readdirSync(new URL('schemas/contracts/', root)).filter((file) => file.endsWith('.json'));
  return files.map((file) => read(`schemas/contracts/${file}`));
}

export function publishedModules(): PublishedFile<ModuleManifest>[] {
  const files = readdirSync(new URL('modules/', root)).map((folder) => `modules/${folder}/module.json`);
  return files.filter((file) => existsSync(new URL(file, root))).map((file) => read(file));
}

/** A catalogue of all that is published, broken or not. */
export function publishedCatalog(): Catalog {
  const modules = publishedModules().map(({ document }) => document);
  const contracts = publishedContracts().map(({ document }) => document);
  return createCatalog(modules, contracts, createParamsValidator());
}

function read<T>(file: string): PublishedFile<T> {
  return { file, document: JSON.parse(readFileSync(new URL(file, root), 'utf8')) as T };
}
