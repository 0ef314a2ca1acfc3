import type {
  ChangeAction,
  ChangeTotals,
  Connection,
  NodeRuntime,
  Phase,
  Run,
  RunHead,
  RunKind,
  Step,
  StepHead,
} from '../../schemas/generated/types.ts';

export type BoxState = 'live' | 'none' | 'failed' | 'busy' | 'blocked';
export interface BoxStatus {
  state: BoxState;
  word: string;
  /** When the running phase began, for an elapsed time. */
  since?: string;
}
export interface Badge {
  action: ChangeAction | 'unknown';
  sign: string;
  text: string;
  all: string;
}

export const ACTION_SIGN: Record<ChangeAction, string> = { create: '+', change: '~', replace: '±', delete: '−' };
/** Names that a step may have: an apply is named after its node, a destroy has a tilde before it. */
export const destroyId = (id: string) => `~${id}`;

/** Most dangerous first. */
export const DANGER: readonly ChangeAction[] = ['delete', 'replace', 'change', 'create'];

const PHASE_WORD: Record<Phase['name'], string> = {
  synth: 'preparing',
  init: 'preparing',
  plan: 'planning',
  approve: 'waiting',
  unprotect: 'unprotecting',
  apply: 'applying',
  publish: 'publishing',
};

export const isRunning = (run: Pick<RunHead, 'status'> | undefined) =>
  run?.status === 'planning' || run?.status === 'applying';

export const totalOf = (totals: ChangeTotals) => totals.create + totals.change + totals.replace + totals.delete;

/** The most dangerous of what is counted. */
export const worstOf = (totals: ChangeTotals) => DANGER.find((action) => totals[action] > 0);

function runningPhase(step: Step): Phase | undefined {
  return step.phases.findLast((phase) => phase.status === 'running');
}

/** What a box's footer says, from what its step is doing now, else from what is deployed. */
export function boxStatus(run: Run | undefined, step: Step | undefined, runtime: NodeRuntime | undefined): BoxStatus {
  if (run && step) {
    if (step.status === 'running') {
      const phase = runningPhase(step);
      const word =
        step.action === 'destroy' && phase?.name === 'apply' ? 'deleting' : PHASE_WORD[phase?.name ?? 'synth'];
      return { state: 'busy', word, since: phase?.startedAt ?? step.startedAt };
    }
    const isLast = run.status === 'applying' || run.status === 'failed';
    if (step.status === 'failed') return { state: 'failed', word: 'failed' };
    if (run.status === 'applying' && step.status === 'planned' && totalOf(step.totals) > 0)
      return { state: 'none', word: run.waves.length > 1 ? `waits, wave ${step.wave + 1}` : 'waits' };
    if (step.status === 'blocked' && isLast) return { state: 'blocked', word: 'blocked' };
  }
  if (runtime?.status === 'failed') return { state: 'failed', word: 'failed' };
  if (runtime?.status === 'live') return { state: 'live', word: 'live' };
  return { state: 'none', word: 'not applied' };
}

/** The worst thing that a step will do, with how many resources; nothing for a step that changes nothing. */
export function badgeOf(run: Run | undefined, step: Step | undefined): Badge | undefined {
  if (!run || !step || !isOverlay(run) || isDone(step)) return undefined;
  const action = worstOf(step.totals);
  const unknown = step.unknownInputs?.length ?? 0;
  if (!action && unknown > 0 && step.status === 'planned')
    return {
      action: 'unknown',
      sign: '?',
      text: '? unknown',
      all: `depends on ${unknown} values that are known after apply`,
    };
  if (!action) return undefined;
  const sign = ACTION_SIGN[action];
  return { action, sign, text: `${sign} ${action} ${step.totals[action]}`, all: describeTotals(step.totals) };
}

/** Whether what a step plans has been done. */
export const isDone = (step: Step) =>
  step.status === 'succeeded' && step.phases.some((phase) => phase.name === 'apply');

/** A plan goes on as an apply once it was approved; without changes it never was one. */
export function kindWord(run: Pick<Run, 'kind' | 'status' | 'totals' | 'approvedAt'>): RunKind {
  const wasApplied =
    run.approvedAt || run.status === 'applying' || (run.status === 'succeeded' && totalOf(run.totals) > 0);
  return run.kind === 'plan' && wasApplied ? 'apply' : run.kind;
}

/** Whether boxes wear what will happen to them. */
export function isOverlay(run: Run | undefined): boolean {
  if (!run) return false;
  return run.status === 'planning' || run.status === 'waiting' || run.status === 'applying';
}

