// The settings of a module, wherever its params schema names them.
import { isRecord } from './merge-patch.ts';

/** Params of the top level by name, those of conditional branches included. */
export function paramProperties(schema: unknown): Record<string, Record<string, unknown>> {
  if (!isRecord(schema)) return {};
  const own = isRecord(schema.properties) ? (schema.properties as Record<string, Record<string, unknown>>) : {};
  const branches = [schema.then, schema.else, ...(Array.isArray(schema.allOf) ? schema.allOf : [])];
  return Object.assign({}, ...branches.map(paramProperties), own) as Record<string, Record<string, unknown>>;
}
