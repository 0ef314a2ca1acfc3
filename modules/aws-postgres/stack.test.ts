import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesizeNode, type TestNode } from '../construct/testing.ts';
import stack from './stack.ts';

const inputs = [{ port: 'network', contract: 'aws-network', id: 'net-db' }];
const postgres = (node: TestNode = {}) => resourcesOf(synthesizeNode(stack, 'aws-postgres', { inputs, ...node }));
const instance = (node?: TestNode) => postgres(node)['aws_db_instance.instance'];

describe('aws-postgres', () => {
  it('makes a private, encrypted instance with a managed password, IAM log-in and TLS', () => {
    expect(instance()).toMatchObject({
      identifier: 'shop-dev-node',
      engine: 'postgres',
      engine_version: '16',
      publicly_accessible: false,
      storage_encrypted: true,
      manage_master_user_password: true,
      iam_database_authentication_enabled: true,
      auto_minor_version_upgrade: true,
      enabled_cloudwatch_logs_exports: ['postgresql', 'upgrade'],
    });
    expect(postgres()['aws_db_parameter_group.parameter_group']).toMatchObject({
      name: 'shop-dev-node-postgres16',
      family: 'postgres16',
      parameter: [{ name: 'rds.force_ssl', value: '1' }],
    });
  });

  it('lets nobody in by itself: whoever is connected brings the rule', () => {
    const types = Object.keys(postgres()).map((address) => address.split('.')[0]);
    expect(types).not.toContain('aws_vpc_security_group_ingress_rule');
    expect(postgres()['aws_security_group.security_group']).not.toHaveProperty('ingress');
  });

  it('refuses deletion where the node is protected', () => {
    expect(instance()).toMatchObject({ deletion_protection: false });
    expect(instance({ protected: true })).toMatchObject({ deletion_protection: true });
  });

  it('leaves a final snapshot unless params say otherwise, protected or not', () => {
    expect(instance()).toMatchObject({
      skip_final_snapshot: false,
      final_snapshot_identifier: 'shop-dev-node-final',
    });
    expect(instance({ preset: 'small' })).toMatchObject({ skip_final_snapshot: true });
    expect(instance({ preset: 'small' })).not.toHaveProperty('final_snapshot_identifier');
  });

  it('lets storage grow only to a size above its own', () => {
    expect(instance()).toMatchObject({ allocated_storage: 20, max_allocated_storage: 100 });
    expect(instance({ params: { maximumStorageGb: 0 } })).not.toHaveProperty('max_allocated_storage');
  });

  it('publishes the master password as a reference, and the IAM user from params', () => {
    const { root } = synthesizeNode(stack, 'aws-postgres', { inputs, params: { username: 'orders' } });
    expect(root.output).toMatchObject({
      postgres: {
        value: {
          username: 'orders',
          account: '000000000000',
          partition: 'aws',
          adminSecret: { arn: '${aws_db_instance.instance.master_user_secret[0].secret_arn}' },
        },
      },
    });
  });

  it.each(['small', 'production', 'large'])('synthesizes the preset %s', (preset) => {
    expect(instance({ preset })).toHaveProperty('instance_class');
  });

  it('stays the same root when the node is renamed', () => {
    expect(synthesizeNode(stack, 'aws-postgres', { inputs, name: 'Other name' })).toEqual(
      synthesizeNode(stack, 'aws-postgres', { inputs }),
    );
  });
});
