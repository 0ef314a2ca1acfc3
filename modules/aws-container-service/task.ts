// The task definition: one container with the variables and secrets that its connections give.
import { EcsTaskDefinition } from '../construct/aws/ecs.ts';
import { CloudwatchLogGroup } from '../construct/aws/logs.ts';
import { type AwsStatement, defineWorkload, Fn, type ModuleScope, type Workload } from '../construct/index.ts';
import type { Params } from './params.ts';

/** Name of the container in the task. */
export const CONTAINER = 'app';

type Scope = ModuleScope<Params>;

export function makeTask(scope: Scope): { definition: EcsTaskDefinition; workload: Workload } {
  const { stack, params } = scope;
  const logs = new CloudwatchLogGroup(stack, 'logs', {
    name: `/plumbline/service/${scope.name(200)}`,
    retentionInDays: params.logDays,
  });
  const workload = defineWorkload(scope, {
    service: 'ecs-tasks.amazonaws.com',
    executionRole: true,
    executionStatements: [
      {
        Sid: 'WriteLogs',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: [`${logs.arn}:*`],
      },
      ...pullStatements(params.image, scope.context.partition),
    ],
  });
  const [cpu, memory] = params.size.split('-');
  const definition = new EcsTaskDefinition(stack, 'task', {
    family: scope.name(255),
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu,
    memory,
    runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' },
    taskRoleArn: workload.role.arn,
    executionRoleArn: workload.injector.arn,
    containerDefinitions: Fn.jsonencode([container(scope, logs, workload)]),
  });
  return { definition, workload };
}

function container({ params, context }: Scope, logs: CloudwatchLogGroup, workload: Workload) {
  return {
    name: CONTAINER,
    image: params.image,
    essential: true,
    portMappings: [{ containerPort: params.port, hostPort: params.port, protocol: 'tcp' }],
    environment: environment(params, workload),
    secrets: workload.secrets.map(({ name, valueFrom }) => ({ name, valueFrom })),
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': logs.name,
        'awslogs-region': context.region,
        'awslogs-stream-prefix': CONTAINER,
      },
    },
  };
}

function environment({ variables }: Params, workload: Workload): { name: string; value: string }[] {
  const taken = [...workload.variables, ...workload.secrets].find(({ name }) => Object.hasOwn(variables, name));
  if (taken) {
    throw new Error(
      `The variable ${taken.name} is set in params, and a connection gives it too. Remove one, or set another prefix on the connection.`,
    );
  }
  const own = Object.entries(variables).map(([name, value]) => ({ name, value }));
  return [...own, ...workload.variables].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const ECR_IMAGE = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;

/** Public images need no right; one from a private ECR repository needs to be pulled from that repository alone. */
function pullStatements(image: string, partition: string): AwsStatement[] {
  const [, account, region, repository] = ECR_IMAGE.exec(image) ?? [];
  if (repository === undefined) return [];
  return [
    // AWS judges this call against no repository.
    { Sid: 'LogInToRegistry', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
    {
      Sid: 'PullImage',
      Effect: 'Allow',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: [`arn:${partition}:ecr:${region}:${account}:repository/${repository}`],
    },
  ];
}
