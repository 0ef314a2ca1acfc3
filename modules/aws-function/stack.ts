// A Lambda function with its own role, called by the queues that are connected to it.
import { CloudwatchMetricAlarm } from '../construct/aws/cloudwatch.ts';
import { LambdaEventSourceMapping, LambdaFunction } from '../construct/aws/lambda.ts';
import { CloudwatchLogGroup } from '../construct/aws/logs.ts';
import {
  type Binding,
  defineModule,
  defineSecurityGroup,
  type ModuleScope,
  type Workload,
} from '../construct/index.ts';
import { makeIdentity } from './identity.ts';
import type { Params } from './params.ts';

type Scope = ModuleScope<Params>;

export default defineModule<Params>((scope) => {
  const { stack, params } = scope;
  const name = scope.name(64);
  const logs = new CloudwatchLogGroup(stack, 'logs', { name: `/aws/lambda/${name}`, retentionInDays: params.logDays });
  const workload = makeIdentity(scope, logs);
  const made = new LambdaFunction(stack, 'function', {
    functionName: name,
    role: workload.role.arn,
    ...code(params),
    architectures: [params.architecture],
    memorySize: params.memoryMb,
    timeout: params.timeoutSeconds,
    reservedConcurrentExecutions: params.reservedConcurrency,
    loggingConfig: { logFormat: 'Text', logGroup: logs.name },
    environment: environment(params, workload),
    vpcConfig: network(scope),
    dependsOn: [...workload.policies],
  });
  for (const queue of scope.inputs('events')) callOnMessages(scope, made, workload, queue);
  if (params.errorAlarm) makeAlarm(scope, made);
  return { function: { arn: made.arn, name: made.functionName, region: scope.context.region } };
});

function code({ source, imageUri, zipBucket, zipKey, runtime, handler }: Params) {
  return source === 'image'
    ? { packageType: 'Image', imageUri }
    : { packageType: 'Zip', s3Bucket: zipBucket, s3Key: zipKey, runtime, handler };
}

/** Lambda injects no secrets: a variable says which secret to read. */
function environment({ variables }: Params, workload: Workload) {
  const given = [
    ...workload.variables.map(({ name, value }) => [name, value] as const),
    ...workload.secrets.map(({ name, arn }) => [`${name}_SECRET_ARN`, arn] as const),
  ];
  const taken = given.find(([name]) => Object.hasOwn(variables, name));
  if (taken) {
    throw new Error(
      `The variable ${taken[0]} is set in params, and a connection gives it too. Remove one, or set another prefix on the connection.`,
    );
  }
  const all = { ...variables, ...Object.fromEntries(given) };
  return Object.keys(all).length > 0 ? { variables: all } : undefined;
}

function network(scope: Scope) {
  const binding = scope.optional('network');
  if (!binding) {
    const [database] = scope.inputs('database');
    if (!database) return undefined;
    throw new Error(
      `Connection ${database.connection.id} leads to a database, which only answers inside of its network. Connect the function to that network too.`,
    );
  }
  const group = defineSecurityGroup(scope, binding.string('vpcId'));
  return { subnetIds: binding.strings('privateSubnetIds'), securityGroupIds: [group.id] };
}

function callOnMessages({ stack, params }: Scope, made: LambdaFunction, workload: Workload, queue: Binding): void {
  new LambdaEventSourceMapping(stack, `events_${queue.connection.id.replaceAll('-', '_')}`, {
    eventSourceArn: queue.string('arn'),
    functionName: made.arn,
    batchSize: params.batchSize,
    functionResponseTypes: ['ReportBatchItemFailures'],
    // Lambda refuses a queue that the function's role may not read yet.
    dependsOn: [...workload.policies],
  });
}

function makeAlarm(scope: Scope, made: LambdaFunction): void {
  new CloudwatchMetricAlarm(scope.stack, 'errors', {
    alarmName: scope.name(255, { suffix: 'errors' }),
    alarmDescription: `Calls of the function ${scope.context.node} fail.`,
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    dimensions: { FunctionName: made.functionName },
    statistic: 'Sum',
    period: 300,
    evaluationPeriods: 1,
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 0,
    treatMissingData: 'notBreaching',
  });
}
