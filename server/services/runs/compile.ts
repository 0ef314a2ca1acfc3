// From a node and what its connections carry to a compiled root with values.
import type { Connection, GraphNode } from '../../../schemas/generated/types.ts';
import { resolveParams } from '../../../schemas/rules/resolve-params.ts';
import { fail } from '../../errors.ts';
import type { SynthRequest, SynthResult } from '../../synth/types.ts';
import { gatherInputs, optionalPaths, type PortValue, readPath } from './inputs.ts';
import { type Compiled, type EnvironmentView, manifestOf, portKey, type RunSession } from './session.ts';
import { resolveValues, type SecretParam } from './values.ts';

type PortLookup = (node: string, port: string) => PortValue | undefined;

/** Looks at what is published only: an apply never uses a planned value. */
export function publishedPorts(session: EnvironmentView): PortLookup {
  return (node, port) => session.published.get(portKey(node, port));
}

/** Looks at this run's plans first: values that the producer keeps or will set. */
export function plannedPorts(session: RunSession): PortLookup {
  return (node, port) => session.planned.get(portKey(node, port)) ?? session.published.get(portKey(node, port));
}

/**
 * The synth request of a node of the graph.
 *
 * @throws `nothing-published` where a producer has no artifact and no plan.
 */
export function requestOf(session: EnvironmentView, node: GraphNode, ports: PortLookup): SynthRequest {
  const { deps, env } = session;
  const manifest = manifestOf(deps, node.module, node.version);
  const { inputs, missing } = gatherInputs(session.index, node.id, ports, (ref) => {
    const contract = deps.files.catalog.findContract(ref);
    return contract ? optionalPaths(contract) : [];
  });
  const first = missing[0];
  if (first) {
    return fail('nothing-published', {
      message: `"${node.name}" takes its ${first.connection.to.port} from "${session.index.names.get(first.producer) ?? first.producer}", which has not been applied yet.`,
      fix: `Apply "${first.producer}" first, or leave out --only.`,
      path: `/connections/${first.connection.id}`,
    });
  }
  return {
    environment: env.document,
    node: {
      id: node.id,
      name: node.name,
      module: node.module,
      version: manifest.version,
      params: resolveParams(manifest, node).params,
    },
    inputs,
    protected: env.document.protection && manifest.holdsData !== undefined,
  };
}

/** Compiles requests in one batch, and resolves the values of their variables. */
export async function compile(
  session: EnvironmentView,
  requests: readonly SynthRequest[],
  ports: PortLookup,
): Promise<Compiled[]> {
  if (requests.length === 0) return [];
  const results = await session.deps.synthesizer.synthesize(requests);
  return Promise.all(requests.map((request, at) => withValues(session, request, results[at], ports)));
}

async function withValues(
  session: EnvironmentView,
  request: SynthRequest,
  result: SynthResult | undefined,
  ports: PortLookup,
): Promise<Compiled> {
  if (!result) return fail('synth-failed', { message: `"${request.node.name}" was not compiled.` });
  const carried = new Map<string, PortValue>();
  for (const { connection } of request.inputs) {
    const value = ports(connection.from.node, connection.from.port);
    if (value) carried.set(connection.id, value);
  }
  const secrets = await secretParams(session, request.node.params, result);
  return {
    request,
    result,
    values: resolveValues(result.variables, carried, (field) => secrets.get(field)),
    unknown: request.inputs.flatMap((input) => input.unknown.map((field) => `${input.connection.id}.${field}`)),
  };
}

async function secretParams(
  session: EnvironmentView,
  params: Record<string, unknown>,
  result: SynthResult,
): Promise<Map<string, SecretParam>> {
  const found = new Map<string, SecretParam>();
  for (const { connection, field } of result.variables) {
    if (connection !== '') continue;
    const id = readPath(params, `${field}.$secret`);
    if (typeof id !== 'string') continue;
    const value = await session.deps.store.secrets.get(session.env.id, id);
    if (value === undefined) fail('unknown-secret', { path: field });
    found.set(field, { id, value: value ?? '' });
  }
  return found;
}

/** Ids of the connections and of the producers behind a request's inputs. */
export function upstreamOf(request: SynthRequest): { connections: string[]; producers: string[] } {
  const connections = request.inputs.map((input: { connection: Connection }) => input.connection);
  return {
    connections: connections.map((connection) => connection.id).sort(),
    producers: [...new Set(connections.map((connection) => connection.from.node))].sort(),
  };
}
