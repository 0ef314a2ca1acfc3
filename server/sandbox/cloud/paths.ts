// Reading values out of objects by dotted path, through lists of blocks.
import { isObject, type ObjectValue, type Value } from '../wire/value.ts';

/** Every known value at `path` (`network_configuration.subnets`); lists and sets on the way are opened. */
export function valuesAt(object: ObjectValue, path: string): Value[] {
  let values: Value[] = [object];
  for (const name of path.split('.')) {
    values = values.flatMap((value) => (isObject(value) ? open(value[name]) : []));
  }
  return values;
}

/** The non-empty texts at `path`. */
export function textsAt(object: ObjectValue, path: string): string[] {
  return valuesAt(object, path).filter((value) => typeof value === 'string' && value !== '') as string[];
}

/** The first non-empty text at `path`, or ''. */
export function textAt(object: ObjectValue, path: string): string {
  return textsAt(object, path)[0] ?? '';
}

function open(value: Value | undefined): Value[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value.flatMap(open) : [value];
}
