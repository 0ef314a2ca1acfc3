import { describe, expect, it } from 'vitest';
import { conform, mapValues } from '../schema/conform.ts';
import { loadSchemas, type TypeSchema } from '../schema/schema-data.ts';
import { type ObjectValue, UNKNOWN } from '../wire/value.ts';
import { type Plan, plan } from './plan.ts';

function schemaOf(name: string): TypeSchema {
  const type = loadSchemas([name], []).resources.get(name);
  if (!type) throw new Error(`no type ${name}`);
  return type;
}

/** Plans as Terraform would ask for it: proposed is the configuration over the prior computed values. */
function planOf(
  name: string,
  given: ObjectValue,
  before: ObjectValue | null = null,
  defaultTags: ObjectValue = {},
): Plan {
  const type = schemaOf(name);
  const config = conform(type.block, given);
  const prior = before && conform(type.block, before);
  const proposed = conform(type.block, given);
  for (const [attribute, { computed }] of Object.entries(type.block.attributes ?? {})) {
    if (prior && computed && proposed[attribute] === null) proposed[attribute] = prior[attribute] ?? null;
  }
  return plan({ type, prior, config, proposed, defaultTags });
}

const queue = { name: 'work', visibility_timeout_seconds: 30 };
const liveQueue = {
  ...mapValues(planOf('aws_sqs_queue', queue).planned, (value) => (value === UNKNOWN ? null : value)),
  id: 'u',
  url: 'u',
  arn: 'a',
  tags_all: {},
};

describe('a create plan', () => {
  it('takes defaults, and leaves to the cloud what the cloud chooses', () => {
    const { planned } = planOf('aws_sqs_queue', queue);
    expect(planned).toMatchObject({ name: 'work', delay_seconds: 0, arn: UNKNOWN, id: UNKNOWN, tags_all: UNKNOWN });
  });

  it('puts the default tags under the own ones', () => {
    const { planned } = planOf('aws_sqs_queue', { ...queue, tags: { a: '1' } }, null, { a: '0', b: '2' });
    expect(planned.tags_all).toEqual({ a: '1', b: '2' });
  });

  it('leaves a block to the cloud that the cloud fills when nothing is said', () => {
    expect(planOf('aws_s3_bucket', { bucket: 'a' }).planned.versioning).toBe(UNKNOWN);
  });

  it('never keeps a write-only value', () => {
    const { planned } = planOf('aws_db_instance', { instance_class: 'db.t4g.micro', password_wo: 'very-secret' });
    expect(planned.password_wo).toBeNull();
  });

  it('collapses a set with one unknown element, as the older SDK does', () => {
    const { planned } = planOf('aws_db_subnet_group', { name: 'a', subnet_ids: ['subnet-1', UNKNOWN] });
    expect(planned.subnet_ids).toBe(UNKNOWN);
  });
});

describe('an update plan', () => {
  it('is the object itself when nothing changes', () => {
    const { planned, replace } = planOf('aws_sqs_queue', queue, liveQueue);
    expect(planned).toEqual(conform(schemaOf('aws_sqs_queue').block, liveQueue));
    expect(replace).toEqual([]);
  });

  it('keeps what the cloud chose when something else changes', () => {
    const { planned, replace } = planOf('aws_sqs_queue', { ...queue, visibility_timeout_seconds: 60 }, liveQueue);
    expect(planned).toMatchObject({ arn: 'a', visibility_timeout_seconds: 60 });
    expect(replace).toEqual([]);
  });

  it('replaces the object when a fixed attribute changes', () => {
    const { replace } = planOf('aws_sqs_queue', { ...queue, name: 'other' }, liveQueue);
    expect(replace).toEqual([{ steps: [{ attribute_name: 'name' }] }]);
  });

  it('keeps a policy that differs in spaces and order only', () => {
    const before = { ...liveQueue, policy: '{"Version":"1","Statement":[]}' };
    const { planned } = planOf('aws_sqs_queue', { ...queue, policy: '{ "Statement": [], "Version": "1" }' }, before);
    expect(planned.policy).toBe(before.policy);
  });

  it('does not mind the order of a set', () => {
    const group = { id: 'g', name: 'g', subnet_ids: ['b', 'a'], description: 'd', tags_all: {} };
    const { planned, replace } = planOf(
      'aws_db_subnet_group',
      { name: 'g', description: 'd', subnet_ids: ['a', 'b'] },
      group,
    );
    expect(planned.subnet_ids).toEqual(['b', 'a']);
    expect(replace).toEqual([]);
  });
});
