import { describe, expect, it } from 'vitest';
import { type TestCloud, testCloud } from '../testing/test-cloud.ts';
import type { ObjectValue } from '../wire/value.ts';

type Attempt = (cloud: TestCloud) => Promise<unknown>;
type Row = [what: string, answer: string, attempt: Attempt];

const trust = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
  });
const grant = (size = 1): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'a'.repeat(size) }],
  });
const open = (resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: resource }],
  });
const container = JSON.stringify([{ name: 'web', image: 'nginx', portMappings: [{ containerPort: 80 }] }]);
const fargate = {
  family: 'app',
  requires_compatibilities: ['FARGATE'],
  network_mode: 'awsvpc',
  container_definitions: container,
};
const database = {
  identifier: 'main',
  engine: 'postgres',
  engine_version: '16.4',
  instance_class: 'db.t4g.micro',
  allocated_storage: 20,
  username: 'app',
  password: 'long-enough',
  skip_final_snapshot: true,
};
const table = {
  name: 'orders',
  billing_mode: 'PAY_PER_REQUEST',
  hash_key: 'id',
  attribute: [{ name: 'id', type: 'S' }],
};
const role = (cloud: TestCloud, name = 'app', service = 'lambda.amazonaws.com'): Promise<ObjectValue> =>
  cloud.make('aws_iam_role', { name, assume_role_policy: trust(service) });
const ROLE_ARN = 'arn:aws:iam::000000000000:role/nobody';
const QUEUE_ARN = 'arn:aws:sqs:eu-central-1:000000000000:nothing';
const TOPIC_ARN = 'arn:aws:sns:eu-central-1:000000000000:nothing';

async function network(cloud: TestCloud, zones = ['a', 'b']): Promise<{ vpc: ObjectValue; subnets: string[] }> {
  const vpc = await cloud.make('aws_vpc', { cidr_block: '10.0.0.0/16' });
  const made: string[] = [];
  for (const [index, zone] of zones.entries()) {
    const subnet: ObjectValue = {
      vpc_id: vpc.id ?? '',
      cidr_block: `10.0.${index}.0/24`,
      availability_zone: `eu-central-1${zone}`,
    };
    made.push(String((await cloud.make('aws_subnet', subnet)).id));
  }
  return { vpc, subnets: made };
}

const functionOf = async (cloud: TestCloud, more: ObjectValue = {}): Promise<ObjectValue> =>
  cloud.make('aws_lambda_function', {
    function_name: 'app',
    role: (await role(cloud)).arn ?? '',
    runtime: 'nodejs20.x',
    handler: 'a.b',
    filename: 'a.zip',
    ...more,
  });

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

