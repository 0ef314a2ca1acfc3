// The graph of an environment: read, checked, edited by operations, and saved from a file on the revision that the file was made on.
import type {
  CheckResult,
  Graph,
  GraphConflict,
  GraphSave,
  GraphSaved,
  Issue,
  Layout,
  Operation,
  OperationBatch,
  OperationsTaken,
} from '../../schemas/generated/types.ts';
import { canonicalGraph, canonicalLayoutText, canonicalText } from '../../schemas/rules/canonical.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { checkGraph } from '../../schemas/rules/check-graph.ts';
import { shareRecords } from '../../schemas/rules/content.ts';
import { parseGraph } from '../../schemas/rules/parse-document.ts';
import { validateGraph } from '../../schemas/rules/validate-graph.ts';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { LiveDocument } from './live-document.ts';
import type { LiveDocuments } from './live-documents.ts';
import { findEnvironment } from './scope.ts';
import { hideValues, sealSecretParams } from './seal-params.ts';

interface GraphDependencies {
  store: Pick<Store, 'projects' | 'environments' | 'revisions' | 'secrets' | 'transaction'>;
  documents: LiveDocuments;
  catalog: Catalog;
}

const emptyGraph: Graph = { schemaVersion: 1, nodes: [], connections: [] };

export function createGraphs({ store, documents, catalog }: GraphDependencies) {
  /** Does something with the live document, once all of it is a revision. */
  const useCheckpointed = async <T>(
    project: string,
    name: string,
    work: (document: LiveDocument, environmentId: string) => Promise<T>,
  ): Promise<T> => {
    const { id } = await findEnvironment(store, project, name);
    return documents.use(id, async (document) => {
      await document.checkpoint();
      return work(document, id);
    });
  };

  return {
    get: (project: string, name: string): Promise<{ revision: number; graph: Graph }> =>
      useCheckpointed(project, name, async ({ revision, graph }) => ({ revision, graph: graph() })),
    /** Canonical text of the graph, or of its layout. */
    text: (project: string, name: string, what: 'graph' | 'layout'): Promise<string> =>
      useCheckpointed(project, name, async ({ graph, layout }) =>
        what === 'layout' ? canonicalLayoutText(layout()) : canonicalText(graph()),
      ),
    /** Every issue of a graph file's text; nothing is stored. */
    check: (text: string): CheckResult => {
      const { graph, issues } = parseGraph(text);
      return { issues: graph ? [...issues, ...checkGraph(catalog, graph)] : issues };
    },
    /** @throws `id-taken`, `operations-refused`, `unknown-secret` */
    take: async (project: string, name: string, batch: OperationBatch, who: string): Promise<OperationsTaken> =>
      documents.take((await findEnvironment(store, project, name)).id, batch, who),
    /** Issues of the live document, with paths into its canonical text. */
    issues: async (project: string, name: string): Promise<CheckResult> => {
      const { id } = await findEnvironment(store, project, name);
      return documents.use(id, async ({ issues }) => ({ issues: issues() }));
    },
    putLayout: (project: string, name: string, layout: Layout, who: string): Promise<void> =>
      useCheckpointed(project, name, (document) => document.write(document.difference(document.graph(), layout), who)),
    /**
     * Saves the graph of a file that was made on revision `base`: all or nothing. Open pages see it as operations. Values of secret params are
     * sealed, and the answer then holds the graph as it was stored.
     * @throws `graph-refused` with every issue, `graph-conflict` with both versions, `unknown-secret`
     */
    save: async (project: string, name: string, body: GraphSave, who: string): Promise<GraphSaved> => {
      const { graph: asked, issues } = readGraph(body);
      refuse(issues, 'draft');
      return useCheckpointed(project, name, (document, environmentId) =>
        store.transaction(async () => {
          const before = document.revision;
          const graph = shareRecords(asked, document.content);
          const checked = [...issues, ...document.check(graph)];
          const context = { secrets: store.secrets, catalog, environmentId, before: document.content.nodes };
          const { nodes, hidden } = await sealSecretParams(context, graph.nodes);
          const shown = hideValues(checked, hidden);
          refuse(shown, body.mode);
          // A document that was made a revision of is in canonical form.
          const stored = canonicalGraph({ ...graph, nodes }, document.content);
          const operations = document.difference(stored, body.layout ?? document.layout());
          if (body.base !== before && operations.some(isOfGraph))
            fail('graph-conflict', await describeConflict(environmentId, body.base, document));
          await document.write(operations, who);
          const { revision } = document;
          return {
            revision,
            changed: revision !== before,
            issues: shown,
            ...(hidden.length > 0 ? { graph: stored } : {}),
          };
        }),
      );
    },
  };

  async function describeConflict(environmentId: string, base: number, document: LiveDocument) {
    const conflict: GraphConflict = { base, current: document.revision, currentGraph: document.graph() };
    const baseGraph = base === 0 ? emptyGraph : (await store.revisions.get(environmentId, base))?.graph;
    if (baseGraph) conflict.baseGraph = baseGraph;
    const { current } = conflict;
    return { values: { base, current }, got: `revision ${base}`, expected: `revision ${current}`, conflict };
  }
}

function isOfGraph({ path: [collection] }: Operation): boolean {
  return collection === 'nodes' || collection === 'connections';
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
