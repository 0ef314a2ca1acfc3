// JSON documents that differ only in spaces and the order of keys: policies must not flap between them.
import type { Value } from '../wire/value.ts';

/** Whether both are texts of JSON objects or arrays that mean the same. */
export function sameJson(left: Value, right: Value): boolean {
  const [first, second] = [canonical(left), canonical(right)];
  return first !== undefined && first === second;
}

function canonical(text: Value): string | undefined {
  if (typeof text !== 'string' || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), sortKeys);
  } catch {
    return undefined;
  }
}

function sortKeys(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
