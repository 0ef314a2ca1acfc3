// What a person must say before a run may go on: pure.
import type { ChangeTotals, ModuleManifest, Need, ResourceChange, Step } from '../../../schemas/generated/types.ts';

/** A node whose data is guarded, as it was last applied. */
export interface Guarded {
  node: string;
  protected: boolean;
}

/** Adds up the totals of all steps. */
export function sumTotals(steps: readonly { totals: ChangeTotals }[]): ChangeTotals {
  const sum: ChangeTotals = { create: 0, change: 0, replace: 0, delete: 0 };
  for (const { totals } of steps) {
    sum.create += totals.create;
    sum.change += totals.change;
    sum.replace += totals.replace;
    sum.delete += totals.delete;
  }
  return sum;
}

/** Whether any of these changes destroys a resource that holds the module's data. */
export function losesData(manifest: ModuleManifest | undefined, changes: readonly ResourceChange[]): boolean {
  const holders = manifest?.holdsData?.resources;
  if (!manifest?.holdsData) return false;
  return changes.some(
    (change) =>
      (change.action === 'delete' || change.action === 'replace') && (!holders || holders.includes(change.type)),
  );
}

/**
 * The names to be typed: one for each protected node whose data the planned changes would lose. An approval of the
 * change set itself comes first in the list.
 */
export function listNeeds(
  steps: readonly Step[],
  guarded: readonly Guarded[],
  manifestOf: (module: string) => ModuleManifest | undefined,
): Need[] {
  const isProtected = new Set(guarded.filter((each) => each.protected).map((each) => each.node));
  const names = steps
    .filter((step) => isProtected.has(step.node) && losesData(manifestOf(step.module), step.changes))
    .map((step) => nameNeed(step, manifestOf(step.module)));
  const totals = sumTotals(steps);
  const changes = totals.create + totals.change + totals.replace + totals.delete;
  return [
    { kind: 'approval', node: '', reason: `${changes} ${changes === 1 ? 'resource changes' : 'resources change'}.` },
    ...names,
  ];
}

/** The need to type the name of one node whose data would be lost. */
export function nameNeed(step: Step, manifest: ModuleManifest | undefined): Need {
  return {
    kind: 'name',
    node: step.node,
    name: step.name,
    reason:
      step.action === 'destroy'
        ? `This destroys ${step.name}, which holds data.`
        : `This replaces ${step.name}, which holds data.`,
    loses: manifest?.holdsData?.loses,
    stays: manifest?.holdsData?.stays ?? [],
  };
}

/** The needs that the given confirmations leave open (approval itself is given by asking to go on). */
export function openNeeds(needs: readonly Need[], confirmed: readonly string[]): Need[] {
  return needs.filter((need) => need.kind === 'name' && !confirmed.includes(need.name ?? ''));
}
