// The firewall rules of an environment: what its lines and settings declare, against what the cloud holds.
import {
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import type { Artifact, Graph, GraphNode } from '../../schemas/generated/types.ts';
import { reachOf } from '../../schemas/rules/reach.ts';
import { resolveParams } from '../../schemas/rules/resolve-params.ts';
import { fillTemplate, templateFields } from '../../schemas/rules/template.ts';
import { loadCatalog } from '../../server/synth/load-catalog.ts';
import type { Cloud } from './carried-cloud.ts';
import { appliedWorkload } from './carried-workloads.ts';
import { type Versions, writeTable } from './tables.ts';

const EVERYWHERE = '0.0.0.0/0';
const { catalog } = loadCatalog();

interface Rule {
  /** Id of the group that it belongs to. */
  group: string;
  direction: 'in' | 'out';
  /** `tcp 5432`; `everything` */
  port: string;
  /** Id of a group, or a range of addresses. */
  peer: string;
}

interface Declared extends Rule {
  by: string;
}

export interface NetworkSubject {
  cloud: Cloud;
  /** `project/environment`, applied. */
  scope: string;
  graph: Graph;
  /** As the environment publishes them. */
  artifacts: readonly Artifact[];
}

export type Verdict = 'as declared' | 'missing' | 'declared by nothing';

export interface NetworkRow {
  group: string;
  direction: Rule['direction'];
  port: string;
  peer: string;
  by: string;
  verdict: Verdict;
}

/**
 * Every rule that is declared or there, one row each. Declared are the ports of the contracts of the lines that lead into a network, and
 * what the params of a workload ask for: to call out, a load balancer before it, and that one open to the internet where it is public.
 */
export async function networkTable(subject: NetworkSubject): Promise<NetworkRow[]> {
  const groups = await groupsIn(subject);
  const declared = await declaredRules(subject);
  const found = await rulesOf(subject.cloud, [...groups.keys()]);
  const row = ({ by = '', ...rule }: Rule & { by?: string }, verdict: Verdict): NetworkRow => ({
    ...rule,
    group: groups.get(rule.group) ?? rule.group,
    peer: groups.get(rule.peer) ?? rule.peer,
    by,
    verdict,
  });
  const left = [...found];
  const judged = declared.map((rule) => {
    const at = left.findIndex((each) => keyOf(each) === keyOf(rule));
    if (at >= 0) left.splice(at, 1);
    return row(rule, at >= 0 ? 'as declared' : 'missing');
  });
  return [...judged, ...left.map((rule) => row(rule, 'declared by nothing'))];
}

export const wrongRows = (rows: readonly NetworkRow[]) => rows.filter(({ verdict }) => verdict !== 'as declared');

export const isOpenToTheWorld = ({ direction, peer }: NetworkRow) =>
  direction === 'in' && (peer === EVERYWHERE || peer === '::/0');

/** Prints the rows under a name of their own. */
export function printNetwork(name: string, rows: readonly NetworkRow[], versions: Versions): void {
  writeTable(name, {
    columns: ['security group', 'way', 'port', 'peer', 'declared by', 'verdict'],
    rows: rows.map(({ group, direction, port, peer, by, verdict }) => [group, direction, port, peer, by, verdict]),
    versions,
  });
}

const keyOf = ({ group, direction, port, peer }: Rule) => [group, direction, port, peer].join(' ');

/** Names of all groups of the environment's networks, whoever made them, by id. */
async function groupsIn({ cloud, artifacts }: NetworkSubject): Promise<Map<string, string>> {
  const networks = artifacts.flatMap(({ value }) => (typeof value.vpcId === 'string' ? [value.vpcId] : []));
  const { SecurityGroups = [] } = await cloud.ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: networks }] }),
  );
  return new Map(SecurityGroups.map(({ GroupId = '', GroupName = '' }) => [GroupId, GroupName]));
}

async function rulesOf({ ec2 }: Cloud, groups: string[]): Promise<Rule[]> {
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: groups }] }),
  );
  return SecurityGroupRules.map(asRule);
}