const badNames: Row[] = [
  [
    'a bucket in capitals',
    'InvalidBucketName: The specified bucket is not valid',
    (c) => c.make('aws_s3_bucket', { bucket: 'Data' }),
  ],
  [
    'a queue with a dot',
    'InvalidParameterValue: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.',
    (c) => c.make('aws_sqs_queue', { name: 'a.b' }),
  ],
  [
    'a FIFO queue without its suffix',
    'must end with .fifo suffix',
    (c) => c.make('aws_sqs_queue', { name: 'a', fifo_queue: true }),
  ],
  [
    'a topic with a space',
    'InvalidParameter: Invalid parameter: Topic Name',
    (c) => c.make('aws_sns_topic', { name: 'a b' }),
  ],
  [
    'a role of 65 characters',
    "Value '" +
      'a'.repeat(65) +
      "' at 'roleName' failed to satisfy constraint: Member must have length less than or equal to 64",
    (c) => role(c, 'a'.repeat(65)),
  ],
  ['a role with a slash', "at 'roleName' failed to satisfy constraint", (c) => role(c, 'a/b')],
  [
    'a table of two characters',
    "at 'tableName' failed to satisfy constraint",
    (c) => c.make('aws_dynamodb_table', { ...table, name: 'ab' }),
  ],
  [
    'a log group with a space',
    "at 'logGroupName' failed to satisfy constraint",
    (c) => c.make('aws_cloudwatch_log_group', { name: 'a b' }),
  ],
  [
    'a security group that looks like an id',
    'InvalidParameterValue: Invalid security group name sg-a',
    async (c) => c.make('aws_security_group', { name: 'sg-a', vpc_id: (await network(c)).vpc.id ?? '' }),
  ],
  [
    'an alias without its prefix',
    'Alias must start with the prefix "alias/"',
    (c) => c.make('aws_kms_alias', { name: 'a', target_key_id: 'k' }),
  ],
  [
    'a database with two hyphens',
    'The parameter DBInstanceIdentifier is not a valid identifier',
    (c) => c.make('aws_db_instance', { ...database, identifier: 'a--b' }),
  ],
  [
    'a secret with a space',
    'ValidationException: Invalid name.',
    (c) => c.make('aws_secretsmanager_secret', { name: 'a b' }),
  ],
  [
    'a cluster with a dot',
    'InvalidParameterException: Cluster name',
    (c) => c.make('aws_ecs_cluster', { name: 'a.b' }),
  ],
  [
    'a load balancer of 33 characters',
    'ValidationError: The load balancer name',
    async (c) => c.make('aws_lb', { name: 'a'.repeat(33) }),
  ],
  [
    'a repository in capitals',
    "Invalid parameter at 'repositoryName'",
    (c) => c.make('aws_ecr_repository', { name: 'App' }),
  ],
  [
    'a function with a dot',
    "at 'functionName' failed to satisfy constraint",
    (c) => functionOf(c, { function_name: 'a.b' }),
  ],
  [
    'an event rule with a space',
    "at 'name' failed to satisfy constraint",
    (c) => c.make('aws_cloudwatch_event_rule', { name: 'a b', event_pattern: '{}' }),
  ],
];

const taken: Row[] = (
  [
    ['aws_s3_bucket', { bucket: 'data' }, 'BucketAlreadyOwnedByYou'],
    ['aws_sqs_queue', { name: 'a' }, 'QueueAlreadyExists'],
    [
      'aws_iam_role',
      { name: 'a', assume_role_policy: trust('lambda.amazonaws.com') },
      'EntityAlreadyExists: Role with name a already exists.',
    ],
    ['aws_iam_policy', { name: 'a', policy: grant() }, 'EntityAlreadyExists'],
    ['aws_dynamodb_table', table, 'ResourceInUseException: Table already exists: orders'],
    ['aws_db_instance', database, 'DBInstanceAlreadyExists'],
    [
      'aws_secretsmanager_secret',
      { name: 'a' },
      'ResourceExistsException: The operation failed because the secret a already exists.',
    ],
    [
      'aws_cloudwatch_log_group',
      { name: 'a' },
      'ResourceAlreadyExistsException: The specified log group already exists',
    ],
    ['aws_ecr_repository', { name: 'app' }, 'RepositoryAlreadyExistsException'],
    ['aws_sns_topic', { name: 'a' }, 'Topic already exists'],
    ['aws_ecs_cluster', { name: 'a' }, 'already exists'],
  ] as [string, ObjectValue, string][]
).map(([type, config, answer]) => [
  `a second ${type} of the same name`,
  answer,
  async (cloud) => {
    await cloud.make(type, config);
    return cloud.make(type, config);
  },
]);

