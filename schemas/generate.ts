// Generates schemas/generated/types.ts from the JSON Schemas; `--check` fails when the committed file differs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, type JSONSchema } from 'json-schema-to-typescript';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, 'generated', 'types.ts');

/** One root schema that refers to every document and API body, so that each type is written once. */
function rootSchema(): JSONSchema {
  const properties: Record<string, JSONSchema> = {};
  for (const file of readdirSync(join(here, 'documents'))
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    properties[file] = { $ref: `documents/${file}` };
    const defs =
      (
        JSON.parse(readFileSync(join(here, 'documents', file), 'utf8')) as {
          $defs?: Record<string, { title?: string }>;
        }
      ).$defs ?? {};
    for (const [name, def] of Object.entries(defs))
      if (def.title) properties[`${file}:${name}`] = { $ref: `documents/${file}#/$defs/${name}` };
  }
  const api = JSON.parse(readFileSync(join(here, 'api', 'api.json'), 'utf8')) as { $defs: Record<string, unknown> };
  for (const name of Object.keys(api.$defs)) properties[`api:${name}`] = { $ref: `api/api.json#/$defs/${name}` };
  return { title: 'AllDocuments', type: 'object', additionalProperties: false, properties };
}

const banner = '// Generated from the JSON Schemas by `npm run generate`; do not edit.';
const text = await compile(rootSchema(), 'AllDocuments', {
  cwd: `${here}/`,
  bannerComment: banner,
  maxItems: -1,
  format: true,
  unreachableDefinitions: false,
  additionalProperties: true,
});
if (process.argv.includes('--check')) {
  const committed = readFileSync(target, 'utf8');
  if (committed !== text) {
    console.error('schemas/generated/types.ts differs from the schemas: run `npm run generate` and commit the result.');
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
  console.log(`wrote ${text.split('\n').length} lines`);
}
