// A VPC with public and private subnets in two or three zones, ways out, flow logs and a closed default group.
import {
  DefaultSecurityGroup,
  Eip,
  InternetGateway,
  NatGateway,
  Route,
  RouteTable,
  RouteTableAssociation,
  Subnet,
  Vpc,
  VpcEndpoint,
} from '../construct/aws/ec2.ts';
import { defineModule, type ModuleScope } from '../construct/index.ts';
import { makeFlowLogs } from './flow-logs.ts';
import { subnetRanges } from './subnet-ranges.ts';

interface Params {
  cidr: string;
  zones: number;
  nat: 'none' | 'one' | 'per-zone';
  flowLogs: boolean;
  flowLogDays: number;
}

type Scope = ModuleScope<Params>;

interface Place {
  /** Letter of the zone: part of resource ids, so it never depends on how many zones there are. */
  letter: string;
  zone: string;
  subnet: Subnet;
  routes: RouteTable;
}

export default defineModule<Params>((scope) => {
  const { stack, params, context } = scope;
  const vpc = new Vpc(stack, 'vpc', {
    cidrBlock: params.cidr,
    enableDnsHostnames: true,
    enableDnsSupport: true,
    tags: { Name: scope.name(255) },
  });
  // Declared without rules: Terraform takes away those that AWS puts there.
  new DefaultSecurityGroup(stack, 'default_security_group', { vpcId: vpc.id });
  const ranges = subnetRanges(params.cidr);
  const zones = context.zones.slice(0, params.zones);
  const publicRoutes = makePublicRoutes(scope, vpc);
  const publics = zones.map((zone, index) =>
    makePlace(scope, vpc, { kind: 'public', zone, range: ranges.public[index], routes: publicRoutes.table }),
  );
  const privates = zones.map((zone, index) =>
    makePlace(scope, vpc, { kind: 'private', zone, range: ranges.private[index] }),
  );
  makeWaysOut(scope, publicRoutes.gateway, publics, privates);
  new VpcEndpoint(stack, 's3', {
    vpcId: vpc.id,
    serviceName: `${context.partition === 'aws-cn' ? 'cn.' : ''}com.amazonaws.${context.region}.s3`,
    vpcEndpointType: 'Gateway',
    routeTableIds: [publicRoutes.table.id, ...privates.map(({ routes }) => routes.id)],
    tags: { Name: scope.name(255, { suffix: 's3' }) },
  });
  if (params.flowLogs) makeFlowLogs(scope, vpc, params.flowLogDays);
  return {
    network: {
      vpcId: vpc.id,
      cidr: params.cidr,
      region: context.region,
      zones,
      publicSubnetIds: publics.map(({ subnet }) => subnet.id),
      privateSubnetIds: privates.map(({ subnet }) => subnet.id),
    },
  };
});

function makePublicRoutes({ stack, name }: Scope, vpc: Vpc) {
  const gateway = new InternetGateway(stack, 'internet_gateway', { vpcId: vpc.id, tags: { Name: name(255) } });
  const table = new RouteTable(stack, 'public_routes', {
    vpcId: vpc.id,
    tags: { Name: name(255, { suffix: 'public' }) },
  });
  new Route(stack, 'public_out', { routeTableId: table.id, destinationCidrBlock: '0.0.0.0/0', gatewayId: gateway.id });
  return { gateway, table };
}

interface Wanted {
  kind: 'public' | 'private';
  zone: string;
  range: string | undefined;
  /** Shared by the public subnets; each private one has a table of its own, so a change of NAT moves routes only. */
  routes?: RouteTable;
}

function makePlace({ stack, name }: Scope, vpc: Vpc, { kind, zone, range, routes: shared }: Wanted): Place {
  const letter = zone.slice(-1);
  const id = `${kind}_${letter}`;
  const tags = { Name: name(255, { suffix: `${kind}-${letter}` }) };
  const subnet = new Subnet(stack, id, { vpcId: vpc.id, cidrBlock: range, availabilityZone: zone, tags });
  const routes = shared ?? new RouteTable(stack, `${id}_routes`, { vpcId: vpc.id, tags });
  new RouteTableAssociation(stack, `${id}_association`, { subnetId: subnet.id, routeTableId: routes.id });
  return { letter, zone, subnet, routes };
}

function makeWaysOut(
  { stack, params, name }: Scope,
  gateway: InternetGateway,
  publics: Place[],
  privates: Place[],
): void {
  const hosts = params.nat === 'none' ? [] : params.nat === 'one' ? publics.slice(0, 1) : publics;
  const gateways = hosts.map(({ letter, subnet }) => {
    const tags = { Name: name(255, { suffix: `nat-${letter}` }) };
    const address = new Eip(stack, `nat_${letter}_address`, { domain: 'vpc', tags, dependsOn: [gateway] });
    return new NatGateway(stack, `nat_${letter}`, {
      allocationId: address.id,
      subnetId: subnet.id,
      tags,
      dependsOn: [gateway],
    });
  });
  for (const [index, { letter, routes }] of privates.entries()) {
    const natGatewayId = (gateways[index] ?? gateways[0])?.id;
    if (natGatewayId === undefined) continue;
    new Route(stack, `private_${letter}_out`, {
      routeTableId: routes.id,
      destinationCidrBlock: '0.0.0.0/0',
      natGatewayId,
    });
  }
}
