// When two values are the same to Terraform: sets without order, numbers by value, unknown equal to nothing known.
import { isObject, UNKNOWN, type Value } from '../wire/value.ts';
import type { AttributeType, BlockSchema, NestedBlockSchema } from './schema-data.ts';

const UNKNOWN_KEY = '\u0001';
const NULL_KEY = '~';

/** A text that two values of `type` share exactly when they are the same. */
export function keyOfType(type: AttributeType, value: Value | undefined): string {
  if (value === UNKNOWN) return UNKNOWN_KEY;
  if (value === null || value === undefined) return NULL_KEY;
  if (type === 'number') return String(value);
  if (!Array.isArray(type)) return JSON.stringify(value);
  if (type[0] === 'list' || type[0] === 'set')
    return keyOfItems(type[0], value, (item) => keyOfType(type[1] as AttributeType, item));
  if (!isObject(value)) return JSON.stringify(value);
  const inner = (name: string): AttributeType =>
    type[0] === 'object' ? ((type[1] as Record<string, AttributeType>)[name] ?? 'string') : (type[1] as AttributeType);
  const names = Object.keys(type[0] === 'object' ? (type[1] as object) : value).sort();
  return `(${names.map((name) => JSON.stringify(name) + keyOfType(inner(name), value[name])).join()})`;
}

export function keyOfBlock(block: BlockSchema, value: Value | undefined): string {
  if (value === UNKNOWN) return UNKNOWN_KEY;
  if (!isObject(value)) return NULL_KEY;
  const attributes = Object.entries(block.attributes ?? {}).map(
    ([name, a]) => `${name}=${keyOfType(a.type, value[name])}`,
  );
  const blocks = Object.entries(block.block_types ?? {}).map(([name, n]) => `${name}:${keyOfBlocks(n, value[name])}`);
  return [...attributes, ...blocks].sort().join(';');
}

export function keyOfBlocks(nested: NestedBlockSchema, value: Value | undefined): string {
  if (value === UNKNOWN) return UNKNOWN_KEY;
  const one = (item: Value | undefined): string => keyOfBlock(nested.block, item);
  if (Array.isArray(value)) return keyOfItems(nested.nesting_mode === 'set' ? 'set' : 'list', value, one);
  if (nested.nesting_mode !== 'map' || !isObject(value)) return one(value);
  return `(${Object.keys(value)
    .sort()
    .map((name) => JSON.stringify(name) + one(value[name]))
    .join()})`;
}

function keyOfItems(kind: 'list' | 'set' | 'map', value: Value, one: (item: Value) => string): string {
  const keys = Array.isArray(value) ? value.map(one) : [];
  return kind === 'set' ? `{${[...new Set(keys)].sort().join()}}` : `[${keys.join()}]`;
}
