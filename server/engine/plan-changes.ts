// Terraform's plan JSON as resource changes, totals and outputs.
import type { ChangeTotals, ResourceChange } from '../../schemas/generated/types.ts';

interface PlanChange {
  actions: string[];
  before?: unknown;
  after?: unknown;
  after_unknown?: unknown;
  before_sensitive?: unknown;
  after_sensitive?: unknown;
  replace_paths?: (string | number)[][];
}

/** The part of `show -json` of a plan that we read. */
export interface PlanJson {
  format_version: string;
  resource_changes?: { address: string; type: string; mode?: string; action_reason?: string; change: PlanChange }[];
  output_changes?: Record<string, PlanChange>;
}

/** An output as the plan sees it. Secrets are in clear in `value`: never store or show it unredacted. */
export interface PlannedOutput {
  value?: unknown;
  /** false, true (all of it), or a tree of the same shape as the value that says where it is unknown. */
  unknown: unknown;
  sensitive: boolean;
}

export interface PlanChanges {
  changes: ResourceChange[];
  totals: ChangeTotals;
  outputs: Record<string, PlannedOutput>;
}

/** What a plan will do, most dangerous first (delete, replace, change, create), then by address. @throws Error on an unknown format. */
export function readChanges(_plan: PlanJson): PlanChanges {
  throw new Error('not yet');
}
