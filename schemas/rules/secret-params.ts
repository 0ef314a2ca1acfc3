// Params that hold a secret: in clear while a user sends them, sealed as {"$secret": id} in the stored graph.
import type { ModuleManifest } from '../generated/types.ts';
import { jsonPointer, pointerSegments } from './json-pointer.ts';
import { FORBIDDEN_KEYS, isRecord } from './merge-patch.ts';

/** What stands in a stored graph in place of a secret value. */
export interface SealedParam {
  $secret: string;
}

const SEALED = {
  type: 'object',
  properties: { $secret: { type: 'string', minLength: 1, maxLength: 200 } },
  required: ['$secret'],
  additionalProperties: false,
};

const BRANCHES = ['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else'] as const;

/** Whether a param's value is the stored form of a secret. */
export function isSealed(value: unknown): value is SealedParam {
  return isRecord(value) && typeof value.$secret === 'string' && Object.keys(value).length === 1;
}

/** A params schema in which every `secret: true` string also takes the sealed form. */
export function acceptSealed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(acceptSealed);
  if (!isRecord(schema)) return schema;
  // oxlint-disable-next-line unicorn/no-thenable -- `then` is a JSON Schema keyword
  if (schema.secret === true) return { if: { type: 'object' }, then: SEALED, else: schema };
  return Object.fromEntries(Object.entries(schema).map(([key, member]) => [key, acceptSealed(member)]));
}

/** JSON Pointers of the values in `params` that the module declares secret, sealed or not. */
export function secretParamPaths(manifest: ModuleManifest, params: unknown): string[] {
  const found = new Set<string>();
  collect(manifest.params, params, '', manifest.params, found);
  return [...found];
}

/** A copy of the params in which `replace` has put something else in place of every secret value. */
export function replaceSecretParams(
  manifest: ModuleManifest,
  params: Record<string, unknown>,
  replace: (value: unknown, path: string) => unknown,
): Record<string, unknown> {
  const paths = secretParamPaths(manifest, params);
  if (paths.length === 0) return params;
  const copy = structuredClone(params);
  for (const path of paths) {
    const segments = pointerSegments(path);
    const last = segments.pop();
    let holder: unknown = copy;
    for (const segment of segments) holder = (holder as Record<string, unknown>)[segment];
    if (last === undefined || !isHolder(holder) || FORBIDDEN_KEYS.has(last)) continue;
    holder[last] = replace(holder[last], path);
  }
  return copy;
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function collect(schema: unknown, value: unknown, path: string, root: unknown, found: Set<string>): void {
  if (!isRecord(schema) || value === undefined) return;
  if (schema.secret === true && path !== '') found.add(path);
  if (typeof schema.$ref === 'string' && schema.$ref.startsWith('#/$defs/') && isRecord(root) && isRecord(root.$defs)) {
    const target = root.$defs[schema.$ref.slice('#/$defs/'.length)];
    if (target !== schema) collect(target, value, path, root, found);
  }
  for (const branch of BRANCHES) {
    const schemas = Array.isArray(schema[branch]) ? schema[branch] : [schema[branch]];
    for (const member of schemas) collect(member, value, path, root, found);
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => collect(schema.items, item, path + jsonPointer(index), root, found));
  } else if (isRecord(value)) {
    for (const [key, member] of Object.entries(value)) {
      collect(memberSchema(schema, key), member, path + jsonPointer(key), root, found);
    }
  }
}

function memberSchema(schema: Record<string, unknown>, key: string): unknown {
  if (isRecord(schema.properties) && Object.hasOwn(schema.properties, key)) return schema.properties[key];
  return schema.additionalProperties;
}
