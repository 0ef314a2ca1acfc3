import { describe } from 'vitest';
import {
  areRefused,
  container,
  database,
  functionOf,
  grant,
  network,
  open,
  QUEUE_ARN,
  ROLE_ARN,
  type Row,
  role,
  TOPIC_ARN,
} from '../testing/samples.ts';

const dangling: Row[] = [
  [
    'a subnet in a VPC that is not there',
    "InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist",
    (c) => c.make('aws_subnet', { vpc_id: 'vpc-1', cidr_block: '10.0.0.0/24' }),
  ],
  [
    'an internet gateway for a VPC that is not there',
    'InvalidVpcID.NotFound',
    (c) => c.make('aws_internet_gateway', { vpc_id: 'vpc-1' }),
  ],
  [
    'a route table in a VPC that is not there',
    'InvalidVpcID.NotFound',
    (c) => c.make('aws_route_table', { vpc_id: 'vpc-1' }),
  ],
  [
    'a route in a table that is not there',
    'InvalidRouteTableID.NotFound',
    (c) => c.make('aws_route', { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0' }),
  ],
  [
    'an association with a table that is not there',
    'InvalidRouteTableID.NotFound',
    (c) => c.make('aws_route_table_association', { route_table_id: 'rtb-1', subnet_id: 'subnet-1' }),
  ],
  [
    'a NAT gateway in a subnet that is not there',
    'InvalidSubnetID.NotFound',
    (c) => c.make('aws_nat_gateway', { subnet_id: 'subnet-1' }),
  ],
  [
    'a NAT gateway in a network without an internet gateway',
    'Gateway.NotAttached',
    async (c) => c.make('aws_nat_gateway', { subnet_id: (await network(c)).subnets[0] ?? '' }),
  ],
  [
    'a flow log of a VPC that is not there',
    'InvalidVpcId.NotFound',
    (c) => c.make('aws_flow_log', { vpc_id: 'vpc-1', traffic_type: 'ALL' }),
  ],
  [
    'an endpoint for a service that is not there',
    "InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.us-east-1.s3' does not exist",
    async (c) =>
      c.make('aws_vpc_endpoint', {
        vpc_id: (await network(c)).vpc.id ?? '',
        service_name: 'com.amazonaws.us-east-1.s3',
      }),
  ],
  [
    'a rule of a security group that is not there',
    "InvalidGroup.NotFound: The security group 'sg-1' does not exist",
    (c) =>
      c.make('aws_vpc_security_group_ingress_rule', {
        security_group_id: 'sg-1',
        ip_protocol: '-1',
        cidr_ipv4: '0.0.0.0/0',
      }),
  ],
  [
    'a rule that names a security group that is not there',
    "InvalidGroup.NotFound: The security group 'sg-1' does not exist",
    async (c) => {
      const group = await c.make('aws_security_group', { name: 'app', vpc_id: (await network(c)).vpc.id ?? '' });
      return c.make('aws_vpc_security_group_ingress_rule', {
        security_group_id: group.id ?? '',
        ip_protocol: '-1',
        referenced_security_group_id: 'sg-1',
      });
    },
  ],
  [
    'a role policy for a role that is not there',
    'NoSuchEntity: The role with name app cannot be found.',
    (c) => c.make('aws_iam_role_policy', { role: 'app', policy: grant() }),
  ],
  [
    'an attachment of a policy that is not there',
    'NoSuchEntity: Policy arn:aws:iam::000000000000:policy/x does not exist',
    async (c) =>
      c.make('aws_iam_role_policy_attachment', {
        role: (await role(c)).name ?? '',
        policy_arn: 'arn:aws:iam::000000000000:policy/x',
      }),
  ],
  [
    'an instance profile of a role that is not there',
    'NoSuchEntity',
    (c) => c.make('aws_iam_instance_profile', { name: 'app', role: 'app' }),
  ],
  ...[
    'versioning',
    'public_access_block',
    'ownership_controls',
    'server_side_encryption_configuration',
    'lifecycle_configuration',
  ].map(
    (part): Row => [
      `${part} of a bucket that is not there`,
      'NoSuchBucket',
      (c) => c.make(`aws_s3_bucket_${part}`, { bucket: 'nothing' }),
    ],
  ),
  [
    'a bucket policy of a bucket that is not there',
    'NoSuchBucket',
    (c) => c.make('aws_s3_bucket_policy', { bucket: 'nothing', policy: open('arn:aws:s3:::nothing') }),
  ],
  [
    'logging into a bucket that is not there',
    'InvalidTargetBucketForLogging',
    async (c) =>
      c.make('aws_s3_bucket_logging', {
        bucket: (await c.make('aws_s3_bucket', { bucket: 'data' })).bucket ?? '',
        target_bucket: 'nothing',
        target_prefix: '',
      }),
  ],
  [
    'a policy of a queue that is not there',
    'AWS.SimpleQueueService.NonExistentQueue',
    (c) => c.make('aws_sqs_queue_policy', { queue_url: 'https://x', policy: open('*') }),
  ],
  [
    'a redrive policy of a queue that is not there',
    'AWS.SimpleQueueService.NonExistentQueue',
    (c) => c.make('aws_sqs_queue_redrive_policy', { queue_url: 'https://x', redrive_policy: '{}' }),
  ],
  [
    'a redrive allow policy of a queue that is not there',
    'AWS.SimpleQueueService.NonExistentQueue',
    (c) => c.make('aws_sqs_queue_redrive_allow_policy', { queue_url: 'https://x', redrive_allow_policy: '{}' }),
  ],
  [
    'a dead-letter queue that is not there',
    'Reason: Dead letter target does not exist.',
    (c) =>
      c.make('aws_sqs_queue', {
        name: 'a',
        redrive_policy: JSON.stringify({ deadLetterTargetArn: QUEUE_ARN, maxReceiveCount: 3 }),
      }),
  ],
  [
    'a subscription to a topic that is not there',
    'NotFound: Topic does not exist',
    (c) => c.make('aws_sns_topic_subscription', { topic_arn: TOPIC_ARN, protocol: 'sqs', endpoint: QUEUE_ARN }),
  ],
  [
    'a subscription of a queue that is not there',
    `InvalidParameter: Invalid parameter: Endpoint Reason: ${QUEUE_ARN} does not exist`,
    async (c) =>
      c.make('aws_sns_topic_subscription', {
        topic_arn: (await c.make('aws_sns_topic', { name: 'a' })).arn ?? '',
        protocol: 'sqs',
        endpoint: QUEUE_ARN,
      }),
  ],
  [
    'a topic policy of a topic that is not there',
    'NotFound: Topic does not exist',
    (c) => c.make('aws_sns_topic_policy', { arn: TOPIC_ARN, policy: open('*') }),
  ],
  [
    'an alias of a key that is not there',
    "NotFoundException: Key 'k' does not exist",
    (c) => c.make('aws_kms_alias', { name: 'alias/a', target_key_id: 'k' }),
  ],
  [
    'a subnet group of subnets that are not there',
    'InvalidSubnet',
    (c) => c.make('aws_db_subnet_group', { name: 'a', subnet_ids: ['subnet-1'] }),
  ],
  [
    'a database in a subnet group that is not there',
    "DBSubnetGroupNotFoundFault: DBSubnetGroup 'x' not found.",
    (c) => c.make('aws_db_instance', { ...database, db_subnet_group_name: 'x' }),
  ],
  [
    'a database with a parameter group that is not there',
    'DBParameterGroupNotFound',
    (c) => c.make('aws_db_instance', { ...database, parameter_group_name: 'x' }),
  ],
  [
    'a version of a secret that is not there',
    "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    (c) => c.make('aws_secretsmanager_secret_version', { secret_id: 'x', secret_string: 'very-secret' }),
  ],
  [
    'a service on a cluster that is not there',
    'ClusterNotFoundException: Cluster not found.',
    (c) => c.make('aws_ecs_service', { name: 'app', cluster: 'main' }),
  ],
  [
    'capacity providers of a cluster that is not there',
    'ClusterNotFoundException',
    (c) => c.make('aws_ecs_cluster_capacity_providers', { cluster_name: 'main' }),
  ],
  [
    'a task whose role is not there',
    `ClientException: Role is not valid: ${ROLE_ARN}`,
    (c) =>
      c.make('aws_ecs_task_definition', { family: 'app', container_definitions: container, task_role_arn: ROLE_ARN }),
  ],
  [
    'a load balancer in a subnet that is not there',
    'SubnetNotFound',
    (c) => c.make('aws_lb', { name: 'a', subnets: ['subnet-1'] }),
  ],
  [
    'a target group in a VPC that is not there',
    'InvalidVpcID.NotFound',
    (c) => c.make('aws_lb_target_group', { name: 'a', port: 80, protocol: 'HTTP', vpc_id: 'vpc-1' }),
  ],
  [
    'a listener of a load balancer that is not there',
    'LoadBalancerNotFound',
    (c) =>
      c.make('aws_lb_listener', { load_balancer_arn: 'x', port: 80, default_action: [{ type: 'fixed-response' }] }),
  ],
  [
    'scaling of a service that is not there',
    "ValidationException: ECS service doesn't exist: service/a/b",
    (c) =>
      c.make('aws_appautoscaling_target', {
        service_namespace: 'ecs',
        resource_id: 'service/a/b',
        scalable_dimension: 'ecs:service:DesiredCount',
        min_capacity: 1,
        max_capacity: 2,
      }),
  ],
  [
    'a scaling policy without a target',
    'ObjectNotFoundException: No scalable target registered',
    (c) =>
      c.make('aws_appautoscaling_policy', {
        name: 'a',
        service_namespace: 'ecs',
        resource_id: 'service/a/b',
        scalable_dimension: 'ecs:service:DesiredCount',
      }),
  ],
  [
    'a function whose role is not there',
    'The role defined for the function cannot be assumed by Lambda.',
    (c) =>
      c.make('aws_lambda_function', { function_name: 'app', role: ROLE_ARN, runtime: 'nodejs20.x', handler: 'a.b' }),
  ],
  [
    'a function whose role does not trust Lambda',
    'The role defined for the function cannot be assumed by Lambda.',
    async (c) =>
      c.make('aws_lambda_function', {
        function_name: 'app',
        role: (await role(c, 'app', 'ec2.amazonaws.com')).arn ?? '',
        runtime: 'nodejs20.x',
        handler: 'a.b',
      }),
  ],
  [
    'an event source that is not there',
    'AWS.SimpleQueueService.NonExistentQueue',
    async (c) =>
      c.make('aws_lambda_event_source_mapping', {
        function_name: (await functionOf(c)).arn ?? '',
        event_source_arn: QUEUE_ARN,
      }),
  ],
  [
    'a permission on a function that is not there',
    'ResourceNotFoundException: Function not found: app',
    (c) =>
      c.make('aws_lambda_permission', {
        function_name: 'app',
        action: 'lambda:InvokeFunction',
        principal: 'sns.amazonaws.com',
      }),
  ],
  [
    'a rule on an event bus that is not there',
    'ResourceNotFoundException: Event bus x does not exist.',
    (c) => c.make('aws_cloudwatch_event_rule', { name: 'a', event_bus_name: 'x', event_pattern: '{}' }),
  ],
];

describe('the sandbox refuses a dangling reference:', () => areRefused(dangling));
