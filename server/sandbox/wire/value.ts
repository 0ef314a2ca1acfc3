// The values that Terraform exchanges with a provider: JSON plus "known after apply".

/** Stands for a value that is only known after apply. */
export const UNKNOWN: unique symbol = Symbol('unknown');
export type Value = null | boolean | number | string | Value[] | ObjectValue | typeof UNKNOWN;
export interface ObjectValue {
  [name: string]: Value;
}

export function isObject(value: Value | undefined): value is ObjectValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether `value` is, or holds at any depth, a value that is only known after apply. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** The text of a known string or number, '' for everything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
