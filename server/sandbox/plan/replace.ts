// Which changes force a replacement, as attribute paths.
import { keyOfBlocks, keyOfType } from '../schema/same.ts';
import type { BlockSchema, NestedBlockSchema, TypeSchema } from '../schema/schema-data.ts';
import { isObject, type ObjectValue, UNKNOWN, type Value } from '../wire/value.ts';

export type PathStep = { attribute_name: string } | { element_key_int: number };
export interface AttributePath {
  steps: PathStep[];
}

/** The ForceNew paths of `type` at which `planned` differs from `prior`; an unknown counts as different. */
export function replacements(type: TypeSchema, prior: ObjectValue, planned: ObjectValue): AttributePath[] {
  return (type.forceNew ?? []).flatMap((path) => walk(type.block, path.split('.'), prior, planned, []));
}

function walk(block: BlockSchema, path: string[], prior: Value, next: Value, steps: PathStep[]): AttributePath[] {
  const [head = '', ...rest] = path;
  const counts = head.endsWith('#');
  const name = counts ? head.slice(0, -1) : head;
  const here = [...steps, { attribute_name: name }];
  const before = member(prior, name);
  const after = member(next, name);
  const differs = (different: boolean): AttributePath[] => (different ? [{ steps: here }] : []);
  const attribute = block.attributes?.[name];
  if (attribute) {
    return differs(after === UNKNOWN || keyOfType(attribute.type, before) !== keyOfType(attribute.type, after));
  }
  const nested = block.block_types?.[name];
  if (!nested) return [];
  if (counts) return differs(length(before) !== length(after));
  if (rest.length === 0 || nested.nesting_mode === 'set')
    return differs(keyOfBlocks(nested, before) !== keyOfBlocks(nested, after));
  return walkBlocks(nested, rest, before, after, here);
}

function walkBlocks(
  nested: NestedBlockSchema,
  rest: string[],
  before: Value,
  after: Value,
  here: PathStep[],
): AttributePath[] {
  if (nested.nesting_mode !== 'list') return walk(nested.block, rest, before, after, here);
  const paths: AttributePath[] = [];
  for (let index = 0; index < Math.max(length(before), length(after)); index++) {
    const place = [...here, { element_key_int: index }];
    paths.push(...walk(nested.block, rest, item(before, index), item(after, index), place));
  }
  return paths;
}

function member(value: Value, name: string): Value {
  return isObject(value) ? (value[name] ?? null) : null;
}

function item(value: Value, index: number): Value {
  return Array.isArray(value) ? (value[index] ?? null) : null;
}

function length(value: Value): number {
  return Array.isArray(value) ? value.length : 0;
}
