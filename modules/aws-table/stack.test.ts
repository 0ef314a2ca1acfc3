import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesizeNode, type TestNode } from '../construct/testing.ts';
import stack from './stack.ts';

const table = (node?: TestNode) => resourcesOf(synthesizeNode(stack, 'aws-table', node))['aws_dynamodb_table.table'];

describe('aws-table', () => {
  it('makes an encrypted table that is paid for by request and can be restored', () => {
    expect(table({ preset: 'standard' })).toEqual({
      name: 'shop-dev-node',
      billing_mode: 'PAY_PER_REQUEST',
      hash_key: 'pk',
      attribute: [{ name: 'pk', type: 'S' }],
      point_in_time_recovery: { enabled: true },
      server_side_encryption: { enabled: true },
      deletion_protection_enabled: false,
    });
  });

  it('cannot be deleted where its node is protected', () => {
    expect(table({ protected: true })).toMatchObject({ deletion_protection_enabled: true });
  });

  it('sets capacity only where capacity is paid for', () => {
    expect(table({ preset: 'steady' })).toMatchObject({
      billing_mode: 'PROVISIONED',
      read_capacity: 25,
      write_capacity: 25,
    });
    expect(table()).not.toHaveProperty('read_capacity');
  });

  it('has a sort key and an expiry attribute where they are named', () => {
    expect(table({ params: { sortKey: 'at', sortKeyType: 'N', ttlAttribute: 'expires' } })).toMatchObject({
      range_key: 'at',
      attribute: [
        { name: 'pk', type: 'S' },
        { name: 'at', type: 'N' },
      ],
      ttl: { enabled: true, attribute_name: 'expires' },
    });
  });

  it('stays the same root when the node is renamed', () => {
    expect(synthesizeNode(stack, 'aws-table', { name: 'Other name' })).toEqual(synthesizeNode(stack, 'aws-table'));
  });
});
