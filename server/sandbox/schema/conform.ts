// Brings any object into exactly the shape of a schema: every attribute present, absent block lists empty.
import { isObject, type ObjectValue, UNKNOWN, type Value } from '../wire/value.ts';
import type { AttributeType, BlockSchema, NestedBlockSchema } from './schema-data.ts';

export function conform(block: BlockSchema, from: ObjectValue): ObjectValue {
  const shaped: ObjectValue = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    shaped[name] = conformType(attribute.type, from[name]);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    shaped[name] = conformBlocks(nested, from[name]);
  }
  return shaped;
}

/** The blocks of one kind: a list for `list` and `set` nesting, an object or null otherwise. */
export function conformBlocks(nested: NestedBlockSchema, value: Value | undefined): Value {
  if (value === UNKNOWN) return UNKNOWN;
  const one = (item: Value): Value => (isObject(item) ? conform(nested.block, item) : item);
  if (nested.nesting_mode === 'list' || nested.nesting_mode === 'set')
    return Array.isArray(value) ? value.map(one) : [];
  if (nested.nesting_mode === 'map') return isObject(value) ? mapValues(value, one) : {};
  return isObject(value) ? conform(nested.block, value) : null;
}

export function conformType(type: AttributeType, value: Value | undefined): Value {
  if (value === undefined || value === null) return null;
  if (value === UNKNOWN) return UNKNOWN;
  if (type === 'string') return typeof value === 'string' ? value : String(value);
  if (type === 'number') return number(value);
  if (type === 'bool') return value === true || value === 'true';
  if (type[0] === 'list' || type[0] === 'set') {
    return Array.isArray(value) ? value.map((item) => conformType(type[1] as AttributeType, item)) : [];
  }
  if (!isObject(value)) return null;
  if (type[0] === 'map') return mapValues(value, (item) => conformType(type[1] as AttributeType, item));
  const shaped: ObjectValue = {};
  for (const [name, inner] of Object.entries(type[1] as Record<string, AttributeType>)) {
    shaped[name] = conformType(inner, value[name]);
  }
  return shaped;
}

export function mapValues(object: ObjectValue, change: (value: Value, name: string) => Value): ObjectValue {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));
}

/** Text that is no safe integer stays text: 0.1 must remain exactly 0.1. */
function number(value: Value): Value {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value === '') return null;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
