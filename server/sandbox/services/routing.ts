// Amazon VPC: route tables, routes, endpoints and flow logs.
import { crc32 } from 'node:zlib';
import type { Draft, Rule, ServiceModel } from '../cloud/model.ts';
import { textAt } from '../cloud/paths.ts';
import { arn } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { heldBy, policyDocument, refers, unique, whenMade } from '../cloud/rules.ts';
import type { ObjectValue } from '../wire/value.ts';
import {
  REFERENCED_GROUP,
  REFERENCED_SUBNET,
  REFERENCED_VPC,
  ROLES_BY_ARN,
  SECURITY_GROUPS,
  SUBNETS,
  says,
  VPCS,
} from './answers.ts';
import { ec2Id, ec2Values } from './vpc.ts';

const ROUTE_TABLES = [
  ['aws_route_table', 'id'],
  ['aws_vpc', 'main_route_table_id'],
] as const;
const REFERENCED_TABLE = says('InvalidRouteTableID.NotFound', "The routeTable ID '{}' does not exist");
const REFERENCED_GATEWAY = says('InvalidGatewayID.NotFound', "The gateway ID '{}' does not exist");
const REFERENCED_NAT = says('InvalidNatGatewayID.NotFound', "The natGateway ID '{}' does not exist");
const GATEWAYS = [
  ['aws_internet_gateway', 'id'],
  ['aws_vpn_gateway', 'id'],
] as const;
const NATS = [['aws_nat_gateway', 'id']] as const;
const inVpc = refers('vpc_id', VPCS, REFERENCED_VPC);
const DESTINATIONS = ['destination_cidr_block', 'destination_ipv6_cidr_block', 'destination_prefix_list_id'];
const DEFAULT_LOG_FORMAT =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}';

function destinationOf(object: ObjectValue): string {
  return DESTINATIONS.map((name) => textAt(object, name)).find((text) => text !== '') ?? '';
}

function routeValues({ object, text }: Draft): ObjectValue {
  return { id: `r-${text('route_table_id')}${crc32(destinationOf(object))}`, origin: 'CreateRoute', state: 'active' };
}

function endpointValues(draft: Draft): ObjectValue {
  const isGateway = draft.text('vpc_endpoint_type') === 'Gateway';
  const policy = JSON.stringify({
    Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }],
    Version: '2008-10-17',
  });
  return {
    ...ec2Values(draft, 'vpce', 'vpc-endpoint'),
    policy,
    state: 'available',
    ip_address_type: isGateway ? '' : 'ipv4',
    prefix_list_id: isGateway ? `pl-${draft.hash('prefix').slice(0, 8)}` : '',
    private_dns_enabled: !isGateway,
    requester_managed: false,
    service_region: draft.realm.region,
  };
}

function flowLogValues(draft: Draft): ObjectValue {
  const id = ec2Id(draft, 'fl');
  const group = draft.text('log_destination').split(':').slice(6).join(':');
  return {
    id,
    arn: arn(draft.realm, 'ec2', `vpc-flow-log/${id}`),
    log_format: DEFAULT_LOG_FORMAT,
    log_group_name: group,
  };
}

/** The address that a route with this destination has already is taken, the VPC's own range included. */
const routeFree: Rule = async ({ object, cloud }) => {
  const destination = destinationOf(object);
  const others = await cloud.where('aws_route', 'route_table_id', textAt(object, 'route_table_id'));
  const table = await cloud.get('aws_route_table', textAt(object, 'route_table_id'));
  const inline = Array.isArray(table?.route) ? (table.route as ObjectValue[]) : [];
  const isTaken =
    others.some((other) => destinationOf(other) === destination) ||
    inline.some((route) => route.cidr_block === destination);
  if (isTaken) throw new Refusal('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
};

const endpointService: Rule = ({ object, cloud }) => {
  const service = textAt(object, 'service_name');
  const known =
    service.startsWith(`com.amazonaws.${cloud.realm.region}.`) || /^(com\.amazonaws\.vpce|aws\.)/.test(service);
  if (service === '' || known) return;
  throw new Refusal('InvalidServiceName', `The Vpc Endpoint Service '${service}' does not exist`, 'service_name');
};

/** A subnet and a route table belong together only inside one VPC. */
const sameNetwork: Rule = async ({ object, cloud }) => {
  const subnet = await cloud.get('aws_subnet', textAt(object, 'subnet_id'));
  const table = await cloud.get('aws_route_table', textAt(object, 'route_table_id'));
  if (!subnet || !table || subnet.vpc_id === table.vpc_id) return;
  throw new Refusal(
    'InvalidParameterValue',
    `Route table ${String(table.id)} and subnet ${String(subnet.id)} belong to different networks`,
  );
};

export const routing: ServiceModel = {
  aws_route_table: {
    values: (draft) => ec2Values(draft, 'rtb', 'route-table'),
    rules: [
      inVpc,
      refers('route.gateway_id', GATEWAYS, REFERENCED_GATEWAY),
      refers('route.nat_gateway_id', NATS, REFERENCED_NAT),
    ],
    removal: [
      heldBy(
        'id',
        [['aws_route_table_association', 'route_table_id']],
        says('DependencyViolation', "The routeTable '{}' has dependencies and cannot be deleted."),
      ),
    ],
  },
  aws_route: {
    values: routeValues,
    partOf: { path: 'route_table_id', type: 'aws_route_table', by: 'id' },
    rules: [
      refers('route_table_id', ROUTE_TABLES, REFERENCED_TABLE),
      refers('gateway_id', GATEWAYS, REFERENCED_GATEWAY),
      refers('nat_gateway_id', NATS, REFERENCED_NAT),
      whenMade(routeFree),
    ],
  },
  aws_route_table_association: {
    values: (draft) => ({ id: ec2Id(draft, 'rtbassoc') }),
    rules: [
      refers('route_table_id', ROUTE_TABLES, REFERENCED_TABLE),
      refers('subnet_id', SUBNETS, REFERENCED_SUBNET),
      sameNetwork,
      unique(['subnet_id'], {
        code: 'Resource.AlreadyAssociated',
        text: (_value, object) =>
          `the specified association for route table ${textAt(object, 'route_table_id')} conflicts with an existing association`,
      }),
    ],
  },
  aws_vpc_endpoint: {
    values: endpointValues,
    rules: [
      inVpc,
      endpointService,
      refers('route_table_ids', ROUTE_TABLES, REFERENCED_TABLE),
      refers('subnet_ids', SUBNETS, REFERENCED_SUBNET),
      refers('security_group_ids', SECURITY_GROUPS, REFERENCED_GROUP),
      policyDocument('policy', 'InvalidPolicyDocument', { principal: true }),
    ],
  },
  aws_flow_log: {
    values: flowLogValues,
    rules: [
      refers('vpc_id', VPCS, says('InvalidVpcId.NotFound', "The vpc ID '{}' does not exist")),
      refers('subnet_id', SUBNETS, REFERENCED_SUBNET),
      refers(
        'iam_role_arn',
        ROLES_BY_ARN,
        says('InvalidParameter', 'DeliverLogsPermissionArn {} is not a role that exists'),
      ),
    ],
  },
};
