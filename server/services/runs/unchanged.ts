// Finds the nodes that need no engine: their compiled root and inputs are those of their last good apply.
import type { Step } from '../../../schemas/generated/types.ts';
import type { DeploymentRecord } from '../../store/deployments.ts';
import { compile, publishedPorts, requestOf } from './compile.ts';
import { type Compiled, portKey, type RunSession } from './session.ts';

/** Whether a deployment is what this root would make again. */
export function isUnchanged(deployment: DeploymentRecord | undefined, compiled: Compiled): boolean {
  return (
    deployment?.status === 'live' &&
    compiled.unknown.length === 0 &&
    deployment.digest === compiled.result.digest &&
    deployment.inputsDigest === compiled.values.digest
  );
}

/**
 * Walks the waves and compiles, a batch a wave, every node whose producers are all unchanged. The unchanged ones are
 * marked as skipped; the others keep what was compiled for the planning that follows.
 */
export async function skipUnchanged(session: RunSession): Promise<void> {
  const { record } = session;
  const { run } = record;
  if (run.refresh) return;
  const settled = (id: string) => record.step(id).status === 'skipped';
  for (const wave of run.waves) {
    const steps = wave
      .map((id) => record.step(id))
      .filter((step) => isCandidate(session, step) && step.dependsOn.every(settled));
    const nodes = steps.flatMap((step) => session.nodes.get(step.node) ?? []);
    const ports = publishedPorts(session);
    const compiled = await compile(
      session,
      nodes.map((node) => requestOf(session, node, ports)),
      ports,
    );
    for (const [at, step] of steps.entries()) {
      const mine = compiled[at];
      if (!mine) continue;
      const deployment = session.deployments.get(step.node);
      if (isUnchanged(deployment, mine))
        await record.updateStep(step.id, { status: 'skipped', reason: `Unchanged since ${runName(deployment)}.` });
      else session.compiled.set(step.id, mine);
    }
  }
}

function isCandidate(session: RunSession, step: Step): boolean {
  if (step.action !== 'apply' || step.status !== 'pending') return false;
  if (session.deployments.get(step.node)?.status !== 'live') return false;
  const arriving = session.index.arriving.get(step.node) ?? [];
  return arriving.every(({ from }) => session.published.has(portKey(from.node, from.port)));
}

function runName(deployment: DeploymentRecord | undefined): string {
  return deployment ? `revision ${deployment.revision}` : 'its last apply';
}