export interface Progress {
  done: number;
  all: number;
  /** What happens now, as a sentence. */
  says: string;
}

/** How far a run is that is going on; undefined for one that is not. */
export function progressOf(run: Run | undefined, steps: Readonly<Record<string, Step>>): Progress | undefined {
  if (!run || !isRunning(run)) return undefined;
  const every = Object.values(steps);
  const isPlanning = run.status === 'planning';
  const left = every.filter(
    ({ status }) => status === 'pending' || status === 'running' || (!isPlanning && status === 'planned'),
  );
  const busy = every.filter(({ status }) => status === 'running');
  const [done, all] = [every.length - left.length, every.length];
  const names = busy
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ');
  const more = busy.length > 3 ? ` and ${busy.length - 3} more` : '';
  const doing = isPlanning ? 'Planning' : run.kind === 'destroy' ? 'Deleting' : 'Applying';
  const wave =
    busy.length > 0 && run.waves.length > 1
      ? `, wave ${Math.min(...busy.map((step) => step.wave)) + 1} of ${run.waves.length}`
      : '';
  const says = busy.length > 0 ? `${doing} ${names}${more}${wave}` : isPlanning ? 'Preparing the plan' : 'Preparing';
  return { done, all, says };
}

/** Whether a box steps back because nothing will happen to it. */
export function stepsBack(run: Run | undefined, step: Step | undefined): boolean {
  if (!run || !isOverlay(run) || run.status === 'applying' || run.status === 'planning') return false;
  return !step || totalOf(step.totals) === 0;
}

/** A plan that has something to do and still speaks of the graph as it is now. */
export function canApply(run: Run | undefined, revision: number | undefined): boolean {
  return run?.status === 'waiting' && run.revision === revision;
}

/** What was done, in a word. */
export const DONE: Record<ChangeAction, string> = {
  create: 'created',
  change: 'changed',
  replace: 'replaced',
  delete: 'deleted',
};

/** `replace 1, create 4`, or of what is done `1 replaced, 4 created`; `no changes`. */
export function describeTotals(totals: ChangeTotals, isDone = false): string {
  const parts = DANGER.filter((action) => totals[action] > 0).map((action) =>
    isDone ? `${totals[action]} ${DONE[action]}` : `${action} ${totals[action]}`,
  );
  return parts.length > 0 ? parts.join(', ') : 'no changes';
}

/** `3 created, 1 changed`, `planned: create 3`, `failed`: what a run did to one box. */
export function describeStepHead({ status, totals, isApplied }: StepHead): string {
  if (status !== 'succeeded' && status !== 'planned') return status;
  if (isApplied || totalOf(totals) === 0) return describeTotals(totals, true);
  return `planned: ${describeTotals(totals)}`;
}

/** Steps that change something: data loss first, then deletes, replacements, changes, creations. */
export function inDangerOrder(steps: readonly Step[], run: Pick<Run, 'needs'>): Step[] {
  const losing = new Set(run.needs.filter((need) => need.kind === 'name').map((need) => need.node));
  const rank = (step: Step) => (losing.has(step.node) ? 0 : 10) + DANGER.findIndex((action) => step.totals[action] > 0);
  return steps
    .filter((step) => totalOf(step.totals) > 0)
    .sort((a, b) => rank(a) - rank(b) || a.wave - b.wave || a.name.localeCompare(b.name));
}

/** A line is live when its consumer was applied with it. */
export function isLineLive(connection: Connection, runtime: NodeRuntime | undefined): boolean {
  return runtime?.status === 'live' && (runtime.connections?.includes(connection.id) ?? false);
}

/** One line of the phase tree: what a step did or will do. */
export function stepSummary(step: Step): string {
  if (step.status === 'skipped') return step.reason ?? 'unchanged, skipped';
  if (step.status === 'blocked') return step.reason ?? 'waits for what failed';
  if (step.status === 'failed') return step.error?.message ?? 'failed';
  if (step.changes.length === 0)
    return step.status === 'pending' ? 'waits' : step.status === 'running' ? '' : 'no changes';
  const named = DANGER.flatMap((action) =>
    step.changes
      .filter((change) => change.action === action)
      .map((change) => `${ACTION_SIGN[action]} ${resourceLabel(change.address)}`),
  );
  return named.length > 4 ? `${named.slice(0, 3).join(', ')}, ${named.length - 3} more` : named.join(', ');
}

function resourceLabel(address: string): string {
  return (address.split('.').at(-1) ?? address).replaceAll('_', ' ');
}
