// Terraform's plan JSON as resource changes, totals and outputs.
import type { ChangeAction, ChangeTotals, ResourceChange } from '../../schemas/generated/types.ts';
import { readAttributes } from './attribute-changes.ts';

interface PlanChange {
  actions: string[];
  before?: unknown;
  after?: unknown;
  after_unknown?: unknown;
  before_sensitive?: unknown;
  after_sensitive?: unknown;
  replace_paths?: (string | number)[][];
}

interface PlanResource {
  address: string;
  type: string;
  mode?: string;
  action_reason?: string;
  change: PlanChange;
}

/** The part of `show -json` of a plan that we read. */
export interface PlanJson {
  format_version: string;
  resource_changes?: PlanResource[];
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

const SUPPORTED_FORMAT = 1;
/** Stand-ins for inputs that upstream does not know yet; they are never applied. */
const PLACEHOLDER = /^terraform_data\.unknown_/;
const DANGER: readonly ChangeAction[] = ['delete', 'replace', 'change', 'create'];
const QUIET = new Set(['no-op', 'read']);

const ACTIONS: Record<string, ChangeAction> = {
  create: 'create',
  update: 'change',
  delete: 'delete',
  'delete,create': 'replace',
  'create,delete': 'replace',
};

const REASONS: Record<string, string> = {
  replace_because_cannot_update: 'The change cannot be made in place.',
  replace_because_tainted: 'The last apply left it half made.',
  replace_by_request: 'A replacement was asked for.',
  replace_by_triggers: 'Something that it follows has changed.',
  delete_because_no_resource_config: 'It is no longer part of the node.',
  delete_because_count_index: 'It is no longer part of the node.',
  delete_because_each_key: 'It is no longer part of the node.',
};

function readAction(resource: PlanResource): ChangeAction | undefined {
  const { actions } = resource.change;
  if (actions.every((action) => QUIET.has(action))) return undefined;
  const action = ACTIONS[actions.join()];
  if (action === undefined) {
    throw new Error(
      `The plan wants "${actions.join()}" for ${resource.address}; only ${Object.keys(ACTIONS).join(' / ')} are known.`,
    );
  }
  return action;
}

function readResource(resource: PlanResource): ResourceChange[] {
  const action = readAction(resource);
  if (action === undefined || PLACEHOLDER.test(resource.address)) return [];
  const { change } = resource;
  const reason = REASONS[resource.action_reason ?? ''];
  const attributes = readAttributes({
    before: change.before,
    after: change.after,
    unknown: change.after_unknown,
    beforeSensitive: change.before_sensitive,
    afterSensitive: change.after_sensitive,
    replacePaths: change.replace_paths ?? [],
  });
  return [{ address: resource.address, type: resource.type, action, ...(reason ? { reason } : {}), attributes }];
}

function byDanger(a: ResourceChange, b: ResourceChange): number {
  return DANGER.indexOf(a.action) - DANGER.indexOf(b.action) || (a.address < b.address ? -1 : 1);
}

function readOutput(change: PlanChange): PlannedOutput {
  const { after, after_unknown: unknown = false } = change;
  return {
    ...(after === undefined || after === null ? {} : { value: after }),
    unknown,
    sensitive: change.after_sensitive === true || change.before_sensitive === true,
  };
}

/** Counts changes by action. */
function countChanges(changes: readonly ResourceChange[]): ChangeTotals {
  const totals: ChangeTotals = { create: 0, change: 0, replace: 0, delete: 0 };
  for (const { action } of changes) totals[action] += 1;
  return totals;
}

/**
 * What a plan will do, most dangerous first (delete, replace, change, create), then by address.
 * @throws Error on a format or an action that is not known.
 */
export function readChanges(plan: PlanJson): PlanChanges {
  if (Number.parseInt(plan.format_version, 10) !== SUPPORTED_FORMAT) {
    throw new Error(`The engine writes plans in format ${plan.format_version}; ${SUPPORTED_FORMAT}.x was expected.`);
  }
  const changes = (plan.resource_changes ?? []).flatMap(readResource).sort(byDanger);
  const outputs = Object.entries(plan.output_changes ?? {}).map(
    ([name, change]) => [name, readOutput(change)] as const,
  );
  return { changes, totals: countChanges(changes), outputs: Object.fromEntries(outputs) };
}
