// A PostgreSQL instance on RDS: private, encrypted, TLS only, with a managed master password and IAM log-in.
import { SecurityGroup } from '../construct/aws/ec2.ts';
import { CloudwatchLogGroup } from '../construct/aws/logs.ts';
import { DbInstance, DbParameterGroup, DbSubnetGroup } from '../construct/aws/rds.ts';
import { defineModule, type ModuleScope } from '../construct/index.ts';

interface Params {
  version: string;
  instanceClass: string;
  storageGb: number;
  maximumStorageGb: number;
  multiAz: boolean;
  backupDays: number;
  database: string;
  username: string;
  finalSnapshot: boolean;
}

type Scope = ModuleScope<Params>;

const PORT = 5432;
const LOGS = ['postgresql', 'upgrade'] as const;
const LOG_DAYS = 30;
const INSIGHTS_DAYS = 7;

export default defineModule<Params>((scope) => {
  const { context, params } = scope;
  const group = new SecurityGroup(scope.stack, 'security_group', {
    name: scope.name(255),
    description: `Plumbline node ${context.node}`,
    vpcId: scope.input('network').string('vpcId'),
  });
  const instance = makeInstance(scope, group);
  return {
    postgres: {
      host: instance.address,
      port: PORT,
      database: params.database,
      resourceId: instance.resourceId,
      account: context.account,
      partition: context.partition,
      region: context.region,
      arn: instance.arn,
      username: params.username,
      securityGroupId: group.id,
      adminSecret: { arn: instance.masterUserSecret.get(0).secretArn },
    },
  };
});

function makeInstance(scope: Scope, group: SecurityGroup): DbInstance {
  const { stack, params, context } = scope;
  const identifier = scope.name(63, { lowercase: true });
  return new DbInstance(stack, 'instance', {
    identifier,
    engine: 'postgres',
    engineVersion: params.version,
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: true,
    // Whoever presses Apply expects it to be done then, not in next week's maintenance window.
    applyImmediately: true,
    instanceClass: params.instanceClass,
    ...storage(params),
    multiAz: params.multiAz,
    dbName: params.database,
    port: PORT,
    username: 'dbadmin',
    manageMasterUserPassword: true,
    iamDatabaseAuthenticationEnabled: true,
    dbSubnetGroupName: makeSubnetGroup(scope).name,
    parameterGroupName: makeParameterGroup(scope).name,
    vpcSecurityGroupIds: [group.id],
    publiclyAccessible: false,
    backupRetentionPeriod: params.backupDays,
    copyTagsToSnapshot: true,
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
    enabledCloudwatchLogsExports: [...LOGS],
    deletionProtection: context.protected,
    skipFinalSnapshot: !params.finalSnapshot,
    finalSnapshotIdentifier: params.finalSnapshot ? `${identifier}-final` : undefined,
    // RDS would make the groups itself, and keep every line for ever.
    dependsOn: makeLogGroups(scope, identifier),
  });
}

function storage({ storageGb, maximumStorageGb }: Params) {
  return {
    storageType: 'gp3',
    storageEncrypted: true,
    allocatedStorage: storageGb,
    maxAllocatedStorage: maximumStorageGb > storageGb ? maximumStorageGb : undefined,
  };
}

function makeSubnetGroup(scope: Scope): DbSubnetGroup {
  return new DbSubnetGroup(scope.stack, 'subnet_group', {
    name: scope.name(255, { lowercase: true }),
    description: `Plumbline node ${scope.context.node}`,
    subnetIds: scope.input('network').strings('privateSubnetIds'),
  });
}

function makeParameterGroup(scope: Scope): DbParameterGroup {
  const family = `postgres${scope.params.version}`;
  return new DbParameterGroup(scope.stack, 'parameter_group', {
    // A group cannot change its family while an instance uses it: another version needs another name.
    name: scope.name(255, { suffix: family, lowercase: true }),
    family,
    description: `Plumbline node ${scope.context.node}`,
    parameter: [{ name: 'rds.force_ssl', value: '1' }],
    lifecycle: { createBeforeDestroy: true },
  });
}

function makeLogGroups({ stack }: Scope, identifier: string): CloudwatchLogGroup[] {
  return LOGS.map(
    (log) =>
      new CloudwatchLogGroup(stack, `${log}_logs`, {
        name: `/aws/rds/instance/${identifier}/${log}`,
        retentionInDays: LOG_DAYS,
      }),
  );
}
