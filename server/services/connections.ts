// Everything that one line means: contract, permissions, variables, open ports, and whether it is live.
import type {
  ConnectionDetail,
  ContractDocument,
  InjectedVariable,
  OpenedPort,
} from '../../schemas/generated/types.ts';
import { type Catalog, contractName, contractVersion } from '../../schemas/rules/catalog.ts';
import { environmentFields } from '../../schemas/rules/environment-fields.ts';
import { own } from '../../schemas/rules/judge-line.ts';
import { fillTemplate, type ResolvedVariable, resolveEnvVariables } from '../../schemas/rules/resolve-env-variables.ts';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { readAppliedPolicies } from './applied-policies.ts';
import { redactArtifact } from './artifacts.ts';
import { findLine, placeholder, readField } from './graph-lines.ts';
import type { LiveDocuments } from './live-documents.ts';
import { renderLine } from './policies.ts';
import { findEnvironment } from './scope.ts';

type ConnectionStore = Pick<Store, 'projects' | 'environments' | 'artifacts' | 'states' | 'deployments'>;

export function createConnections(documents: Pick<LiveDocuments, 'view'>, store: ConnectionStore, catalog: Catalog) {
  return {
    /** @throws `unknown-connection` */
    get: async (project: string, name: string, connectionId: string): Promise<ConnectionDetail> => {
      const { id, document } = await findEnvironment(store, project, name);
      const { graph } = await documents.view(id);
      const found = graph.connections.find((each) => each.id === connectionId);
      const line = found && findLine(catalog, graph, found);
      if (!line) return fail('unknown-connection', { values: { name: connectionId }, got: connectionId });
      const { connection, contract, manifest } = line;
      const artifacts = await store.artifacts.list(id);
      const fixed = environmentFields(contract, document.target);
      const known = (path: string) =>
        readField(artifacts, connection.from.node, connection.from.port, path) ?? own(fixed, path);
      const statements = renderLine(line, artifacts);
      const inResource = statements.some(({ identity }) => identity === 'resource');
      const applied = readAppliedPolicies(await store.states.latest(id, connection.to.node));
      const deployed = (await store.deployments.list(id)).find(({ node }) => node === connection.to.node);
      const artifact = artifacts.find(
        ({ node, port }) => node === connection.from.node && port === connection.from.port,
      );
      const variables = manifest.workload ? resolveEnvVariables(contract, connection) : [];
      return {
        connection,
        contract: { name: contractName(contract), version: contractVersion(contract), document: contract },
        statements,
        applied: applied.filter((policy) =>
          isRolePolicy(policy.address) ? policy.name === connection.id : inResource,
        ),
        variables: variables.map((variable) => showVariable(variable, known)),
        network: showPorts(contract, (path) => known(path) ?? placeholder(connection.from.node, path)),
        ...(artifact ? { artifact: redactArtifact(catalog, artifact) } : {}),
        live: deployed?.status === 'live' && deployed.connections.includes(connection.id),
      };
    },
  };
}

const isRolePolicy = (address: string) => address.startsWith('aws_iam_role_policy.');

function showVariable(
  { name, template, secret }: ResolvedVariable,
  known: (path: string) => string | undefined,
): InjectedVariable {
  if (secret) {
    const arn = known(`${secret.field}.arn`);
    return {
      name,
      secret: true,
      ...(arn === undefined ? {} : { reference: secret.key === undefined ? arn : `${arn}:${secret.key}` }),
    };
  }
  let isKnown = true;
  const value = fillTemplate(template ?? '', (path) => {
    const text = known(path);
    if (text === undefined) isKnown = false;
    return text ?? '';
  });
  return { name, secret: false, ...(isKnown ? { value } : {}) };
}

function showPorts(contract: ContractDocument, resolve: (path: string) => string): OpenedPort[] {
  return (contract.network ?? []).map(({ title, port, protocol }) => ({
    title,
    port: fillTemplate(port, resolve),
    protocol,
  }));
}
