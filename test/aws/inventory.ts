// What an AWS-compatible endpoint holds, asked of each service that our modules make things in.
import { callEmulator } from './emulator-call.ts';

/** One list call of a service. */
interface Listing {
  kind: string;
  service: string;
  /** The Terraform type that stands in it, one entry or more for each resource. */
  type?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: (parent: string) => string;
  /** Finds the ids in the answer, whatever its format: group 1. */
  id: RegExp;
  /** Asked once for each thing of that kind. */
  of?: string;
  /** Of the whole account, which others use too: ours are told apart by name. */
  isGlobal?: true;
}

type More = Pick<Listing, 'type' | 'of' | 'isGlobal'>;
type Values = Record<string, unknown> | ((parent: string) => Record<string, unknown>);

const valuesOf = (given: Values, parent: string) => (typeof given === 'function' ? given(parent) : given);

const query =
  (service: string, Version: string) =>
  (Action: string, id: RegExp, more: More = {}, given: Values = {}): Listing => ({
    kind: `${service} ${Action}`,
    service,
    id,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: (parent) => String(new URLSearchParams({ ...valuesOf(given, parent), Action, Version })),
    ...more,
  });

const json =
  (service: string, target: string) =>
  (action: string, id: RegExp, more: More = {}, given: Values = {}): Listing => ({
    kind: `${service} ${action}`,
    service,
    id,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${target}.${action}` },
    body: (parent) => JSON.stringify(valuesOf(given, parent)),
    ...more,
  });

const paths =
  (service: string) =>
  (path: string, id: RegExp, more: More = {}): Listing => ({ kind: `${service} ${path}`, service, path, id, ...more });

const ec2 = query('ec2', '2016-11-15');
const rds = query('rds', '2014-10-31');
const elb = query('elasticloadbalancing', '2015-12-01');
const sns = query('sns', '2010-03-31');
const iam = query('iam', '2010-05-08');
const ecs = json('ecs', 'AmazonEC2ContainerServiceV20141113');
const scaling = json('application-autoscaling', 'AnyScaleFrontendService');
const discovery = json('servicediscovery', 'Route53AutoNaming_v20170314');
const lambda = paths('lambda');

/** What is deleted is shown for an hour. */
const live = (filter: string) => ({
  'Filter.1.Name': filter,
  'Filter.1.Value.1': 'pending',
  'Filter.1.Value.2': 'available',
});
const SERVICES = { ServiceNamespace: 'ecs' };
const ARN = /"(arn:[^"]+)"/g;

const LISTINGS: readonly Listing[] = [
  ec2('DescribeVpcs', /<vpcId>([^<]+)/g, { type: 'aws_vpc' }),
  ec2('DescribeSubnets', /<subnetId>([^<]+)/g, { type: 'aws_subnet' }),
  ec2('DescribeInternetGateways', /<internetGatewayId>([^<]+)/g, { type: 'aws_internet_gateway' }),
  ec2('DescribeNatGateways', /<natGatewayId>([^<]+)/g, { type: 'aws_nat_gateway' }, live('state')),
  ec2('DescribeAddresses', /<allocationId>([^<]+)/g, { type: 'aws_eip' }),
  ec2('DescribeRouteTables', /<routeTableId>([^<]+)/g, { type: 'aws_route_table' }),
  ec2('DescribeSecurityGroups', /<groupId>([^<]+)/g, { type: 'aws_security_group' }),
  ec2('DescribeSecurityGroupRules', /<securityGroupRuleId>([^<]+)/g, { type: 'aws_vpc_security_group_ingress_rule' }),
  ec2('DescribeVpcEndpoints', /<vpcEndpointId>([^<]+)/g, { type: 'aws_vpc_endpoint' }, live('vpc-endpoint-state')),
  ec2('DescribeFlowLogs', /<flowLogId>([^<]+)/g, { type: 'aws_flow_log' }),
  ec2('DescribeNetworkInterfaces', /<networkInterfaceId>([^<]+)/g),
  rds('DescribeDBInstances', /<DBInstanceIdentifier>([^<]+)/g, { type: 'aws_db_instance' }),
  rds('DescribeDBParameterGroups', /<DBParameterGroupName>([^<]+)/g, { type: 'aws_db_parameter_group' }),
  rds('DescribeDBSubnetGroups', /<DBSubnetGroupName>([^<]+)/g, { type: 'aws_db_subnet_group' }),
  rds('DescribeDBSnapshots', /<DBSnapshotIdentifier>([^<]+)/g),
  elb('DescribeLoadBalancers', /<LoadBalancerArn>([^<]+)/g, { type: 'aws_lb' }),
  elb('DescribeTargetGroups', /<TargetGroupArn>([^<]+)/g, { type: 'aws_lb_target_group' }),
  elb(
    'DescribeListeners',
    /<ListenerArn>([^<]+)/g,
    { type: 'aws_lb_listener', of: 'elasticloadbalancing DescribeLoadBalancers' },
    (LoadBalancerArn) => ({ LoadBalancerArn }),
  ),
  query('monitoring', '2010-08-01')('DescribeAlarms', /<AlarmName>([^<]+)/g, { type: 'aws_cloudwatch_metric_alarm' }),
  sns('ListTopics', /<TopicArn>([^<]+)/g, { type: 'aws_sns_topic' }),
  sns('ListSubscriptions', /<SubscriptionArn>([^<]+)/g, { type: 'aws_sns_topic_subscription' }),
  iam('ListRoles', /<RoleName>([^<]+)/g, { type: 'aws_iam_role', isGlobal: true }, { MaxItems: '1000' }),
  iam('ListPolicies', /<PolicyName>([^<]+)/g, { isGlobal: true }, { Scope: 'Local', MaxItems: '1000' }),
  json('sqs', 'AmazonSQS')('ListQueues', /"(http[^"]+)"/g, { type: 'aws_sqs_queue' }, { MaxResults: 1000 }),
  json('dynamodb', 'DynamoDB_20120810')('ListTables', /"([^"]+)"(?=[,\]])/g, { type: 'aws_dynamodb_table' }),
  json('logs', 'Logs_20140328')('DescribeLogGroups', /"logGroupName": ?"([^"]+)"/g, {
    type: 'aws_cloudwatch_log_group',
  }),
  json('secretsmanager', 'secretsmanager')('ListSecrets', /"ARN": ?"([^"]+)"/g),
  discovery('ListNamespaces', /"Id": ?"([^"]+)"/g, { type: 'aws_service_discovery_private_dns_namespace' }),
  discovery('ListServices', /"Id": ?"([^"]+)"/g, { type: 'aws_service_discovery_service' }),
  scaling('DescribeScalableTargets', /"ResourceId": ?"([^"]+)"/g, { type: 'aws_appautoscaling_target' }, SERVICES),
  scaling('DescribeScalingPolicies', /"PolicyARN": ?"([^"]+)"/g, { type: 'aws_appautoscaling_policy' }, SERVICES),
  ecs('ListClusters', ARN, { type: 'aws_ecs_cluster' }),
  ecs('ListServices', ARN, { type: 'aws_ecs_service', of: 'ecs ListClusters' }, (cluster) => ({ cluster })),
  ecs('ListTaskDefinitions', ARN, { type: 'aws_ecs_task_definition' }, { status: 'ACTIVE' }),
  lambda('/2015-03-31/functions', /"FunctionArn": ?"([^"]+)"/g, { type: 'aws_lambda_function' }),
  lambda('/2015-03-31/event-source-mappings', /"UUID": ?"([^"]+)"/g, { type: 'aws_lambda_event_source_mapping' }),
  paths('s3')('/', /<Name>([^<]+)/g, { type: 'aws_s3_bucket', isGlobal: true }),
  paths('route53')('/2013-04-01/hostedzone', /<Name>([^<]+)/g, { isGlobal: true }),
];

/** Settings of something else, or made by AWS with it: they come and go with what is listed above. */
const PARTS = new Set([
  'aws_default_security_group',
  'aws_ecs_cluster_capacity_providers',
  'aws_iam_role_policy',
  'aws_route',
  'aws_route_table_association',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
  'aws_sns_topic_policy',
  'aws_sqs_queue_policy',
  // Listed together with the rules that let something in.
  'aws_vpc_security_group_egress_rule',
]);

/** Types that the inventory counts; a type that is neither here nor a part of another is one that it cannot see. */
const COUNTED = new Set(LISTINGS.flatMap(({ type }) => type ?? []));
export const isCounted = (type: string) => COUNTED.has(type);
export const isSeen = (type: string) => COUNTED.has(type) || PARTS.has(type);

const NEXT_PAGE =
  /<IsTruncated>true|<(NextToken|NextMarker|Marker|nextToken)>[^<]|"(NextToken|nextToken|NextMarker|LastEvaluatedTableName)": ?"/;

export interface Thing {
  kind: string;
  type?: string;
  id: string;
}

export interface Place {
  endpoint: string;
  /** A region of the test's own: everything in it is ours. */
  region: string;
  /** How names of the environment begin, for what is of no region. */
  prefix: string;
}

/**
 * Everything that the endpoint holds in one region, and what is named like ours outside of regions.
 * @throws Error where a service refuses its list, or gives only its first page
 */
export async function takeInventory(place: Place): Promise<Thing[]> {
  const things: Thing[] = [];
  for (const listing of LISTINGS) {
    const parents = listing.of ? things.filter(({ kind }) => kind === listing.of).map(({ id }) => id) : [''];
    const ids = await Promise.all(parents.map((parent) => list(place, listing, parent)));
    for (const id of new Set(ids.flat())) things.push({ kind: listing.kind, type: listing.type, id });
  }
  return things;
}

/** The emulator lists subscriptions of every region: an ARN of another one belongs to somebody else. */
const isOf = (region: string, id: string) => !/^arn:[^:]*:[^:]*:[a-z]/.test(id) || id.split(':')[3] === region;

async function list({ endpoint, region, prefix }: Place, listing: Listing, parent: string): Promise<string[]> {
  const { kind, service, path, headers, body, id, isGlobal } = listing;
  const text = await callEmulator({ endpoint, region }, { service, path, headers, body: body?.(parent) });
  if (NEXT_PAGE.test(text)) throw new Error(`${kind} gives only its first page.`);
  const ids = [...text.matchAll(id)].map(([, found = '']) => found).filter((found) => isOf(region, found));
  return isGlobal ? ids.filter((name) => name.includes(prefix)) : ids;
}
