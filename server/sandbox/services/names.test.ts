import { describe, expect, it } from 'vitest';
import { areRefused, database, functionOf, grant, network, type Row, role, table, trust } from '../testing/samples.ts';
import { testCloud } from '../testing/test-cloud.ts';
import type { ObjectValue } from '../wire/value.ts';

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

describe('the sandbox refuses a name that AWS refuses:', () => areRefused(badNames));
describe('the sandbox refuses a name that is taken:', () => areRefused(taken));

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
