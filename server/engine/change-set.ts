// Change sets as approvals compare them.
import type { ResourceChange } from '../../schemas/generated/types.ts';

/** sha256 (hex) over addresses, actions and values; order does not matter. */
export function changeSetDigest(_changes: readonly ResourceChange[]): string {
  throw new Error('not yet');
}

/** Whether `fresh` does what was approved: same addresses and actions, equal values except where the approved one was unknown. */
export function differsOnlyWhereUnknown(
  _approved: readonly ResourceChange[],
  _fresh: readonly ResourceChange[],
): boolean {
  throw new Error('not yet');
}
