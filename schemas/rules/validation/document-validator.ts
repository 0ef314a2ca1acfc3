// Judges documents by the schemas in schemas/documents; graphs are judged by validate-graph.
import type { ValidateFunction } from 'ajv';
import contractSchema from '../../documents/contract.json' with { type: 'json' };
import environmentSchema from '../../documents/environment.json' with { type: 'json' };
import graphSchema from '../../documents/graph.json' with { type: 'json' };
import layoutSchema from '../../documents/layout.json' with { type: 'json' };
import moduleSchema from '../../documents/module.json' with { type: 'json' };
import type { SchemaError } from '../schema-error.ts';
import { createAjv } from './ajv.ts';

const SCHEMAS = {
  contract: contractSchema,
  environment: environmentSchema,
  layout: layoutSchema,
  module: moduleSchema,
};

type DocumentKind = keyof typeof SCHEMAS;

const compiled = new Map<DocumentKind, ValidateFunction>();

/** Everything that the schema of a document has against a value; empty where it is well-formed. */
export function validateDocument(kind: DocumentKind, value: unknown): readonly SchemaError[] {
  let validate = compiled.get(kind);
  if (!validate) {
    validate = createAjv().addSchema(graphSchema).compile(SCHEMAS[kind]);
    compiled.set(kind, validate);
  }
  return validate(value) ? [] : (validate.errors ?? []);
}
