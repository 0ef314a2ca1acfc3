// Small configurations that the tests of refusals are made of.

import { expect, it } from 'vitest';
import type { ObjectValue } from '../wire/value.ts';
import { type TestCloud, testCloud } from './test-cloud.ts';

type Attempt = (cloud: TestCloud) => Promise<unknown>;
/** What is tried, and a part of what AWS answers. */
export type Row = [what: string, answer: string, attempt: Attempt];

/** One test per row: the attempt on a fresh cloud is refused with the answer. */
export function areRefused(rows: readonly Row[]): void {
  it.each(rows)('%s', async (_what, answer, attempt) => {
    await expect(attempt(testCloud())).rejects.toThrow(answer);
  });
}

export const trust = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
  });
export const grant = (size = 1): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'a'.repeat(size) }],
  });
export const open = (resource: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: resource }],
  });
export const container = JSON.stringify([{ name: 'web', image: 'nginx', portMappings: [{ containerPort: 80 }] }]);
export const fargate = {
  family: 'app',
  requires_compatibilities: ['FARGATE'],
  network_mode: 'awsvpc',
  container_definitions: container,
};
export const database = {
  identifier: 'main',
  engine: 'postgres',
  engine_version: '16.4',
  instance_class: 'db.t4g.micro',
  allocated_storage: 20,
  username: 'app',
  password: 'long-enough',
  skip_final_snapshot: true,
};
export const table = {
  name: 'orders',
  billing_mode: 'PAY_PER_REQUEST',
  hash_key: 'id',
  attribute: [{ name: 'id', type: 'S' }],
};
export const role = (cloud: TestCloud, name = 'app', service = 'lambda.amazonaws.com'): Promise<ObjectValue> =>
  cloud.make('aws_iam_role', { name, assume_role_policy: trust(service) });
export const ROLE_ARN = 'arn:aws:iam::000000000000:role/nobody';
export const QUEUE_ARN = 'arn:aws:sqs:eu-central-1:000000000000:nothing';
export const TOPIC_ARN = 'arn:aws:sns:eu-central-1:000000000000:nothing';

export async function network(cloud: TestCloud, zones = ['a', 'b']): Promise<{ vpc: ObjectValue; subnets: string[] }> {
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

export const functionOf = async (cloud: TestCloud, more: ObjectValue = {}): Promise<ObjectValue> =>
  cloud.make('aws_lambda_function', {
    function_name: 'app',
    role: (await role(cloud)).arn ?? '',
    runtime: 'nodejs20.x',
    handler: 'a.b',
    filename: 'a.zip',
    ...more,
  });
