// Flow logs of a VPC into a CloudWatch log group, through a role that may write to that group alone.
import { FlowLog, type Vpc } from '../construct/aws/ec2.ts';
import { IamRole, IamRolePolicy } from '../construct/aws/iam.ts';
import { CloudwatchLogGroup } from '../construct/aws/logs.ts';
import { type ModuleScope, policyDocument } from '../construct/index.ts';

export function makeFlowLogs(scope: ModuleScope<unknown>, vpc: Vpc, days: number): void {
  const { stack, context } = scope;
  const group = new CloudwatchLogGroup(stack, 'flow_logs', {
    name: `/plumbline/flow-logs/${scope.name(200)}`,
    retentionInDays: days,
  });
  const role = new IamRole(stack, 'flow_logs_role', {
    name: scope.name(64, { suffix: 'flow-logs' }),
    assumeRolePolicy: policyDocument([
      {
        Sid: 'FlowLogs',
        Effect: 'Allow',
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Action: ['sts:AssumeRole'],
        Condition: { StringEquals: { 'aws:SourceAccount': [context.account] } },
      },
    ]),
  });
  const policy = new IamRolePolicy(stack, 'flow_logs_policy', {
    name: 'write-flow-logs',
    role: role.id,
    policy: policyDocument([
      {
        Sid: 'Write',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: [`${group.arn}:*`],
      },
      // AWS judges this call against no group.
      { Sid: 'Find', Effect: 'Allow', Action: ['logs:DescribeLogGroups'], Resource: ['*'] },
    ]),
  });
  new FlowLog(stack, 'flow_log', {
    vpcId: vpc.id,
    trafficType: 'ALL',
    logDestinationType: 'cloud-watch-logs',
    logDestination: group.arn,
    iamRoleArn: role.arn,
    dependsOn: [policy],
  });
}
