// Change sets as approvals compare them.
import type { AttributeChange, ResourceChange } from '../../schemas/generated/types.ts';
import { isWithin } from './attribute-changes.ts';

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function attributeText(attribute: AttributeChange): string {
  const { path, before, after, unknown = false, sensitive = false, replaces = false } = attribute;
  return JSON.stringify({ path, before, after, unknown, sensitive, replaces }, sortedKeys);
}

function sameButForUnknown(approved: ResourceChange, fresh: ResourceChange): boolean {
  const unknown = approved.attributes.filter((a) => a.unknown).map((a) => a.path);
  const firm = (change: ResourceChange): string =>
    change.attributes
      .filter(({ path }) => !unknown.some((root) => isWithin(path, root)))
      .map(attributeText)
      .sort()
      .join();
  return firm(approved) === firm(fresh);
}

/**
 * Whether `fresh` does what was approved: same addresses and actions, equal values except where the approved one was unknown.
 * A value below an unknown one counts as unknown (an unknown map that turns out to have keys).
 */
export function differsOnlyWhereUnknown(
  approved: readonly ResourceChange[],
  fresh: readonly ResourceChange[],
): boolean {
  if (approved.length !== fresh.length) return false;
  const freshByAddress = new Map(fresh.map((change) => [change.address, change]));
  return approved.every((change) => {
    const other = freshByAddress.get(change.address);
    return other?.action === change.action && sameButForUnknown(change, other);
  });
}
