import { pointerSegments } from '../../schemas/rules/json-pointer.ts';
import { isRecord } from '../../schemas/rules/merge-patch.ts';

export type ParamSchema = Readonly<Record<string, unknown>>;

/** The schema of the param that the keys lead to, conditional branches included; items of a list by any key. */
export function schemaAt(root: unknown, keys: readonly string[]): ParamSchema | undefined {
  let schema = resolve(root, root);
  for (const key of keys) {
    if (!schema) return undefined;
    const member: unknown = propertiesOf(schema, root)[key] ?? additional(schema);
    schema = resolve(member, root);
  }
  return schema;
}

/** All members that the schema knows, those of its conditions and alternatives too. */
export function propertiesOf(schema: ParamSchema, root: unknown): Readonly<Record<string, ParamSchema>> {
  const found: Record<string, ParamSchema> = {};
  for (const branch of branchesOf(schema, root)) {
    for (const [name, member] of Object.entries(isRecord(branch.properties) ? branch.properties : {})) {
      const resolved = resolve(member, root);
      if (resolved) found[name] = { ...resolved, ...found[name] };
    }
  }
  return found;
}

function branchesOf(schema: ParamSchema, root: unknown, depth = 0): ParamSchema[] {
  if (depth > 4) return [];
  const lists = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((list): unknown[] =>
    Array.isArray(list) ? list : [],
  );
  const inner = [schema.then, schema.else, ...lists].flatMap((part) => {
    const resolved = resolve(part, root);
    return resolved ? [resolved] : [];
  });
  return [schema, ...inner.flatMap((part) => branchesOf(part, root, depth + 1))];
}

function additional(schema: ParamSchema): unknown {
  return isRecord(schema.items) ? schema.items : schema.additionalProperties;
}

function resolve(schema: unknown, root: unknown): ParamSchema | undefined {
  if (!isRecord(schema)) return undefined;
  if (typeof schema.$ref !== 'string' || !schema.$ref.startsWith('#/')) return schema;
  let target = root;
  for (const segment of pointerSegments(schema.$ref.slice(1))) target = isRecord(target) ? target[segment] : undefined;
  return isRecord(target) ? { ...target, ...schema, $ref: undefined } : undefined;
}

/** The values that a schema allows, where there are few. */
export function allowedValues(schema: ParamSchema): unknown[] {
  if (Array.isArray(schema.enum)) return schema.enum;
  if ('const' in schema) return [schema.const];
  const alternatives = Array.isArray(schema.oneOf) ? schema.oneOf : [];
  const constants = alternatives.flatMap((part) => (isRecord(part) && 'const' in part ? [part.const] : []));
  if (constants.length > 0) return constants;
  return schema.type === 'boolean' ? [true, false] : [];
}
