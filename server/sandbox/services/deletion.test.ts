import { describe } from 'vitest';
import { areRefused, database, grant, network, type Row, role, table } from '../testing/samples.ts';

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

describe('the sandbox refuses deleting what is in use:', () => areRefused(inUse));
