// Whether a new plan does no more than what was approved: pure.
import type { ResourceChange } from '../../../schemas/generated/types.ts';
import { differsOnlyWhereUnknown } from '../../engine/change-set.ts';

/**
 * Whether a step may go on with a fresh plan without asking again.
 *
 * What was approved and is no longer planned has been done by an earlier try of the same run. A resource that such a
 * try left half-made is planned as a replacement of what was approved as a creation: nothing that anybody had is lost.
 */
export function isWithinApproval(approved: readonly ResourceChange[], fresh: readonly ResourceChange[]): boolean {
  const before = new Map(approved.map((change) => [change.address, change]));
  const rest = fresh.filter(
    (change) => !(change.action === 'replace' && before.get(change.address)?.action === 'create'),
  );
  const addresses = new Set(rest.map((change) => change.address));
  return differsOnlyWhereUnknown(
    approved.filter((change) => addresses.has(change.address)),
    rest,
  );
}

/**
 * Whether a plan made after protection was turned off still does the approved actions on the approved addresses. Values
 * are not compared: the turning off has changed what the plan starts from.
 */
export function hasApprovedActions(approved: readonly ResourceChange[], fresh: readonly ResourceChange[]): boolean {
  const actions = new Map(approved.map((change) => [change.address, change.action]));
  return fresh.every((change) => actions.get(change.address) === change.action);
}