const inUse: Row[] = [
  [
    'a VPC with subnets',
    "DependencyViolation: The vpc 'vpc-",
    async (c) => c.remove('aws_vpc', (await network(c)).vpc),
  ],
  [
    'a security group that a rule names',
    'has a dependent object',
    async (c) => {
      const { vpc } = await network(c);
      const [own, peer] = [
        await c.make('aws_security_group', { name: 'own', vpc_id: vpc.id ?? '' }),
        await c.make('aws_security_group', { name: 'peer', vpc_id: vpc.id ?? '' }),
      ];
      await c.make('aws_vpc_security_group_ingress_rule', {
        security_group_id: own.id ?? '',
        referenced_security_group_id: peer.id ?? '',
        ip_protocol: '-1',
      });
      return c.remove('aws_security_group', peer);
    },
  ],
  [
    'a security group that a database has',
    'has a dependent object',
    async (c) => {
      const group = await c.make('aws_security_group', { name: 'own', vpc_id: (await network(c)).vpc.id ?? '' });
      await c.make('aws_db_instance', { ...database, vpc_security_group_ids: [group.id ?? ''] });
      return c.remove('aws_security_group', group);
    },
  ],
  [
    'a role with an inline policy',
    'DeleteConflict: Cannot delete entity, must delete policies first.',
    async (c) => {
      const made = await role(c);
      await c.make('aws_iam_role_policy', { role: 'app', name: 'p', policy: grant() });
      return c.remove('aws_iam_role', made);
    },
  ],
  [
    'a role with an attached policy',
    'DeleteConflict: Cannot delete entity, must detach all policies first.',
    async (c) => {
      const made = await role(c);
      await c.make('aws_iam_role_policy_attachment', {
        role: 'app',
        policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      });
      return c.remove('aws_iam_role', made);
    },
  ],
  [
    'a policy that is attached',
    'DeleteConflict: Cannot delete a policy attached to entities.',
    async (c) => {
      await role(c);
      const policy = await c.make('aws_iam_policy', { name: 'p', policy: grant() });
      await c.make('aws_iam_role_policy_attachment', { role: 'app', policy_arn: policy.arn ?? '' });
      return c.remove('aws_iam_policy', policy);
    },
  ],
  [
    'a bucket with objects',
    'BucketNotEmpty',
    async (c) => {
      const bucket = await c.make('aws_s3_bucket', { bucket: 'data' });
      await c.make('aws_s3_object', { bucket: 'data', key: 'a', content: 'a' });
      return c.remove('aws_s3_bucket', bucket);
    },
  ],
  [
    'a cluster with a service',
    'ClusterContainsServicesException',
    async (c) => {
      const cluster = await c.make('aws_ecs_cluster', { name: 'main' });
      await c.make('aws_ecs_service', { name: 'app', cluster: cluster.arn ?? '' });
      return c.remove('aws_ecs_cluster', cluster);
    },
  ],
  [
    'a subnet group with a database',
    'InvalidDBSubnetGroupStateFault',
    async (c) => {
      const group = await c.make('aws_db_subnet_group', { name: 'main', subnet_ids: (await network(c)).subnets });
      await c.make('aws_db_instance', { ...database, db_subnet_group_name: 'main' });
      return c.remove('aws_db_subnet_group', group);
    },
  ],
  [
    'a protected database',
    'Cannot delete protected DB Instance',
    async (c) =>
      c.remove('aws_db_instance', await c.make('aws_db_instance', { ...database, deletion_protection: true })),
  ],
  [
    'a database without a last snapshot',
    'final_snapshot_identifier is required when skip_final_snapshot is false',
    async (c) =>
      c.remove('aws_db_instance', await c.make('aws_db_instance', { ...database, skip_final_snapshot: false })),
  ],
  [
    'a protected table',
    'currently protected against deletion',
    async (c) =>
      c.remove(
        'aws_dynamodb_table',
        await c.make('aws_dynamodb_table', { ...table, deletion_protection_enabled: true }),
      ),
  ],
  [
    'a protected load balancer',
    'OperationNotPermitted',
    async (c) =>
      c.remove(
        'aws_lb',
        await c.make('aws_lb', {
          name: 'a',
          internal: true,
          subnets: (await network(c)).subnets,
          enable_deletion_protection: true,
        }),
      ),
  ],
];

