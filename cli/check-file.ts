import type { Issue } from '../schemas/generated/types.ts';
import { createCatalog } from '../schemas/rules/catalog.ts';
import { checkText } from '../schemas/rules/check-text.ts';
import { createParamsValidator } from '../schemas/rules/validation/params-validator.ts';
import { readContracts, readModules } from './catalogue-files.ts';

/** Every issue of a graph file's text, judged by the catalogue of this installation. */
export function checkFileText(text: string): Issue[] {
  const manifests = readModules().map(({ manifest }) => manifest);
  const contracts = readContracts().map(({ document }) => document);
  return checkText(createCatalog(manifests, contracts, createParamsValidator()), text).issues;
}
