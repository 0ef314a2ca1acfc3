// The JSON Schemas of documents and API bodies as running validators, for what comes in and for what goes out.
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import api from '../../schemas/api/api.json' with { type: 'json' };
import artifact from '../../schemas/documents/artifact.json' with { type: 'json' };
import contract from '../../schemas/documents/contract.json' with { type: 'json' };
import environment from '../../schemas/documents/environment.json' with { type: 'json' };
import event from '../../schemas/documents/event.json' with { type: 'json' };
import graph from '../../schemas/documents/graph.json' with { type: 'json' };
import issue from '../../schemas/documents/issue.json' with { type: 'json' };
import layout from '../../schemas/documents/layout.json' with { type: 'json' };
import module from '../../schemas/documents/module.json' with { type: 'json' };
import operation from '../../schemas/documents/operation.json' with { type: 'json' };
import run from '../../schemas/documents/run.json' with { type: 'json' };

export type JsonSchema = Record<string, unknown>;

const documents = { artifact, contract, environment, event, graph, issue, layout, module, operation, run };

/** Every schema by its `$id`. References between folders are rewritten to the ids, which know no folders. */
export const schemas: readonly JsonSchema[] = [...Object.values(documents), api].map(
  (schema) => JSON.parse(JSON.stringify(schema).replaceAll('"../documents/', '"')) as JsonSchema,
);

/** A reference to a body of the API, such as `GraphSave`. */
export function apiBody(name: keyof (typeof api)['$defs']): JsonSchema {
  return { $ref: `https://plumbline.dev/schemas/api.json#/$defs/${name}` };
}

/** A reference to a document, or to a named part of one. */
export function documentBody(name: keyof typeof documents, part?: string): JsonSchema {
  return { $ref: `https://plumbline.dev/schemas/${name}.json${part ? `#/$defs/${part}` : ''}` };
}

/** Compiles a schema for what comes in: strict, and nothing is changed, filled in or converted. */
export const compileIncoming = compiler({});

/** Compiles a schema for query strings and path params, whose numbers arrive as text. */
export const compileText = compiler({ coerceTypes: true });

/** Compiles a schema for what goes out: fields that it does not know are taken away. */
export const compileOutgoing = compiler({ removeAdditional: true });

/** Many routes share a schema, above all the one of errors: each is compiled once. */
function compiler(options: ConstructorParameters<typeof Ajv2020>[0]): (schema: JsonSchema) => ValidateFunction {
  let ajv: Ajv2020 | undefined;
  const compiled = new Map<string, ValidateFunction>();
  return (schema) => {
    const key = JSON.stringify(schema);
    ajv ??= createAjv(options);
    const validate = compiled.get(key) ?? ajv.compile(schema);
    compiled.set(key, validate);
    return validate;
  };
}

function createAjv(options: ConstructorParameters<typeof Ajv2020>[0]): Ajv2020 {
  // A oneOf over what is required names fields that its parent describes.
  const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, ...options });
  formats.default(ajv);
  for (const schema of schemas) ajv.addSchema(schema);
  return ajv;
}

/** What one validation error says, in the form of our errors. */
export interface SchemaFinding {
  path: string;
  message: string;
  got?: string;
  expected: string;
}

/** Puts the first error of a validation into words. */
export function describeError(error: ErrorObject, data: unknown): SchemaFinding {
  const path = error.instancePath;
  const at = path === '' ? 'the body' : path;
  if (error.keyword === 'additionalProperties') {
    const field = String(error.params.additionalProperty);
    const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {});
    const expected = known.length > 0 ? `one of ${known.join(', ')}` : 'no such field';
    return { path: `${path}/${field}`, message: `Unknown field "${field}" in ${at}.`, got: field, expected };
  }
  if (error.keyword === 'required') {
    const field = String(error.params.missingProperty);
    return {
      path: `${path}/${field}`,
      message: `The field "${field}" is missing in ${at}.`,
      got: 'nothing',
      expected: field,
    };
  }
  const expected =
    error.keyword === 'enum'
      ? `one of ${(error.params.allowedValues as unknown[]).join(', ')}`
      : (error.message ?? error.keyword);
  return { path, message: `The value of ${at} is not right.`, got: shorten(valueAt(data, path)), expected };
}

function valueAt(data: unknown, pointer: string): unknown {
  let value = data;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

function shorten(value: unknown): string {
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
  const written = JSON.stringify(value) ?? 'nothing';
  return written.length > 80 ? `${written.slice(0, 80)}…` : written;
}
