// The graph of an environment: read, checked, and saved on the revision that the edit was made on.
import type {
  CheckResult,
  Graph,
  GraphConflict,
  GraphSave,
  GraphSaved,
  Issue,
  Layout,
} from '../../schemas/generated/types.ts';
import { canonicalGraph, canonicalLayoutText, canonicalText } from '../../schemas/rules/canonical.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { checkGraph } from '../../schemas/rules/check-graph.ts';
import { parseGraph } from '../../schemas/rules/parse-document.ts';
import { validateGraph } from '../../schemas/rules/validate-graph.ts';
import { fail } from '../errors.ts';
import type { EnvironmentRecord } from '../store/environments.ts';
import type { NewEvent } from '../store/events.ts';
import type { Store } from '../store/store.ts';
import type { EventHub } from './events.ts';
import { findEnvironment } from './scope.ts';
import { hideValues, sealSecretParams } from './seal-params.ts';

interface GraphDependencies {
  store: Pick<Store, 'projects' | 'environments' | 'revisions' | 'layouts' | 'secrets' | 'transaction'>;
  events: EventHub;
  catalog: Catalog;
}

export const emptyGraph: Graph = { schemaVersion: 1, nodes: [], connections: [] };

export function createGraphs({ store, events, catalog }: GraphDependencies) {
  const head = async (environment: EnvironmentRecord) =>
    (await store.revisions.head(environment.id)) ?? { revision: 0, graph: emptyGraph };

  return {
    get: async (project: string, name: string): Promise<{ revision: number; graph: Graph }> => {
      const { revision, graph } = await head(await findEnvironment(store, project, name));
      return { revision, graph };
    },
    /** Canonical text of the graph, or of its layout. */
    text: async (project: string, name: string, what: 'graph' | 'layout'): Promise<string> => {
      const environment = await findEnvironment(store, project, name);
      if (what === 'layout') return canonicalLayoutText(await store.layouts.get(environment.id));
      return canonicalText((await head(environment)).graph);
    },
    /** Every issue of a graph file's text; nothing is stored. */
    check: (text: string): CheckResult => {
      const { graph, issues } = parseGraph(text);
      return { issues: graph ? [...issues, ...checkGraph(catalog, graph)] : issues };
    },
    putLayout: async (project: string, name: string, layout: Layout): Promise<void> => {
      await store.layouts.put((await findEnvironment(store, project, name)).id, layout);
    },
    /**
     * Saves a graph: all or nothing. Values of secret params are sealed, and the answer then holds the graph as it was stored.
     * @throws `graph-refused` with every issue, `graph-conflict` with both versions, `unknown-secret`
     */
    save: async (project: string, name: string, body: GraphSave, who: string): Promise<GraphSaved> => {
      const environment = await findEnvironment(store, project, name);
      const { graph, issues } = readGraph(body);
      refuse(issues, 'draft');
      const checked = [...issues, ...checkGraph(catalog, graph, { project, name })];
      return store.transaction(async () => {
        let before: Promise<Graph | undefined> | undefined;
        const readBefore = () => (before ??= store.revisions.head(environment.id).then((newest) => newest?.graph));
        const context = { secrets: store.secrets, catalog, environmentId: environment.id, readBefore };
        const { graph: clean, hidden } = await sealSecretParams(context, graph);
        const shown = hideValues(checked, hidden);
        refuse(shown, body.mode);
        const stored = canonicalGraph(clean);
        const result = await store.revisions.save(environment.id, body.base, stored, who);
        if (!result.ok) return fail('graph-conflict', await describeConflict(environment, body.base));
        if (body.layout) await store.layouts.put(environment.id, body.layout);
        const { revision, changed } = result;
        const event: NewEvent = { project, environment: name, type: 'revision', revision };
        if (changed) await events.publish(environment.id, [event]);
        return { revision, changed, issues: shown, ...(hidden.length > 0 ? { graph: stored } : {}) };
      });
    },
  };

  async function describeConflict(environment: EnvironmentRecord, base: number) {
    const { revision: current, graph: currentGraph } = await head(environment);
    const conflict: GraphConflict = { base, current, currentGraph };
    const baseGraph = base === 0 ? emptyGraph : (await store.revisions.get(environment.id, base))?.graph;
    if (baseGraph) conflict.baseGraph = baseGraph;
    return { values: { base, current }, got: `revision ${base}`, expected: `revision ${current}`, conflict };
  }
}

function readGraph(body: GraphSave): { graph: Graph; issues: Issue[] } {
  const { graph, text } = body;
  if (graph !== undefined && text === undefined) return { graph, issues: validateGraph(graph) };
  if (text === undefined || graph !== undefined) {
    const got = text === undefined ? 'neither' : 'both';
    return fail('bad-request', { path: '/graph', got, expected: 'either graph or text' });
  }
  const parsed = parseGraph(text);
  return parsed.graph ? { graph: parsed.graph, issues: parsed.issues } : fail('graph-refused', refusal(parsed.issues));
}

function refuse(issues: Issue[], mode: GraphSave['mode']): void {
  const isBlocking = ({ blocks }: Issue) => blocks === 'save' || (mode === 'strict' && blocks === 'plan');
  if (issues.some(isBlocking)) fail('graph-refused', refusal(issues));
}

function refusal(issues: Issue[]) {
  const count = issues.length === 1 ? 'one issue' : `${issues.length} issues`;
  return { values: { count }, issues, fix: 'Mend what the issues say, then save again. Nothing was stored.' };
}
