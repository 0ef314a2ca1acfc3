// Everything that a page needs to open an environment, in one answer.
import type { EnvironmentState, NodeRuntime, Run } from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import type { RunRecord } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { redactArtifact } from './artifacts.ts';
import type { LiveDocuments } from './live-documents.ts';
import { findEnvironment } from './scope.ts';

type StateStore = Pick<Store, 'projects' | 'environments' | 'artifacts' | 'deployments' | 'runs'>;

export function createEnvironmentStates(store: StateStore, documents: LiveDocuments, catalog: Catalog) {
  return {
    get: async (project: string, name: string): Promise<EnvironmentState> => {
      const { id, document } = await findEnvironment(store, project, name);
      // Read first: whoever replays from its last event sees some events twice, and misses none.
      const view = await documents.view(id);
      const inGraph = new Set(view.graph.nodes.map((node) => node.id));
      const run = await store.runs.latest(id);
      return {
        environment: document,
        ...view,
        runtime: (await store.deployments.list(id)).map(
          ({ node, status, run: by, at, name: label, module, connections }): NodeRuntime => ({
            ...{ node, run: by, at, name: label, module, connections },
            status: inGraph.has(node) ? status : 'removed',
          }),
        ),
        artifacts: (await store.artifacts.list(id)).map((artifact) => redactArtifact(catalog, artifact)),
        ...(run ? { run: withoutScope(run) } : {}),
      };
    },
  };
}

function withoutScope({ env: _, ...run }: RunRecord): Run {
  return run;
}
