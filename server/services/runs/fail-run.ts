// Ends a run that is stored as going on, though nobody drives it: after a crash, or when its end could not be stored.
import type { Phase, Run, RunError, Step } from '../../../schemas/generated/types.ts';
import { openSession, type RunDeps, type RunSession, rootDir } from './session.ts';
import { stateIds } from './state-ids.ts';
import { takeInState } from './take-in-state.ts';

/**
 * Fails a run that nobody drives any more, with what stopped it; its running steps fail with it and can be resumed.
 */
export async function failRun(deps: RunDeps, run: Pick<Run, 'id'>, error: RunError): Promise<void> {
  const session = await openSession(deps, run.id, new AbortController());
  const { record } = session;
  for (const step of record.steps.values()) {
    if (step.status !== 'running') continue;
    await takeInState(deps, {
      dir: rootDir(deps, session.env.id, step.node),
      environment: session.env.id,
      node: step.node,
      run: run.id,
    });
    await sweepSandbox(session, step);
    await record.updateStep(step.id, {
      status: 'failed',
      error,
      phases: step.phases.map((phase) => endPhase(phase, error)),
      endedAt: new Date().toISOString(),
    });
  }
  record.log({ step: '', phase: '', level: 'error', text: [error.message, error.hint].join(' ') });
  await record.update({ status: 'failed', needs: [], error, endedAt: new Date().toISOString() });
  await record.flush();
}

/** The embedded cloud died with the server: what it had made and no state recorded is taken away again. */
async function sweepSandbox(session: RunSession, step: Step): Promise<void> {
  const { deps, env, record } = session;
  if (env.document.target.kind !== 'sandbox') return;
  const sandbox = await deps.sandboxes.open(env.id, env.document.target);
  const state = await deps.store.states.read({ environment: env.id, node: step.node });
  for (const { type, id } of await sandbox.sweep(step.node, stateIds(state))) {
    record.log({
      step: step.id,
      phase: '',
      level: 'warn',
      text: `${type} ${id} was made when the server stopped and no state recorded it: removed from the sandbox.`,
    });
  }
}

function endPhase(phase: Phase, error: RunError): Phase {
  return phase.status === 'running'
    ? { ...phase, status: 'failed', endedAt: new Date().toISOString(), note: error.message }
    : phase;
}
