// Who may do what to whom, and through which line: the permissions of a graph, read off its lines.
import type { Connection, ContractDocument, Graph, GraphNode, PolicyStatement } from '../generated/types.ts';
import type { Catalog } from './catalog.ts';
import { compareText } from './compare.ts';
import { own } from './judge-line.ts';
import { renderGrants } from './render-grant.ts';
import { fillTemplate } from './template.ts';

/** One permission: a statement of a policy, or a port that a firewall opens. */
export interface Reach {
  connection: string;
  /** The box that acts: a workload, or the one for which a service of the cloud acts. */
  actor: string;
  /** The box whose resource is acted on. */
  target: string;
  /** By which identity: its own role, the role that injects secrets, a policy of the target, or no identity at all. */
  identity: PolicyStatement['identity'] | 'network';
  /** Absent for a firewall rule. */
  grant?: string;
  /** IAM actions; empty for a firewall rule. */
  actions: string[];
  /** References such as `{orders-queue.arn}/*`; `tcp {orders-db.port}` for a firewall rule. */
  resources: string[];
  /** The service that acts in the name of the actor. */
  service?: string;
  /** Why the grant is risky. */
  risk?: string;
}

/** How a box is reached: steps from who acts first to the box. More than one where a service passes things on. */
export interface ReachPath {
  actor: string;
  steps: readonly [Reach, ...Reach[]];
}

/** Every permission of a graph, by line. Lines that do not resolve (a draft may have such) give none. */
export function reachOf(catalog: Catalog, graph: Pick<Graph, 'nodes' | 'connections'>): Reach[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const networked = new Set<string>();
  const lines: Line[] = [];
  for (const connection of graph.connections) {
    const line = resolveLine(catalog, nodes, connection);
    if (!line) continue;
    lines.push(line);
    if (own(line.contract.properties, 'vpcId')) networked.add(connection.to.node);
  }
  return lines
    .sort((a, b) => compareText(a.connection.id, b.connection.id))
    .flatMap((line) => lineReach(line, networked.has(line.connection.to.node)));
}

interface Known {
  line: Line;
  isNetworked: boolean;
  reaches: readonly Reach[];
}

// Lines are never changed in place, and an edit touches few of thousands: what the others allow is remembered.
const known = new WeakMap<Connection, Known>();

function lineReach(line: Line, isNetworked: boolean): readonly Reach[] {
  const before = known.get(line.connection);
  const isSame =
    before?.isNetworked === isNetworked &&
    before.line.contract === line.contract &&
    before.line.consumer === line.consumer &&
    before.line.port === line.port;
  if (isSame) return before.reaches;
  const reaches = [...statementsOf(line), ...(isNetworked ? portsOf(line) : [])];
  known.set(line.connection, { line, isNetworked, reaches });
  return reaches;
}

/** What a box may do, and through which line. */
export function mayDo(reaches: readonly Reach[], node: string): Reach[] {
  return reaches.filter((reach) => reach.actor === node);
}

/**
 * Everyone who can reach a box: directly, and through boxes for which a service acts on it (who may publish to a topic reaches the
 * queues that the topic delivers to).
 */
export function reachedBy(reaches: readonly Reach[], node: string): ReachPath[] {
  const paths: ReachPath[] = [];
  const seen = new Set([node]);
  const walk = (target: string, rest: readonly Reach[]): void => {
    for (const reach of reaches) {
      if (reach.target !== target || (rest.length > 0 && reach.identity === 'network')) continue;
      paths.push({ actor: reach.actor, steps: [reach, ...rest] });
      if (reach.identity !== 'resource' || seen.has(reach.actor)) continue;
      seen.add(reach.actor);
      walk(reach.actor, [reach, ...rest]);
    }
  };
  walk(node, []);
  return paths;
}

/** The boxes and lines by which a box reaches others and is reached. */
export function reachElements(
  reaches: readonly Reach[],
  node: string,
): { nodes: Record<string, true>; connections: Record<string, true> } {
  const steps = [...mayDo(reaches, node), ...reachedBy(reaches, node).flatMap((path) => path.steps)];
  const nodes = [node, ...steps.flatMap(({ actor, target }) => [actor, target])];
  return { nodes: asSet(nodes), connections: asSet(steps.map(({ connection }) => connection)) };
}

const asSet = (ids: readonly string[]): Record<string, true> => Object.fromEntries(ids.map((id) => [id, true]));

interface Line {
  connection: Connection;
  contract: ContractDocument;
  consumer: NonNullable<ReturnType<Catalog['findModule']>>;
  port: NonNullable<ReturnType<Catalog['findModule']>>['inputs'][string];
}

function resolveLine(
  catalog: Catalog,
  nodes: ReadonlyMap<string, GraphNode>,
  connection: Connection,
): Line | undefined {
  const from = nodes.get(connection.from.node);
  const to = nodes.get(connection.to.node);
  const producer = from && catalog.findModule(from.module, from.version);
  const consumer = to && catalog.findModule(to.module, to.version);
  const output = producer && own(producer.outputs, connection.from.port);
  const port = consumer && own(consumer.inputs, connection.to.port);
  const contract = output && catalog.findContract(output.contract);
  return contract && consumer && port ? { connection, contract, consumer, port } : undefined;
}

function statementsOf({ connection, contract, consumer, port }: Line): Reach[] {
  const { from, to } = connection;
  const statements = renderGrants({
    contract,
    connection,
    port,
    workload: consumer.workload === true,
    resolve: (field) => `{${from.node}.${field}}`,
    own: () => `{${to.node}.arn}`,
  });
  return statements.map(({ grant, identity, actions, resources, principal }) => {
    // A policy of the consumer's own resource lets the producer in: the line points the other way than the permission.
    const isInward = identity === 'resource';
    const reach: Reach = {
      connection: connection.id,
      actor: isInward ? from.node : to.node,
      target: isInward ? to.node : from.node,
      identity,
      grant,
      actions,
      resources,
    };
    const risk = own(contract.grants, grant)?.risk;
    if (principal) reach.service = principal;
    if (risk) reach.risk = risk;
    return reach;
  });
}

/** Ports that the line opens: only a workload that stands in a network has an address to let in. */
function portsOf({ connection, contract, consumer }: Line): Reach[] {
  const { from, to } = connection;
  if (consumer.workload !== true) return [];
  return (contract.network ?? []).map(({ protocol, port }) => ({
    connection: connection.id,
    actor: to.node,
    target: from.node,
    identity: 'network',
    actions: [],
    resources: [`${protocol} ${fillTemplate(port, (field) => `{${from.node}.${field}}`)}`],
  }));
}
