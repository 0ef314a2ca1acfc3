// Laws of what an environment decides: only static fields, only where a contract has them.
import { expect, test } from 'vitest';
import { environmentFields } from './environment-fields.ts';
import { queueContract } from './fixtures.ts';

const target = { kind: 'aws' as const, region: 'cn-north-1', account: '123456789012' };
const field = (known: 'static' | 'applied') => ({ type: 'string' as const, title: 'x', known });

test('the place of an environment is known before an apply, where the contract calls it static', () => {
  const properties = { region: field('static'), partition: field('static'), account: field('applied') };
  expect(environmentFields({ ...queueContract, properties }, target)).toEqual({
    region: 'cn-north-1',
    partition: 'aws-cn',
  });
  expect(environmentFields(queueContract, target)).toEqual({});
});
