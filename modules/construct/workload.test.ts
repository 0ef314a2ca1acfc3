import { describe, expect, it } from 'vitest';
import { fixtureManifest, many } from './fixture.ts';
import { defineModule, defineSecurityGroup, defineWorkload, type Workload, type WorkloadOptions } from './index.ts';
import { resourcesOf, synthesizeNode, type TestInput } from './testing.ts';

const manifest = {
  ...fixtureManifest({
    queues: many('aws-queue'),
    files: many('aws-bucket'),
    database: many('aws-postgres'),
    calls: many('http-endpoint'),
  }),
  workload: true,
};
const queue: TestInput = {
  port: 'queues',
  contract: 'aws-queue',
  id: 'orders-app',
  grants: ['send', 'receive'],
  envPrefix: 'ORDERS',
};
const files: TestInput = {
  port: 'files',
  contract: 'aws-bucket',
  id: 'files-app',
  grants: ['read'],
  envPrefix: 'FILES',
};
const database: TestInput = {
  port: 'database',
  contract: 'aws-postgres',
  id: 'db-app',
  grants: ['admin', 'connect'],
  envPrefix: 'DB',
};
const call: TestInput = { port: 'calls', contract: 'http-endpoint', id: 'web-app', envPrefix: 'WEB' };
const ecs: WorkloadOptions = { service: 'ecs-tasks.amazonaws.com', executionRole: true };
const lambda: WorkloadOptions = { service: 'lambda.amazonaws.com' };

function synthesize(options: WorkloadOptions, inputs: TestInput[]) {
  let workload: Workload | undefined;
  const module = defineModule((scope) => {
    workload = defineWorkload(scope, options);
    defineSecurityGroup(scope, 'vpc-1');
    return {};
  });
  const result = synthesizeNode(module, manifest, { inputs });
  return { resources: resourcesOf(result), workload: workload as Workload };
}
const policyOf = (resource: Record<string, unknown> | undefined) => String(resource?.policy);

describe('defineWorkload', () => {
  it('gives each connection one inline policy with its grants and nothing else', () => {
    const { resources } = synthesize(ecs, [queue, files]);
    expect(Object.keys(resources).filter((address) => address.startsWith('aws_iam_role_policy.'))).toEqual([
      'aws_iam_role_policy.grant_files_app',
      'aws_iam_role_policy.grant_orders_app',
    ]);
    const granted = resources['aws_iam_role_policy.grant_orders_app'];
    expect(granted).toMatchObject({ name: 'orders-app', role: '${aws_iam_role.role.id}' });
    expect(policyOf(granted)).toContain('"sqs:SendMessage"');
    expect(policyOf(granted)).toContain('"Resource" = [var.in_orders_app_arn]');
    expect(policyOf(granted)).not.toContain('DeleteMessage');
  });

  it('gives every statement of a document its own Sid', () => {
    const policy = policyOf(synthesize(ecs, [files]).resources['aws_iam_role_policy.grant_files_app']);
    const sids = [...policy.matchAll(/"Sid" = "([A-Za-z0-9]+)"/g)].map((match) => match[1]);
    expect(sids).toEqual(['read', 'read2']);
  });

  it('lets the execution role, and not the task, read the secrets that are injected', () => {
    const { resources, workload } = synthesize(ecs, [database]);
    const injector = resources['aws_iam_role_policy.injector_db_app'];
    expect(injector?.role).toBe('${aws_iam_role.execution_role.id}');
    expect(policyOf(injector)).toContain('secretsmanager:GetSecretValue');
    expect(policyOf(injector)).toContain('var.in_db_app_adminSecret_arn');
    expect(policyOf(resources['aws_iam_role_policy.grant_db_app'])).toContain('rds-db:connect');
    expect(policyOf(resources['aws_iam_role_policy.grant_db_app'])).not.toContain('secretsmanager');
    expect(workload.secrets.map(({ name, key }) => [name, key])).toEqual([
      ['DB_ADMIN_USERNAME', 'username'],
      ['DB_PASSWORD', 'password'],
    ]);
    expect(workload.secrets[0]?.valueFrom).toMatch(/:username::$/);
  });

  it('lets a workload without an execution role read its secrets itself', () => {
    const { resources } = synthesize(lambda, [database]);
    expect(resources).not.toHaveProperty('aws_iam_role.execution_role');
    expect(resources).not.toHaveProperty('aws_iam_role_policy.injector_db_app');
    const policy = policyOf(resources['aws_iam_role_policy.grant_db_app']);
    expect(policy).toContain('secretsmanager:GetSecretValue');
    expect(policy).toContain('rds-db:connect');
  });

  it('gives no secret and no right to it where the line does not carry the grant', () => {
    const { resources, workload } = synthesize(ecs, [{ ...database, grants: ['connect'] }]);
    expect(workload.secrets).toEqual([]);
    expect(resources).not.toHaveProperty('aws_iam_role_policy.injector_db_app');
  });

  it('hands the values of a connection over as variables, by name', () => {
    const { workload } = synthesize(ecs, [queue, files]);
    expect(workload.variables.map(({ name }) => name)).toEqual([
      'FILES_NAME',
      'FILES_REGION',
      'ORDERS_REGION',
      'ORDERS_URL',
    ]);
  });

  it('refuses two connections that give the same variable', () => {
    const second = { ...queue, id: 'other-app' };
    expect(() => synthesize(ecs, [queue, second])).toThrow(
      'Connections orders-app and other-app both give the variable ORDERS_REGION. Set another prefix on one of them.',
    );
  });

  it('lets nobody but the runtime take its roles', () => {
    const { resources } = synthesize(ecs, []);
    for (const id of ['role', 'execution_role']) {
      const trust = String(resources[`aws_iam_role.${id}`]?.assume_role_policy);
      expect(trust).toContain('"Service" = "ecs-tasks.amazonaws.com"');
      expect(trust).toContain('"aws:SourceAccount" = ["000000000000"]');
    }
    expect(resources['aws_iam_role.role']?.name).toBe('shop-dev-node-task');
    expect(synthesize(lambda, []).resources['aws_iam_role.role']?.name).toBe('shop-dev-node');
  });
});

describe('defineSecurityGroup', () => {
  it("opens the producer's port to this workload's group alone", () => {
    const { resources } = synthesize(ecs, [database]);
    expect(resources['aws_vpc_security_group_ingress_rule.network_db_app_1']).toMatchObject({
      security_group_id: '${var.in_db_app_securityGroupId}',
      referenced_security_group_id: '${aws_security_group.security_group.id}',
      ip_protocol: 'tcp',
      from_port: '${var.in_db_app_port}',
      to_port: '${var.in_db_app_port}',
    });
  });

  it('opens nothing at a producer that has no security group', () => {
    const { resources } = synthesize(ecs, [{ ...call, absent: ['securityGroupId'] }]);
    expect(Object.keys(resources).filter((address) => address.includes('ingress'))).toEqual([]);
    expect(synthesize(ecs, [call]).resources).toHaveProperty('aws_vpc_security_group_ingress_rule.network_web_app_1');
  });
});
