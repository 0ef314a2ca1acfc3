import { isRecord } from '../../schemas/rules/merge-patch.ts';

type Plain = Readonly<Record<string, unknown>>;

export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSame(a[key], b[key]));
}

/** The smallest RFC 7396 merge patch that turns `base` into `wanted`; a field that is gone becomes null. */
export function createMergePatch(base: Plain, wanted: Plain): Record<string, unknown> {
  const patch: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(wanted)) {
    if (value === undefined || isSame(base[key], value)) continue;
    const from = base[key];
    patch[key] = isRecord(value) && isRecord(from) ? createMergePatch(from, value) : value;
  }
  for (const key of Object.keys(base)) {
    if (base[key] !== undefined && wanted[key] === undefined) patch[key] = null;
  }
  return patch;
}
