import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesizeNode, type TestInput, type TestNode } from '../construct/testing.ts';
import stack from './stack.ts';

const imageUri = '000000000000.dkr.ecr.eu-central-1.amazonaws.com/invoices:1.0.0';
const network: TestInput = { port: 'network', contract: 'aws-network', id: 'net-worker' };
const events: TestInput = {
  port: 'events',
  contract: 'aws-queue',
  id: 'queue-worker',
  grants: ['receive', 'delete'],
  envPrefix: 'ORDERS_QUEUE',
};
const database: TestInput = {
  port: 'database',
  contract: 'aws-postgres',
  id: 'db-worker',
  grants: ['admin'],
  envPrefix: 'ORDERS_DB',
};

const root = ({ params, ...node }: TestNode = {}) =>
  synthesizeNode(stack, 'aws-function', { params: { imageUri, ...params }, ...node });
const resources = (node?: TestNode) => resourcesOf(root(node));
const made = (node?: TestNode) => resources(node)['aws_lambda_function.function'];

describe('aws-function', () => {
  it('makes a function from an image, logging to a group of its own', () => {
    expect(made()).toMatchObject({
      function_name: 'shop-dev-node',
      package_type: 'Image',
      image_uri: imageUri,
      architectures: ['arm64'],
      memory_size: 512,
      timeout: 30,
      logging_config: { log_format: 'Text', log_group: '${aws_cloudwatch_log_group.logs.name}' },
    });
    expect(made()).not.toHaveProperty('reserved_concurrent_executions');
    expect(made()).not.toHaveProperty('environment');
  });

  it('makes a function from a zip in a bucket', () => {
    const params = { source: 'zip', zipBucket: 'artifacts', zipKey: 'worker/1.zip' };
    expect(made({ params })).toMatchObject({
      package_type: 'Zip',
      s3_bucket: 'artifacts',
      s3_key: 'worker/1.zip',
      runtime: 'nodejs22.x',
      handler: 'index.handler',
    });
    expect(made({ params })).not.toHaveProperty('image_uri');
  });

  it('is called by a connected queue, whose failed messages alone come back', () => {
    const all = resources({ inputs: [events] });
    expect(all['aws_lambda_event_source_mapping.events_queue_worker']).toEqual({
      event_source_arn: '${var.in_queue_worker_arn}',
      function_name: '${aws_lambda_function.function.arn}',
      batch_size: 10,
      function_response_types: ['ReportBatchItemFailures'],
      depends_on: expect.arrayContaining(['aws_iam_role_policy.grant_queue_worker']),
    });
    const policy = String(all['aws_iam_role_policy.grant_queue_worker']?.policy);
    expect(policy).toContain('"sqs:ReceiveMessage"');
    expect(policy).toContain('"sqs:DeleteMessage"');
    expect(policy).not.toContain('"sqs:SendMessage"');
  });

  it('runs in the private subnets of a connected network, and may make interfaces only then', () => {
    expect(made({ inputs: [network] })).toMatchObject({
      vpc_config: {
        subnet_ids: '${var.in_net_worker_privateSubnetIds}',
        security_group_ids: ['${aws_security_group.security_group.id}'],
      },
    });
    const baseline = (node?: TestNode) => String(resources(node)['aws_iam_role_policy.baseline']?.policy);
    expect(baseline({ inputs: [network] })).toContain('ec2:CreateNetworkInterface');
    expect(baseline()).not.toContain('ec2:');
    expect(made()).not.toHaveProperty('vpc_config');
  });

  it('is told where a secret is, and reads it with its own role', () => {
    const all = resources({ inputs: [network, database] });
    expect(all['aws_lambda_function.function']).toMatchObject({
      environment: { variables: { ORDERS_DB_PASSWORD_SECRET_ARN: '${var.in_db_worker_adminSecret_arn}' } },
    });
    expect(all['aws_iam_role_policy.grant_db_worker']).toMatchObject({ role: '${aws_iam_role.role.id}' });
    expect(String(all['aws_iam_role_policy.grant_db_worker']?.policy)).toContain('secretsmanager:GetSecretValue');
  });

  it('refuses a database without the network that it is in', () => {
    expect(() => resources({ inputs: [database] })).toThrow('Connect the function to that network too.');
  });

  it('can be switched off with no concurrency at all', () => {
    expect(made({ params: { reservedConcurrency: 0 } })).toMatchObject({ reserved_concurrent_executions: 0 });
  });

  it('raises an alarm on errors where it is asked for', () => {
    expect(resources()['aws_cloudwatch_metric_alarm.errors']).toMatchObject({ metric_name: 'Errors', threshold: 0 });
    expect(resources({ params: { errorAlarm: false } })).not.toHaveProperty(['aws_cloudwatch_metric_alarm.errors']);
  });

  it.each(['small', 'standard', 'batch'])('synthesizes the preset %s', (preset) => {
    expect(made({ preset })).toHaveProperty('memory_size');
  });

  it('stays the same root when the node is renamed', () => {
    expect(root({ name: 'Other name', inputs: [events] })).toEqual(root({ inputs: [events] }));
  });
});
