// Workloads as they were applied: what ECS and Lambda say of their roles, their references to secrets and their groups.
import { DescribeServicesCommand, DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { Graph, GraphNode } from '../../schemas/generated/types.ts';
import { physicalName } from '../../schemas/rules/physical-name.ts';
import type { Cloud } from './carried-cloud.ts';

export interface Reference {
  variable: string;
  /** Of the secret. */
  arn: string;
  /** Inside the secret's JSON, where the runtime takes one value out of it. */
  key?: string;
}

export interface AppliedWorkload {
  /** Who reads the secrets for it: ECS's execution role, a function's own. */
  injector: string;
  /** With which it runs. */
  role: string;
  references: Reference[];
  securityGroups: string[];
}

/** @param scope `project/environment` */
export function appliedWorkload(cloud: Cloud, scope: string, graph: Graph, node: GraphNode): Promise<AppliedWorkload> {
  const [project = '', environment = ''] = scope.split('/');
  const name = (id: string, limit: number) => physicalName({ project, environment, node: id }, { limit });
  if (node.module === 'aws-function') return appliedFunction(cloud, name(node.id, 64));
  const cluster = graph.connections.find(({ to }) => to.node === node.id && to.port === 'cluster')?.from.node ?? '';
  return appliedService(cloud, name(cluster, 255), name(node.id, 255));
}

async function appliedFunction({ lambda }: Cloud, name: string): Promise<AppliedWorkload> {
  const made = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  const role = made.Role ?? '';
  const references = Object.entries(made.Environment?.Variables ?? {}).filter(([, value]) => isSecret(value));
  return {
    injector: role,
    role,
    references: references.map(([variable, arn]) => ({ variable, arn })),
    securityGroups: made.VpcConfig?.SecurityGroupIds ?? [],
  };
}

async function appliedService({ ecs }: Cloud, cluster: string, name: string): Promise<AppliedWorkload> {
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
  const [service] = services;
  const definition = new DescribeTaskDefinitionCommand({ taskDefinition: service?.taskDefinition });
  const { taskDefinition } = await ecs.send(definition);
  const secrets = taskDefinition?.containerDefinitions?.flatMap((container) => container.secrets ?? []) ?? [];
  return {
    injector: taskDefinition?.executionRoleArn ?? '',
    role: taskDefinition?.taskRoleArn ?? '',
    references: secrets.map(({ name: variable = '', valueFrom = '' }) => ({ variable, ...splitReference(valueFrom) })),
    securityGroups: service?.networkConfiguration?.awsvpcConfiguration?.securityGroups ?? [],
  };
}

const isSecret = (value: string) => /^arn:aws[a-z-]*:secretsmanager:/.test(value);

/** ECS writes the key behind the ARN: `<arn>:<key>:<stage>:<version>`. */
function splitReference(valueFrom: string): { arn: string; key?: string } {
  const parts = valueFrom.split(':');
  const arn = parts.slice(0, 7).join(':');
  return parts[7] ? { arn, key: parts[7] } : { arn };
}
