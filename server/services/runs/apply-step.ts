// Applies one step: the saved plan where it still can be used, else a new plan that does no more than was approved.
import type { ResourceChange, Step } from '../../../schemas/generated/types.ts';
import { EngineFailure } from '../../engine/engine-types.ts';
import { hasApprovedActions, isWithinApproval } from './approved-changes.ts';
import { NeedsWord } from './failure.ts';
import { losesData, nameNeed } from './needs.ts';
import { compileAsDeployed, compileStep, planOpenRoot } from './plan-step.ts';
import { forgetNode, publishNode, rememberAttempt } from './publish-step.ts';
import { type OpenRoot, openRoot } from './root.ts';
import { type Compiled, manifestOf, type RunSession } from './session.ts';
import { requireSpace } from './space.ts';
import { isUnchanged } from './unchanged.ts';

type IsApproved = (fresh: readonly ResourceChange[]) => boolean;

/** Applies (or destroys) one step and publishes what it made. @throws NeedsWord, EngineFailure, StepFailure, PlumblineError */
export async function applyStep(session: RunSession, step: Step): Promise<void> {
  const { record } = session;
  if (step.action === 'destroy' && !session.deployments.has(step.node)) {
    // A crash came between forgetting the node and telling so.
    await record.updateStep(step.id, { status: 'succeeded', reason: 'It was destroyed before the run was resumed.' });
    return;
  }
  const compiled = await compileStep(session, step, 'published');
  if (step.action === 'apply' && !record.run.refresh && isUnchanged(session.deployments.get(step.node), compiled)) {
    await record.updateStep(step.id, { status: 'skipped', reason: 'Nothing that it is made from has changed.' });
    return;
  }
  const isDone = await applyRootOf(session, step, compiled);
  if (step.action === 'destroy') await forgetNode(session, step);
  else await publishNode(session, step, compiled, isDone);
}

/** @returns whether the engine changed anything. */
async function applyRootOf(session: RunSession, step: Step, compiled: Compiled): Promise<boolean> {
  await requireSpace(session.deps.dataDir);
  const approved = approvedChanges(session, step);
  // A plan that an apply has begun with is never used again: where a state was taken in as the engine left it (its serial not
  // raised), the engine does not see that the plan is stale, and would make everything a second time.
  const isFirstTry = !step.phases.some((phase) => phase.name === 'apply');
  const isUsable = isFirstTry && step.unknownInputs?.length === 0;
  let saved = isUsable ? await session.deps.store.plans.get(session.record.run.id, step.id) : undefined;
  let root = await openRoot(session, step.id, compiled);
  try {
    let hasChanges = true;
    const isApproved = (fresh: readonly ResourceChange[]) => !approved || isWithinApproval(approved, fresh);
    if (!saved) hasChanges = await planAnew(session, step, root, isApproved);
    if (mustUnprotect(session, step)) {
      await root.close();
      await unprotect(session, step);
      root = await openRoot(session, step.id, compiled);
      saved = undefined;
      const said = step.changes;
      hasChanges = await planAnew(session, step, root, (fresh) => hasApprovedActions(said, fresh));
    }
    if (!hasChanges) return false;
    await rememberAttempt(session, step, compiled);
    await applyPlan(session, step, root, saved, isApproved);
    return true;
  } finally {
    await root.close();
  }
}

/** What the step may do without asking; undefined where its user said yes to anything beforehand. */
function approvedChanges({ record }: RunSession, step: Step): readonly ResourceChange[] | undefined {
  return record.run.preapproved ? undefined : [...step.changes];
}

async function planAnew(session: RunSession, step: Step, root: OpenRoot, isApproved: IsApproved): Promise<boolean> {
  const plan = await planOpenRoot(session, step, root);
  if (!isApproved(plan.changes)) {
    throw new NeedsWord({
      kind: 'approval',
      node: step.node,
      reason: `The plan of ${step.name} is no longer what was approved: look at its changes again.`,
    });
  }
  return plan.hasChanges;
}

async function applyPlan(
  session: RunSession,
  step: Step,
  root: OpenRoot,
  saved: Buffer | undefined,
  isApproved: IsApproved,
): Promise<void> {
  const { record } = session;
  try {
    await record.phase(step.id, 'apply', () => root.apply(saved));
  } catch (error) {
    if (!(error instanceof EngineFailure) || error.error.code !== 'stale-plan' || !saved) throw error;
    if (await planAnew(session, step, root, isApproved)) await record.phase(step.id, 'apply', () => root.apply());
  }
}

/** Whether data would be lost behind a protection; the name must have been typed then. @throws NeedsWord */
function mustUnprotect(session: RunSession, step: Step): boolean {
  const deployment = session.deployments.get(step.node);
  if (!deployment?.protected) return false;
  const manifest = manifestOf(session.deps, deployment.module, deployment.version);
  if (!losesData(manifest, step.changes)) return false;
  if (!session.record.run.confirmed?.includes(step.name)) throw new NeedsWord(nameNeed(step, manifest));
  return true;
}

/** Turns protection off in an apply of its own: what was last applied, with nothing else changed. */
async function unprotect(session: RunSession, step: Step): Promise<void> {
  await session.record.phase(step.id, 'unprotect', async () => {
    const compiled = await compileAsDeployed(session, step.node);
    const root = await openRoot(session, step.id, compiled);
    try {
      await root.init();
      const plan = await root.plan({ refresh: true });
      if (plan.hasChanges) await root.apply();
    } finally {
      await root.close();
    }
  });
}
