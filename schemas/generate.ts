// Generates schemas/generated from the JSON Schemas; `--check` fails when the committed files differ.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import standalone from 'ajv/dist/standalone/index.js';
import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { createAjv } from './rules/validation/ajv.ts';

const here = dirname(fileURLToPath(import.meta.url));

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
const types = await compile(rootSchema(), 'AllDocuments', {
  cwd: `${here}/`,
  bannerComment: banner,
  maxItems: -1,
  format: true,
  unreachableDefinitions: false,
  additionalProperties: true,
});

/** Validators of a graph, its nodes and its connections, and of a layout, as code, because the page may not compile them. */
function graphValidators(): string {
  const read = (file: string) => JSON.parse(readFileSync(join(here, 'documents', file), 'utf8')) as { $id: string };
  const [graph, layout] = [read('graph.json'), read('layout.json')];
  const ajv = createAjv({ code: { source: true, esm: true, lines: true } });
  ajv.addSchema([graph, layout]);
  const parts = {
    graph: graph.$id,
    node: `${graph.$id}#/$defs/GraphNode`,
    connection: `${graph.$id}#/$defs/Connection`,
    layout: layout.$id,
  };
  for (const [name, part] of Object.entries(parts)) ajv.addSchema({ $id: name, $ref: part });
  const names = Object.fromEntries(Object.keys(parts).map((name) => [name, name]));
  // The only thing that the code would load: how many characters a text has.
  const code = standalone(ajv, names).replaceAll(
    'require("ajv/dist/runtime/ucs2length").default',
    '(text) => Array.from(text).length',
  );
  return `// @ts-nocheck\n${banner}\n${code}\n`;
}

const files = { 'types.ts': types, 'graph-validators.ts': graphValidators() };
const stale = Object.entries(files).filter(
  ([name, text]) =>
    !existsSync(join(here, 'generated', name)) || readFileSync(join(here, 'generated', name), 'utf8') !== text,
);
if (process.argv.includes('--check')) {
  for (const [name] of stale)
    console.error(
      `schemas/generated/${name} differs from the schemas: run \`npm run generate\` and commit the result.`,
    );
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [name, text] of stale) writeFileSync(join(here, 'generated', name), text);
  console.log(`wrote ${stale.map(([name]) => name).join(', ') || 'nothing'}`);
}
