// Cosmetics of the provider's older SDK, which stores values flat: they show in plans, so ours have them too.
import type { AttributeType, BlockSchema } from '../schema/schema-data.ts';
import { hasUnknown, isObject, type ObjectValue, UNKNOWN, type Value } from '../wire/value.ts';

/**
 * The value as the older SDK plans it: a set or map with one unknown element is wholly unknown, and objects inside of
 * an attribute have empty values where nothing was said.
 */
export function asOldSdk(type: AttributeType, value: Value): Value {
  if (!Array.isArray(type) || type[0] === 'object') return value;
  const [kind, inner] = type as ['list' | 'set' | 'map', AttributeType];
  if (typeof inner === 'string') return kind !== 'list' && hasUnknown(value) ? UNKNOWN : value;
  if (inner[0] !== 'object' || !Array.isArray(value)) return value;
  const types = inner[1] as Record<string, AttributeType>;
  return value.map((item) => (isObject(item) ? objectWithoutNulls(types, item) : item));
}

/** An element of a set of blocks, with empty values where nothing was said and the cloud has no choice. */
export function withoutNulls(block: BlockSchema, item: ObjectValue): ObjectValue {
  const full: ObjectValue = { ...item };
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    if ((item[name] ?? null) === null && !attribute.computed && !attribute.write_only)
      full[name] = empty(attribute.type);
  }
  return full;
}

function objectWithoutNulls(types: Record<string, AttributeType>, item: ObjectValue): ObjectValue {
  const full: ObjectValue = {};
  for (const [name, type] of Object.entries(types)) {
    const value = item[name] ?? null;
    full[name] = value === null ? empty(type) : asOldSdk(type, value);
  }
  return full;
}

function empty(type: AttributeType): Value {
  if (type === 'string') return '';
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  return type[0] === 'list' || type[0] === 'set' ? [] : null;
}

/** Whether the older SDK would have made this value out of nothing. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return Array.isArray(value) ? value.length === 0 : value === 0;
}