function asRule(rule: SecurityGroupRule): Rule {
  const { GroupId = '', IsEgress, ReferencedGroupInfo, CidrIpv4, CidrIpv6, PrefixListId } = rule;
  return {
    group: GroupId,
    direction: IsEgress ? 'out' : 'in',
    port: portOf(rule),
    peer: ReferencedGroupInfo?.GroupId ?? CidrIpv4 ?? CidrIpv6 ?? PrefixListId ?? 'nothing',
  };
}

function portOf({ IpProtocol = '', FromPort, ToPort }: SecurityGroupRule): string {
  if (IpProtocol === '-1') return 'everything';
  return FromPort === ToPort ? `${IpProtocol} ${FromPort}` : `${IpProtocol} ${FromPort}-${ToPort}`;
}

async function declaredRules(subject: NetworkSubject): Promise<Declared[]> {
  const { cloud, scope, graph } = subject;
  const workloads = graph.nodes.filter((node) => isNetworkedWorkload(graph, node));
  const groupOf = new Map<string, string>();
  for (const node of workloads) {
    const { securityGroups } = await appliedWorkload(cloud, scope, graph, node);
    if (securityGroups.length !== 1)
      throw new Error(`${node.id} stands in ${securityGroups.length} groups, not in one`);
    groupOf.set(node.id, securityGroups[0] ?? '');
  }
  return [
    ...reachOf(catalog, graph)
      .filter(({ identity }) => identity === 'network')
      .flatMap(({ connection, actor }) => rulesOfLine(subject, connection, groupOf.get(actor) ?? '')),
    ...workloads.flatMap((node) => rulesOfParams(subject, node, groupOf.get(node.id) ?? '')),
  ];
}

function isNetworkedWorkload(graph: Graph, { id, module, version }: GraphNode): boolean {
  const isWorkload = catalog.findModule(module, version)?.workload === true;
  return isWorkload && graph.connections.some(({ to }) => to.node === id && to.port === 'network');
}

/** The ports that the producer's contract opens to whoever a line leads to, at the group that the producer published. */
function rulesOfLine({ graph, artifacts }: NetworkSubject, connection: string, peer: string): Declared[] {
  const line = graph.connections.find(({ id }) => id === connection);
  const artifact = artifacts.find(({ node, port }) => node === line?.from.node && port === line.from.port);
  const rules = catalog.findContract(artifact?.contract ?? '')?.network ?? [];
  return rules.flatMap(({ securityGroup, port, protocol, title }) => {
    const value = artifact?.value ?? {};
    const text = (template: string) => fillTemplate(template, (field) => String(value[field]));
    // A producer without a group (somebody else's address) has nothing to open.
    if (!templateFields(securityGroup).every((field) => Object.hasOwn(value, field))) return [];
    const by = `line ${connection}: ${title}`;
    return [{ group: text(securityGroup), direction: 'in' as const, port: `${protocol} ${text(port)}`, peer, by }];
  });
}

function rulesOfParams({ artifacts }: NetworkSubject, node: GraphNode, group: string): Declared[] {
  const out: Declared = { group, direction: 'out', port: 'everything', peer: EVERYWHERE, by: `${node.id} calls out` };
  const manifest = catalog.findModule(node.module, node.version);
  const params = manifest ? resolveParams(manifest, node).params : {};
  if (params.loadBalancer !== 'internal' && params.loadBalancer !== 'public') return [out];
  const entrance = artifacts.find((artifact) => artifact.node === node.id && artifact.port === 'http')?.value;
  const balancer = String(entrance?.securityGroupId);
  const by = `${node.id}: a load balancer, ${params.loadBalancer}`;
  const port = `tcp ${String(params.port)}`;
  const ports = params.loadBalancer === 'internal' ? [] : params.certificateArn ? [80, 443] : [80];
  return [
    out,
    { group: balancer, direction: 'out', port, peer: group, by },
    { group, direction: 'in', port, peer: balancer, by },
    ...ports.map((open): Declared => ({ group: balancer, direction: 'in', port: `tcp ${open}`, peer: EVERYWHERE, by })),
  ];
}
