// Runs the cases in documents/*.json: add a case there, no code is needed.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkContract, checkModule } from '../../schemas/rules/contract-vocabulary.ts';
import { validateShape } from '../../schemas/rules/validate-graph.ts';
import { validateDocument } from '../../schemas/rules/validation/document-validator.ts';
import { publishedCatalog } from './published.ts';

interface CaseFile {
  description: string;
  schema: 'graph' | 'layout' | 'environment' | 'contract-vocabulary' | 'module';
  tests: { description: string; data: unknown; valid: boolean }[];
}

const folder = new URL('documents/', import.meta.url);
const catalog = publishedCatalog();

function flaws(schema: CaseFile['schema'], data: unknown): readonly unknown[] {
  if (schema === 'contract-vocabulary') return checkContract(data);
  if (schema === 'graph') return validateShape(data);
  return schema === 'module' ? checkModule(data, catalog) : validateDocument(schema, data);
}

for (const file of readdirSync(folder)) {
  const { description, schema, tests } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as CaseFile;
  describe(description, () => {
    test.each(tests)('$description: valid $valid', ({ data, valid }) => {
      const found = flaws(schema, data);
      if (valid) expect(found).toEqual([]);
      else expect(found).not.toEqual([]);
    });
  });
}
