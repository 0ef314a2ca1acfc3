import { describe } from 'vitest';
import {
  areRefused,
  database,
  fargate,
  functionOf,
  grant,
  network,
  open,
  type Row,
  role,
  table,
} from '../testing/samples.ts';
import type { ObjectValue } from '../wire/value.ts';

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

describe('the sandbox refuses what does not fit:', () => areRefused(misfits));
