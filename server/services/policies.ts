// The effective policy of a node: each statement with the line and grant that it comes from, beside what is applied.
import type { EffectivePolicy, PolicyStatement } from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { renderGrants } from '../../schemas/rules/render-grant.ts';
import { fail } from '../errors.ts';
import type { StoredArtifact } from '../store/artifacts.ts';
import type { Store } from '../store/store.ts';
import { readAppliedPolicies } from './applied-policies.ts';
import { findLine, type Line, placeholder, readField } from './graph-lines.ts';
import type { LiveDocuments } from './live-documents.ts';
import { findEnvironment } from './scope.ts';

type PolicyStore = Pick<Store, 'projects' | 'environments' | 'artifacts' | 'states' | 'deployments'>;

export function createPolicies(documents: Pick<LiveDocuments, 'view'>, store: PolicyStore, catalog: Catalog) {
  return {
    /** @throws `unknown-node` */
    get: async (project: string, name: string, node: string): Promise<EffectivePolicy> => {
      const { id } = await findEnvironment(store, project, name);
      const { graph } = await documents.view(id);
      const isKnown =
        graph.nodes.some((each) => each.id === node) ||
        (await store.deployments.list(id)).some((each) => each.node === node);
      if (!isKnown) fail('unknown-node', { values: { name: node }, got: node });
      const artifacts = await store.artifacts.list(id);
      const lines = graph.connections
        .filter(({ to }) => to.node === node)
        .flatMap((connection) => findLine(catalog, graph, connection) ?? []);
      const applied = readAppliedPolicies(await store.states.latest(id, node));
      return { node, statements: lines.flatMap((line) => renderLine(line, artifacts)), applied };
    },
  };
}

/** The statements of one line, with published values where they are known. */
export function renderLine(
  { connection, contract, manifest, port }: Line,
  artifacts: readonly StoredArtifact[],
): PolicyStatement[] {
  const { from, to } = connection;
  return renderGrants({
    contract,
    connection,
    port,
    workload: manifest.workload === true,
    resolve: (path) => readField(artifacts, from.node, from.port, path) ?? placeholder(from.node, path),
    own: (output) => readField(artifacts, to.node, output, 'arn') ?? placeholder(to.node, 'arn'),
  });
}