const misfits: Row[] = [
  [
    'a VPC that is too large',
    "InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid.",
    (c) => c.make('aws_vpc', { cidr_block: '10.0.0.0/8' }),
  ],
  [
    'a subnet outside of its VPC',
    "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.",
    async (c) => c.make('aws_subnet', { vpc_id: (await network(c)).vpc.id ?? '', cidr_block: '10.1.0.0/24' }),
  ],
  [
    'a subnet over another one',
    "InvalidSubnet.Conflict: The CIDR '10.0.0.0/25' conflicts with another subnet",
    async (c) => c.make('aws_subnet', { vpc_id: (await network(c)).vpc.id ?? '', cidr_block: '10.0.0.0/25' }),
  ],
  [
    'a subnet in a zone of another region',
    'Subnets can currently only be created in the following availability zones: eu-central-1a',
    async (c) =>
      c.make('aws_subnet', {
        vpc_id: (await network(c)).vpc.id ?? '',
        cidr_block: '10.0.9.0/24',
        availability_zone: 'us-east-1a',
      }),
  ],
  [
    'a rule that is there already',
    'InvalidPermission.Duplicate',
    async (c) => {
      const group = await c.make('aws_security_group', { name: 'app', vpc_id: (await network(c)).vpc.id ?? '' });
      const rule: ObjectValue = {
        security_group_id: group.id ?? '',
        ip_protocol: 'tcp',
        from_port: 80,
        to_port: 80,
        cidr_ipv4: '10.0.0.0/8',
      };
      await c.make('aws_vpc_security_group_ingress_rule', rule);
      return c.make('aws_vpc_security_group_ingress_rule', { ...rule, description: 'again' });
    },
  ],
  [
    'an inline policy beyond the quota',
    'LimitExceeded: Maximum policy size of 10240 bytes exceeded for role app',
    async (c) => {
      await role(c);
      await c.make('aws_iam_role_policy', { role: 'app', name: 'one', policy: grant(6_000) });
      return c.make('aws_iam_role_policy', { role: 'app', name: 'two', policy: grant(6_000) });
    },
  ],
  [
    'a managed policy beyond the quota',
    'LimitExceeded: Cannot exceed quota for PolicySize: 6144',
    (c) => c.make('aws_iam_policy', { name: 'a', policy: grant(7_000) }),
  ],
  ['a policy that is no JSON', 'MalformedPolicyDocument', (c) => c.make('aws_iam_policy', { name: 'a', policy: '{' })],
  [
    'a trust policy without a principal',
    'MalformedPolicyDocument: Missing required field Principal',
    (c) => c.make('aws_iam_role', { name: 'a', assume_role_policy: grant() }),
  ],
  [
    'a bucket policy about another bucket',
    'MalformedPolicy: Policy has invalid resource',
    async (c) => {
      await c.make('aws_s3_bucket', { bucket: 'data' });
      return c.make('aws_s3_bucket_policy', { bucket: 'data', policy: open('arn:aws:s3:::other/*') });
    },
  ],
  [
    'a public policy where public policies are blocked',
    'AccessDenied',
    async (c) => {
      await c.make('aws_s3_bucket', { bucket: 'data' });
      await c.make('aws_s3_bucket_public_access_block', { bucket: 'data', block_public_policy: true });
      return c.make('aws_s3_bucket_policy', { bucket: 'data', policy: open('arn:aws:s3:::data/*') });
    },
  ],
  [
    'a standard dead-letter queue of a FIFO queue',
    'must be same type of queue as the source',
    async (c) => {
      const dead = await c.make('aws_sqs_queue', { name: 'dead' });
      return c.make('aws_sqs_queue', {
        name: 'a.fifo',
        fifo_queue: true,
        redrive_policy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 }),
      });
    },
  ],
  [
    'a table key without its attribute',
    'Some index key attributes are not defined in AttributeDefinitions',
    (c) => c.make('aws_dynamodb_table', { ...table, range_key: 'at' }),
  ],
  [
    'a short database password',
    'is not a valid password because it is shorter than 8 characters.',
    (c) => c.make('aws_db_instance', { ...database, password: 'short' }),
  ],
  [
    'a database password with a slash',
    "Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.",
    (c) => c.make('aws_db_instance', { ...database, password: 'long/enough' }),
  ],
  [
    'a reserved database user',
    'MasterUsername admin cannot be used as it is a reserved word',
    (c) => c.make('aws_db_instance', { ...database, username: 'admin' }),
  ],
  [
    'a subnet group in one zone',
    "DB subnet group doesn't meet Availability Zone (AZ) coverage requirement",
    async (c) => c.make('aws_db_subnet_group', { name: 'a', subnet_ids: (await network(c, ['a', 'a'])).subnets }),
  ],
  [
    'a parameter group of another version',
    "can't be used for this instance. Use a parameter group with DBParameterGroupFamily postgres16.",
    async (c) => {
      await c.make('aws_db_parameter_group', { name: 'old', family: 'postgres15' });
      return c.make('aws_db_instance', { ...database, parameter_group_name: 'old' });
    },
  ],
  [
    'a Fargate size that is not offered',
    'No Fargate configuration exists for given values',
    (c) => c.make('aws_ecs_task_definition', { ...fargate, cpu: '256', memory: '8192' }),
  ],
  [
    'a load balancer in one zone',
    'At least two subnets in two different Availability Zones must be specified',
    async (c) => c.make('aws_lb', { name: 'a', internal: true, subnets: (await network(c, ['a'])).subnets }),
  ],
  [
    'a public load balancer without a gateway',
    'has no internet gateway',
    async (c) => c.make('aws_lb', { name: 'a', internal: false, subnets: (await network(c)).subnets }),
  ],
  [
    'a reserved environment variable',
    'Reserved keys used in this request: AWS_REGION',
    (c) => functionOf(c, { environment: [{ variables: { AWS_REGION: 'x' } }] }),
  ],
  [
    'a queue that hides messages too briefly',
    'Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds',
    async (c) => {
      const queue = await c.make('aws_sqs_queue', { name: 'a' });
      const target = await functionOf(c, { timeout: 60 });
      await c.make('aws_iam_role_policy', {
        role: 'app',
        name: 'p',
        policy: grant()
          .replace('"sqs:SendMessage"', '"sqs:*"')
          .replace('"a"', `"${String(queue.arn)}"`),
      });
      return c.make('aws_lambda_event_source_mapping', {
        function_name: target.arn ?? '',
        event_source_arn: queue.arn ?? '',
      });
    },
  ],
  [
    'a function that may not read its queue',
    'does not have permissions to call ReceiveMessage on SQS',
    async (c) => {
      const queue = await c.make('aws_sqs_queue', { name: 'a' });
      return c.make('aws_lambda_event_source_mapping', {
        function_name: (await functionOf(c)).arn ?? '',
        event_source_arn: queue.arn ?? '',
      });
    },
  ],
  [
    'a rate with the wrong plural',
    'Parameter ScheduleExpression is not valid',
    (c) => c.make('aws_cloudwatch_event_rule', { name: 'a', schedule_expression: 'rate(1 minutes)' }),
  ],
  [
    'a retention that CloudWatch does not offer',
    "at 'retentionInDays' failed to satisfy constraint",
    (c) => c.make('aws_cloudwatch_log_group', { name: 'a', retention_in_days: 2 }),
  ],
];

