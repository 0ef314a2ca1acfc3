// What a function may do apart from its connections: write its log, and have network interfaces in its network.
import type { CloudwatchLogGroup } from '../construct/aws/logs.ts';
import { type AwsStatement, defineWorkload, type ModuleScope, type Workload } from '../construct/index.ts';
import type { Params } from './params.ts';

export function makeIdentity(scope: ModuleScope<Params>, logs: CloudwatchLogGroup): Workload {
  return defineWorkload(scope, {
    service: 'lambda.amazonaws.com',
    statements: [
      {
        Sid: 'WriteLogs',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: [`${logs.arn}:*`],
      },
      ...(scope.optional('network') ? [INTERFACES] : []),
    ],
  });
}

// Lambda makes the interfaces with the function's role; their ids are not known before, and two of the calls are judged against no resource.
const INTERFACES: AwsStatement = {
  Sid: 'NetworkInterfaces',
  Effect: 'Allow',
  Action: [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
  ],
  Resource: ['*'],
};
