// Drives a run: skip what is unchanged, plan the rest, ask, apply in order, and say honestly how it ended.
import type { Need, RunError, RunStatus, Step } from '../../../schemas/generated/types.ts';
import { type StepOutcome, schedule } from '../../engine/schedule.ts';
import { applyStep } from './apply-step.ts';
import { isCancel, isUnexpected, NeedsWord, toRunError } from './failure.ts';
import { requireAccount } from './identity.ts';
import { listNeeds, sumTotals } from './needs.ts';
import { planStep } from './plan-step.ts';
import type { RunSession } from './session.ts';
import { requireOwnStates } from './switch-engine.ts';
import { skipUnchanged } from './unchanged.ts';

const over = new Set<Step['status']>(['succeeded', 'skipped']);

/** Drives a run from where it stands to where it waits or ends; never throws but for a broken store. */
export async function drive(session: RunSession): Promise<void> {
  const { record } = session;
  try {
    await requireAccount(session);
    await skipUnchanged(session);
    await requireOwnStates(session);
    if (record.run.status === 'planning' && !record.run.preapproved) await planAll(session);
    else await applyAll(session);
  } catch (error) {
    if (!isCancel(error) && isUnexpected(error)) logBug(session, error);
    await end(session, isCancel(error) ? 'cancelled' : 'failed', isCancel(error) ? undefined : toRunError(error));
  } finally {
    await record.flush();
  }
}

async function planAll(session: RunSession): Promise<void> {
  const { record, deps } = session;
  await runSteps(session, (step) => planStep(session, step));
  const steps = [...record.steps.values()];
  if (await endIfOver(session)) return;
  const totals = sumTotals(steps);
  const isNothing = steps.every((step) => over.has(step.status));
  if (isNothing) return end(session, 'succeeded');
  // Nothing to say yes to: an apply goes on, and publishes what was read anew.
  if (record.run.kind === 'apply' && Object.values(totals).every((count) => count === 0)) return applyAll(session);
  const manifest = (module: string) => deps.files.catalog.findModule(module, '*');
  await record.update({
    status: 'waiting',
    totals,
    needs: listNeeds(steps, [...session.deployments.values()], manifest),
  });
}

async function applyAll(session: RunSession): Promise<void> {
  const { record } = session;
  await record.update({ status: 'applying', needs: [] });
  await runSteps(session, (step) => applyStep(session, step));
  const totals = sumTotals([...record.steps.values()]);
  if (session.asked.length > 0 && !session.abort.signal.aborted) {
    await resetBlocked(session);
    await record.update({ status: 'waiting', totals, needs: session.asked });
    return;
  }
  await record.update({ totals });
  if (await endIfOver(session)) return;
  await end(session, 'succeeded');
}

/** Runs all steps that are not over, in order; a failure stops only what depends on it. */
async function runSteps(session: RunSession, work: (step: Step) => Promise<void>): Promise<void> {
  const { record, deps, abort } = session;
  const waiting = [...record.steps.values()].filter((step) => !over.has(step.status));
  const ids = new Set(waiting.map((step) => step.id));
  await schedule({
    steps: waiting.map((step) => ({ id: step.id, dependsOn: step.dependsOn.filter((id) => ids.has(id)) })),
    concurrency: deps.parallel,
    signal: abort.signal,
    run: ({ id }) => runStep(session, record.step(id), work),
    // Noted, not awaited: a write that fails here must not end the server.
    onBlocked: (step, by) =>
      record.noteStep(step.id, { status: 'blocked', reason: `Waits for ${record.step(by).name}.` }),
  });
  if (abort.signal.aborted) await cancelRest(session);
}

async function runStep(session: RunSession, step: Step, work: (step: Step) => Promise<void>): Promise<StepOutcome> {
  const { record } = session;
  record.noteStep(step.id, {
    status: 'running',
    startedAt: new Date().toISOString(),
    endedAt: undefined,
    error: undefined,
    reason: undefined,
  });
  try {
    await work(step);
    record.noteStep(step.id, { endedAt: new Date().toISOString() });
    return 'ok';
  } catch (error) {
    return failStep(session, step, error);
  }
}

async function failStep(session: RunSession, step: Step, error: unknown): Promise<StepOutcome> {
  const { record } = session;
  const endedAt = new Date().toISOString();
  if (error instanceof NeedsWord) {
    session.asked.push(error.need);
    await record.updateStep(step.id, { status: 'planned', reason: error.need.reason, endedAt });
    return 'blocked';
  }
  if (isCancel(error)) {
    await record.updateStep(step.id, { status: 'cancelled', reason: 'The run was cancelled.', endedAt });
    return 'cancelled';
  }
  if (isUnexpected(error)) logBug(session, error);
  const runError = toRunError(error);
  record.log({
    step: step.id,
    phase: '',
    level: 'error',
    text: runError.detail ? `${runError.message} ${runError.detail}` : runError.message,
  });
  await record.updateStep(step.id, { status: 'failed', error: runError, endedAt });
  return 'failed';
}

async function cancelRest({ record }: RunSession): Promise<void> {
  for (const step of record.steps.values()) {
    if (step.status === 'pending' || step.status === 'running')
      await record.updateStep(step.id, { status: 'cancelled', reason: 'The run was cancelled.' });
  }
}

/** Steps behind one that asks have not failed: they wait with it. */
async function resetBlocked({ record }: RunSession): Promise<void> {
  for (const step of record.steps.values())
    if (step.status === 'blocked') await record.updateStep(step.id, { status: 'pending' });
}

/** Ends the run where a step failed or it was cancelled. @returns whether it did. */
async function endIfOver(session: RunSession): Promise<boolean> {
  const { record, abort } = session;
  const failed = [...record.steps.values()].find((step) => step.status === 'failed');
  if (abort.signal.aborted) await end(session, 'cancelled');
  else if (failed) await end(session, 'failed', failed.error);
  return abort.signal.aborted || failed !== undefined;
}

async function end(session: RunSession, status: RunStatus, error?: RunError): Promise<void> {
  const { record, deps } = session;
  const needs: Need[] = [];
  if (status === 'succeeded') await deps.store.plans.removeRun(record.run.id);
  await record.update({
    status,
    needs,
    error,
    totals: sumTotals([...record.steps.values()]),
    endedAt: new Date().toISOString(),
  });
}

function logBug({ deps, record }: RunSession, error: unknown): void {
  deps.log('error', 'a run met a bug', {
    run: record.run.id,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
}
