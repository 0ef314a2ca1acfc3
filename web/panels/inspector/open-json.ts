import type { AttributeChange } from '../../../schemas/generated/types.ts';
import { isRecord } from '../../../schemas/rules/merge-patch.ts';
import { isSame } from '../../stores/merge-patch.ts';

function asObject(value: unknown): Record<string, unknown> | undefined {
  if (isRecord(value)) return value;
  if (typeof value !== 'string' || !value.startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** A change between two JSON objects, as the members that differ: `redrive_policy.maxReceiveCount` instead of both texts. */
export function openJson(attribute: AttributeChange): AttributeChange[] {
  const before = asObject(attribute.before);
  const after = asObject(attribute.after);
  if (!before || !after || attribute.sensitive || attribute.unknown) return [attribute];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !isSame(before[key], after[key]),
  );
  if (keys.length === 0) return [attribute];
  return keys.flatMap((key) =>
    openJson({ ...attribute, path: `${attribute.path}.${key}`, before: before[key], after: after[key] }),
  );
}
