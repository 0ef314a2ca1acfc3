// Makes a run out of a request: freezes the revision, judges the graph, lists the steps.

import type { Graph, Run, RunCreate, Step } from '../../../schemas/generated/types.ts';
import { checkGraph } from '../../../schemas/rules/check-graph.ts';
import { orderNodes } from '../../../schemas/rules/order.ts';
import { fail } from '../../errors.ts';
import type { DeploymentRecord } from '../../store/deployments.ts';
import type { EnvironmentRecord } from '../../store/environments.ts';
import { newId } from '../../store/new-id.ts';
import { indexGraph } from './inputs.ts';
import { loadPublished, portKey, type RunDeps } from './session.ts';
import { type StepSketch, sketchSteps, stillConsumed } from './steps.ts';

const noChanges = { create: 0, change: 0, replace: 0, delete: 0 };

/** @throws `graph-refused`, `unknown-node`, `nothing-published`, `run-state` */
export async function sketchRun(
  deps: RunDeps,
  environment: EnvironmentRecord,
  request: RunCreate,
  who: string,
): Promise<Omit<Run, 'number'>> {
  const { document } = environment;
  const head = await deps.store.revisions.head(environment.id);
  const graph: Graph = head?.graph ?? { schemaVersion: 1, nodes: [], connections: [] };
  const deployed = await deps.store.deployments.list(environment.id);
  const only = request.only ?? [];
  if (request.kind !== 'destroy') refuseUnsound(deps, graph, document);
  refuseUnknown(only, graph, deployed);
  const sketches = sketchSteps(request.kind, graph, deployed, only);
  refuseConsumed(sketches, deployed);
  if (only.length > 0) await refuseUnpublished(deps, environment, graph, sketches);
  const waves = orderSteps(sketches);
  const waveOf = new Map(waves.flatMap((ids, wave) => ids.map((id) => [id, wave] as const)));
  const createdAt = new Date().toISOString();
  const preapproved = request.kind !== 'plan' && request.approve === true && document.approval === 'self';
  return {
    id: newId(),
    project: document.project,
    environment: document.name,
    kind: request.kind,
    status: preapproved ? 'applying' : 'planning',
    revision: head?.revision ?? 0,
    only,
    refresh: request.refresh ?? false,
    by: who,
    ...(preapproved ? { preapproved, approvedBy: who, approvedAt: createdAt } : {}),
    confirmed: request.confirm ?? [],
    createdAt,
    totals: noChanges,
    waves,
    steps: sketches.map((sketch) => newStep(sketch, waveOf.get(sketch.id) ?? 0)),
    needs: [],
  };
}

function orderSteps(sketches: readonly StepSketch[]): string[][] {
  const edges = sketches.flatMap((sketch) => sketch.dependsOn.map((from) => ({ from, to: sketch.id })));
  const order = orderNodes(
    sketches.map((sketch) => sketch.id),
    edges,
  );
  if (order.cycle)
    return fail('run-state', { message: `The steps wait for each other in a circle: ${order.cycle.join(' -> ')}.` });
  return order.waves;
}

function newStep(sketch: StepSketch, wave: number): Step {
  return { ...sketch, wave, status: 'pending', totals: { ...noChanges }, changes: [], phases: [] };
}

/** @throws `graph-refused` with the issues that stand in the way of a plan */
export function refuseUnsound(
  deps: Pick<RunDeps, 'files'>,
  graph: Graph,
  scope: { project: string; name: string },
): void {
  const issues = checkGraph(deps.files.catalog, graph, scope).filter((issue) => issue.blocks !== 'nothing');
  if (issues.length === 0) return;
  fail('graph-refused', { values: { count: issues.length === 1 ? '1 issue' : `${issues.length} issues` }, issues });
}

function refuseUnknown(only: readonly string[], graph: Graph, deployed: readonly DeploymentRecord[]): void {
  const known = new Set([...graph.nodes.map((node) => node.id), ...deployed.map((each) => each.node)]);
  const unknown = only.find((id) => !known.has(id));
  if (unknown !== undefined)
    fail('unknown-node', { values: { name: unknown }, expected: `one of ${[...known].slice(0, 20).join(', ')}` });
}

function refuseConsumed(sketches: readonly StepSketch[], deployed: readonly DeploymentRecord[]): void {
  const held = stillConsumed(sketches, deployed)[0];
  if (!held) return;
  fail('run-state', {
    message: `"${held.node}" cannot be destroyed: ${held.consumers.join(', ')} still ${held.consumers.length === 1 ? 'takes' : 'take'} from it.`,
    fix: 'Take the consumers into the run, or apply them first without it.',
  });
}

/** `--only`: every producer outside of the run must have published what its consumer takes. */
async function refuseUnpublished(
  deps: RunDeps,
  environment: EnvironmentRecord,
  graph: Graph,
  sketches: readonly StepSketch[],
): Promise<void> {
  const inRun = new Set(sketches.map((sketch) => sketch.node));
  const published = await loadPublished(deps.store, environment.id);
  const { arriving } = indexGraph(graph);
  for (const sketch of sketches) {
    if (sketch.action !== 'apply') continue;
    const missing = (arriving.get(sketch.node) ?? []).find(
      ({ from }) => !inRun.has(from.node) && !published.has(portKey(from.node, from.port)),
    );
    if (missing) {
      fail('nothing-published', {
        message: `"${sketch.node}" takes its ${missing.to.port} from "${missing.from.node}", which has published nothing yet.`,
        fix: `Apply "${missing.from.node}" first, or take it into the run.`,
        path: `/connections/${missing.id}`,
      });
    }
  }
}