describe.each([
  ['a dangling reference', dangling],
  ['a name that AWS refuses', badNames],
  ['a name that is taken', taken],
  ['deleting what is in use', inUse],
  ['what does not fit', misfits],
])('the sandbox refuses %s:', (_kind, rows) => {
  it.each(rows)('%s', async (_what, answer, attempt) => {
    await expect(attempt(testCloud())).rejects.toThrow(answer);
  });
});

describe('the sandbox accepts', () => {
  it('references to other accounts, which it cannot judge', async () => {
    const cloud = testCloud();
    const topic = await cloud.make('aws_sns_topic', { name: 'a' });
    const endpoint = 'arn:aws:sqs:eu-central-1:111111111111:theirs';
    await cloud.make('aws_sns_topic_subscription', { topic_arn: topic.arn ?? '', protocol: 'sqs', endpoint });
  });

  it('two objects that are equal but have no name of their own', async () => {
    const cloud = testCloud();
    const [first, second] = [
      await cloud.make('aws_eip', { domain: 'vpc' }),
      await cloud.make('aws_eip', { domain: 'vpc' }),
    ];
    expect(first.id).not.toBe(second.id);
  });

  it('a name again once it is free', async () => {
    const cloud = testCloud();
    await cloud.remove('aws_sqs_queue', await cloud.make('aws_sqs_queue', { name: 'a' }));
    await cloud.make('aws_sqs_queue', { name: 'a' });
  });
});

describe('a part of an object', () => {
  it('is gone when the whole was deleted behind our back', async () => {
    const cloud = testCloud();
    const bucket = await cloud.make('aws_s3_bucket', { bucket: 'data' });
    const block = await cloud.make('aws_s3_bucket_public_access_block', { bucket: 'data' });
    expect(await cloud.read('aws_s3_bucket_public_access_block', block)).not.toBeNull();
    await cloud.store.remove('aws_s3_bucket', String(bucket.id));
    expect(await cloud.read('aws_s3_bucket_public_access_block', block)).toBeNull();
  });
});
