// Everything that a page needs to open an environment, in one answer.
import type { EnvironmentState, NodeRuntime, Run } from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { checkGraph } from '../../schemas/rules/check-graph.ts';
import type { RunRecord } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { redactArtifact } from './artifacts.ts';
import { emptyGraph } from './graph.ts';
import { findEnvironment } from './scope.ts';

type StateStore = Pick<
  Store,
  'projects' | 'environments' | 'revisions' | 'layouts' | 'artifacts' | 'deployments' | 'runs' | 'events'
>;

export function createEnvironmentStates(store: StateStore, catalog: Catalog) {
  return {
    get: async (project: string, name: string): Promise<EnvironmentState> => {
      const { id, document } = await findEnvironment(store, project, name);
      // Read first: whoever replays from here sees some events twice, and misses none.
      const lastEvent = await store.events.last(id);
      const { revision, graph } = (await store.revisions.head(id)) ?? { revision: 0, graph: emptyGraph };
      const inGraph = new Set(graph.nodes.map((node) => node.id));
      const run = await store.runs.latest(id);
      return {
        environment: document,
        revision,
        graph,
        layout: await store.layouts.get(id),
        issues: checkGraph(catalog, graph, { project, name }),
        runtime: (await store.deployments.list(id)).map(
          ({ node, status, run: by, at, name: label, module, connections }): NodeRuntime => ({
            ...{ node, run: by, at, name: label, module, connections },
            status: inGraph.has(node) ? status : 'removed',
          }),
        ),
        artifacts: (await store.artifacts.list(id)).map((artifact) => redactArtifact(catalog, artifact)),
        ...(run ? { run: withoutScope(run) } : {}),
        lastEvent,
      };
    },
  };
}

function withoutScope({ env: _, ...run }: RunRecord): Run {
  return run;
}
