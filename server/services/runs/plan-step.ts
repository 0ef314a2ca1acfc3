// Plans one step: inputs, synth, init, plan. What it learns goes into the step and into the session's planned ports.
import type { ContractDocument, Step } from '../../../schemas/generated/types.ts';
import type { PlannedOutput } from '../../engine/plan-changes.ts';
import { fail } from '../../errors.ts';
import type { SynthRequest } from '../../synth/types.ts';
import { compile, plannedPorts, publishedPorts, requestOf } from './compile.ts';
import { unknownPaths } from './inputs.ts';
import { type OpenRoot, openRoot } from './root.ts';
import { type Compiled, manifestOf, portKey, type RunSession } from './session.ts';
import { isUnchanged } from './unchanged.ts';

const planKeptMs = 24 * 3600_000;

/** Plans a step of the whole-run plan: upstream values may be planned or not known yet. */
export async function planStep(session: RunSession, step: Step): Promise<void> {
  const { record, deps } = session;
  const compiled = await compileStep(session, step, 'planned');
  if (step.action === 'apply' && !record.run.refresh && isUnchanged(session.deployments.get(step.node), compiled)) {
    await record.updateStep(step.id, { status: 'skipped', reason: 'Nothing that it is made from has changed.' });
    return;
  }
  const root = await openRoot(session, step.id, compiled);
  try {
    const plan = await planOpenRoot(session, step, root);
    if (step.action === 'apply') keepOutputs(session, step, plan.outputs);
    const isFinal = compiled.unknown.length === 0;
    if (isFinal) {
      const expires = new Date(Date.now() + planKeptMs).toISOString();
      await deps.store.plans.put(record.run.id, step.id, await root.takePlan(), expires);
    }
    session.compiled.set(step.id, compiled);
    await record.updateStep(step.id, { status: 'planned', unknownInputs: compiled.unknown });
  } finally {
    await root.close();
  }
}

/** Compiles a step's root: from the graph for an apply, from what was last applied for a destroy. */
export async function compileStep(
  session: RunSession,
  step: Step,
  upstream: 'planned' | 'published',
): Promise<Compiled> {
  const ready = session.compiled.get(step.id);
  session.compiled.delete(step.id);
  if (ready && (upstream === 'planned' || ready.unknown.length === 0)) return ready;
  return session.record.phase(step.id, 'synth', async () => {
    if (step.action === 'destroy') return compileAsDeployed(session, step.node);
    const node = session.nodes.get(step.node) ?? fail('unknown-node', { values: { name: step.node } });
    const ports = upstream === 'planned' ? plannedPorts(session) : publishedPorts(session);
    const [compiled] = await compile(session, [requestOf(session, node, ports)], ports);
    return compiled ?? fail('synth-failed');
  });
}

/** Compiles what a node was last applied with, its protection off: for a destroy, and for the apply that goes before one. */
export async function compileAsDeployed(session: RunSession, node: string): Promise<Compiled> {
  const deployment = session.deployments.get(node) ?? fail('unknown-node', { values: { name: node } });
  const request = { ...(deployment.request as SynthRequest), protected: false };
  const [compiled] = await compile(session, [request], publishedPorts(session));
  return compiled ?? fail('synth-failed');
}

/** init and plan of an open root; the step then says what would change. */
export async function planOpenRoot(session: RunSession, step: Step, root: OpenRoot) {
  const { record } = session;
  const destroy = step.action === 'destroy';
  await record.phase(step.id, 'init', () => root.init());
  const plan = await record.phase(step.id, 'plan', () => root.plan({ destroy, refresh: true }));
  record.noteStep(step.id, { changes: plan.changes, totals: plan.totals });
  return plan;
}

/** Remembers what the plan says of each output port, for the plans downstream. */
function keepOutputs(session: RunSession, step: Step, outputs: Record<string, PlannedOutput>): void {
  const node = session.nodes.get(step.node);
  if (!node) return;
  const manifest = manifestOf(session.deps, node.module, node.version);
  for (const [port, { contract: ref }] of Object.entries(manifest.outputs)) {
    const contract = session.deps.files.catalog.findContract(ref);
    if (!contract) continue;
    const plain = outputs[port];
    const secret = outputs[`${port}__secret`];
    session.planned.set(portKey(step.node, port), {
      contract: ref,
      value: { ...fieldsOf(plain), ...fieldsOf(secret) },
      unknown: unknownOf(contract, plain, secret),
      version: `${session.record.run.id}:planned`,
    });
  }
}

function unknownOf(
  contract: ContractDocument,
  plain: PlannedOutput | undefined,
  secret: PlannedOutput | undefined,
): string[] {
  const paths = plain ? unknownPaths(contract, plain.unknown) : unknownPaths(contract, true);
  return secret ? [...new Set([...paths, ...unknownPaths(contract, secret.unknown)])].sort() : paths;
}

function fieldsOf(output: PlannedOutput | undefined): Record<string, unknown> {
  return typeof output?.value === 'object' && output.value !== null ? (output.value as Record<string, unknown>) : {};
}
