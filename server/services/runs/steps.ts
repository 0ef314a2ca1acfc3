// Which steps a run has, and what each waits for: pure.
import type { Graph, GraphNode, RunKind } from '../../../schemas/generated/types.ts';

/** What the step planner needs to know of a node that is deployed. */
export interface DeployedNode {
  node: string;
  name: string;
  module: string;
  /** Nodes that it took inputs from when it was last applied. */
  dependsOn: string[];
}

/** A step before it is stored: its part for one node, and the steps that go before it. */
export interface StepSketch {
  id: string;
  node: string;
  name: string;
  module: string;
  action: 'apply' | 'destroy';
  dependsOn: string[];
}

/** Id of the step that destroys a node. */
function destroyStepId(node: string): string {
  return `~${node}`;
}

/**
 * Lists the steps of a run.
 *
 * An apply step waits for the steps of its producers. A node that left the graph is destroyed after everything that
 * consumed it has been applied without it or destroyed (design: consumers let go first).
 *
 * @param only ids of nodes to limit the run to; empty = all.
 */
export function sketchSteps(
  kind: RunKind,
  graph: Graph,
  deployed: readonly DeployedNode[],
  only: readonly string[],
): StepSketch[] {
  const wanted = (node: string) => only.length === 0 || only.includes(node);
  const placed = new Set(graph.nodes.map((node) => node.id));
  const leaving = deployed.filter((node) => wanted(node.node) && (kind === 'destroy' || !placed.has(node.node)));
  const staying = kind === 'destroy' ? [] : graph.nodes.filter((node) => wanted(node.id));
  return [...applySteps(staying, graph), ...destroySteps(leaving, staying, deployed)];
}

function applySteps(nodes: readonly GraphNode[], graph: Graph): StepSketch[] {
  const inRun = new Set(nodes.map((node) => node.id));
  const producers = new Map<string, Set<string>>();
  for (const { from, to } of graph.connections) {
    if (!inRun.has(from.node) || !inRun.has(to.node)) continue;
    producers.set(to.node, (producers.get(to.node) ?? new Set()).add(from.node));
  }
  return nodes.map((node) => ({
    id: node.id,
    node: node.id,
    name: node.name,
    module: node.module,
    action: 'apply',
    dependsOn: [...(producers.get(node.id) ?? [])].sort(),
  }));
}

function destroySteps(
  leaving: readonly DeployedNode[],
  staying: readonly GraphNode[],
  deployed: readonly DeployedNode[],
): StepSketch[] {
  const goes = new Set(leaving.map((node) => node.node));
  const stays = new Set(staying.map((node) => node.id));
  return leaving.map((gone) => {
    const consumers = deployed.filter((other) => other.dependsOn.includes(gone.node));
    const before = consumers.flatMap(({ node }) =>
      goes.has(node) ? [destroyStepId(node)] : stays.has(node) ? [node] : [],
    );
    return {
      id: destroyStepId(gone.node),
      node: gone.node,
      name: gone.name,
      module: gone.module,
      action: 'destroy',
      dependsOn: before.sort(),
    };
  });
}

/**
 * The deployed nodes outside of the run that still consume a node which the run would destroy. Such a run is refused:
 * the cloud would refuse it half-way.
 */
export function stillConsumed(
  steps: readonly StepSketch[],
  deployed: readonly DeployedNode[],
): { node: string; consumers: string[] }[] {
  const inRun = new Set(steps.map((step) => step.node));
  return steps
    .filter((step) => step.action === 'destroy')
    .map((step) => ({
      node: step.node,
      consumers: deployed
        .filter((other) => other.dependsOn.includes(step.node) && !inRun.has(other.node))
        .map((other) => other.node),
    }))
    .filter(({ consumers }) => consumers.length > 0);
}
