// Amazon ECS and Amazon ECR.
import type { Draft, Rule, ServiceModel } from '../cloud/model.ts';
import { textAt, textsAt, valuesAt } from '../cloud/paths.ts';
import { arn, isForeignArn } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { heldBy, matches, refers } from '../cloud/rules.ts';
import { isObject, type ObjectValue, textOf, UNKNOWN } from '../wire/value.ts';
import { REFERENCED_GROUP, ROLES_BY_ARN, refersToKey, SECURITY_GROUPS, SUBNETS, says } from './answers.ts';

const NAME = /^[a-zA-Z0-9_-]{1,255}$/;
const CLUSTERS = [
  ['aws_ecs_cluster', 'arn'],
  ['aws_ecs_cluster', 'name'],
] as const;
const TASKS = [
  ['aws_ecs_task_definition', 'arn'],
  ['aws_ecs_task_definition', 'arn_without_revision'],
  ['aws_ecs_task_definition', 'family'],
] as const;
const nameRule = (what: string): Rule =>
  matches(
    'name',
    NAME,
    says(
      'InvalidParameterException',
      `${what} name '{}' is not valid. Up to 255 letters, numbers, hyphens, and underscores are allowed.`,
    ),
  );
const roleExists = (path: string): Rule => refers(path, ROLES_BY_ARN, says('ClientException', 'Role is not valid: {}'));

/** Memory in MiB that Fargate offers for so many CPU units: first, last and step. */
const FARGATE: Readonly<Record<string, readonly [number, number, number]>> = {
  256: [512, 2_048, 512],
  512: [1_024, 4_096, 1_024],
  1024: [2_048, 8_192, 1_024],
  2048: [4_096, 16_384, 1_024],
  4096: [8_192, 30_720, 1_024],
  8192: [16_384, 61_440, 4_096],
  16384: [32_768, 122_880, 8_192],
};

function clusterName(value: string): string {
  return value.split('/').pop() || 'default';
}

/** Revisions count up per family, as long as the older ones are there. */
async function taskValues({ object, realm, cloud, text }: Draft): Promise<ObjectValue> {
  const others = await cloud.where('aws_ecs_task_definition', 'family', text('family'));
  const revision =
    object.revision === UNKNOWN
      ? Math.max(0, ...others.map((other) => Number(other.revision))) + 1
      : Number(object.revision);
  const family = arn(realm, 'ecs', `task-definition/${text('family')}`);
  const mode = object.network_mode === UNKNOWN ? 'bridge' : text('network_mode');
  return {
    id: text('family'),
    revision,
    arn: `${family}:${revision}`,
    arn_without_revision: family,
    network_mode: mode,
    enable_fault_injection: false,
  };
}

function serviceValues({ object, realm, text }: Draft): ObjectValue {
  const cluster = clusterName(text('cluster'));
  const isFargate =
    object.launch_type === 'FARGATE' ||
    textsAt(object, 'capacity_provider_strategy.capacity_provider').some((name) => name.startsWith('FARGATE'));
  return {
    id: arn(realm, 'ecs', `service/${cluster}/${text('name')}`),
    cluster,
    iam_role: '/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
    launch_type: isFargate ? 'FARGATE' : 'EC2',
    platform_version: isFargate ? 'LATEST' : '',
    triggers: {},
  };
}

function containersOf(task: ObjectValue): ObjectValue[] {
  try {
    const parsed: unknown = JSON.parse(textAt(task, 'container_definitions'));
    return Array.isArray(parsed) ? parsed.filter(isObject) : [];
  } catch {
    return [];
  }
}

const containers: Rule = ({ object }) => {
  const list = containersOf(object);
  if (list.length === 0)
    throw new Refusal(
      'ClientException',
      'Task definition does not have any containers, or they are not valid JSON.',
      'container_definitions',
    );
  const unnamed = list.some((container) => textOf(container.name) === '' || textOf(container.image) === '');
  if (unnamed)
    throw new Refusal(
      'ClientException',
      'Container.name and Container.image should not be null or empty.',
      'container_definitions',
    );
  const names = list.map((container) => textOf(container.name));
  if (new Set(names).size < names.length)
    throw new Refusal('ClientException', 'Duplicate container names are not allowed.', 'container_definitions');
};

const fargateSize: Rule = ({ object }) => {
  if (!textsAt(object, 'requires_compatibilities').includes('FARGATE')) return;
  if (object.network_mode !== 'awsvpc') {
    throw new Refusal('ClientException', "Fargate only supports network mode 'awsvpc'.", 'network_mode');
  }
  const [cpu, memory] = [textAt(object, 'cpu'), Number(textAt(object, 'memory'))];
  const [first, last, step] = FARGATE[cpu] ?? [0, -1, 1];
  const isOffered = memory >= first && memory <= last && (memory - first) % step === 0;
  if (isOffered) return;
  throw new Refusal(
    'ClientException',
    `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory.`,
    'cpu',
  );
};

/** Before a task starts, Fargate itself writes logs and reads secrets: with the execution role. */
const executionRole: Rule = ({ object }) => {
  if (textAt(object, 'execution_role_arn') || !textsAt(object, 'requires_compatibilities').includes('FARGATE')) return;
  const list = containersOf(object);
  const needs = (what: string): Refusal =>
    new Refusal(
      'ClientException',
      `Fargate requires task definition to have execution role ARN to support ${what}.`,
      'execution_role_arn',
    );
  if (list.some((container) => textAt(container, 'logConfiguration.logDriver') === 'awslogs'))
    throw needs('log driver awslogs');
  if (list.some((container) => valuesAt(container, 'secrets').length > 0)) throw needs('secrets');
};

const network: Rule = async ({ object, cloud }) => {
  const task = await cloud.find(textAt(object, 'task_definition'), ...TASKS);
  if (task?.network_mode !== 'awsvpc' || valuesAt(object, 'network_configuration').length > 0) return;
  const text = "Network Configuration must be provided when networkMode 'awsvpc' is specified.";
  throw new Refusal('InvalidParameterException', text, 'network_configuration');
};

/** The container and port of a target group must be the task's, and a load balancer must use the group already. */
const balancing: Rule = async ({ object, prior, cloud }) => {
  const task = await cloud.find(textAt(object, 'task_definition'), ...TASKS);
  for (const balancer of valuesAt(object, 'load_balancer').filter(isObject)) {
    const name = textOf(balancer.container_name);
    const container = task && containersOf(task).find((candidate) => candidate.name === name);
    if (task && !container)
      throw new Refusal(
        'InvalidParameterException',
        `The container ${name} does not exist in the task definition.`,
        'load_balancer',
      );
    const port = Number(balancer.container_port);
    if (container && !valuesAt(container, 'portMappings.containerPort').map(Number).includes(port)) {
      throw new Refusal(
        'InvalidParameterException',
        `The container ${name} did not have a container port ${port} defined.`,
        'load_balancer',
      );
    }
    const group = textOf(balancer.target_group_arn);
    const listeners = await cloud.where('aws_lb_listener', 'default_action.target_group_arn', group);
    const forwards = await cloud.where('aws_lb_listener', 'default_action.forward.target_group.arn', group);
    const rules = await cloud.where('aws_lb_listener_rule', 'action.target_group_arn', group);
    if (
      prior ||
      group === '' ||
      isForeignArn(cloud.realm, group) ||
      listeners.length + forwards.length + rules.length > 0
    )
      continue;
    throw new Refusal(
      'InvalidParameterException',
      `The target group with targetGroupArn ${group} does not have an associated load balancer.`,
      'load_balancer',
    );
  }
};

const noSubnet = says(
  'InvalidParameterException',
  "Error retrieving subnet information for [{}]: The subnet ID '{}' does not exist (ErrorCode: InvalidSubnetID.NotFound)",
);

export const ecs: ServiceModel = {
  aws_ecs_cluster: {
    values: ({ realm, text }) => {
      const id = arn(realm, 'ecs', `cluster/${text('name')}`);
      return { id, arn: id, setting: [{ name: 'containerInsights', value: 'disabled' }] };
    },
    rules: [nameRule('Cluster')],
    removal: [
      heldBy(
        'arn',
        [['aws_ecs_service', 'cluster']],
        says('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.'),
      ),
      heldBy(
        'name',
        [['aws_ecs_service', 'cluster']],
        says('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.'),
      ),
    ],
    taken: (object) => `InvalidParameterException: A cluster with the name ${String(object.name)} already exists`,
  },
  aws_ecs_cluster_capacity_providers: {
    values: ({ text }) => ({ id: text('cluster_name') }),
    partOf: { path: 'cluster_name', type: 'aws_ecs_cluster', by: 'name' },
    rules: [
      refers('cluster_name', CLUSTERS, says('ClusterNotFoundException', 'Cluster not found. Got {}')),
      ({ object }) => {
        const offered = textsAt(object, 'capacity_providers');
        const missing = textsAt(object, 'default_capacity_provider_strategy.capacity_provider').find(
          (name) => !offered.includes(name),
        );
        if (missing)
          throw new Refusal(
            'InvalidParameterException',
            `The specified capacity provider '${missing}' is not associated with the cluster.`,
            'default_capacity_provider_strategy',
          );
      },
    ],
  },
  aws_ecs_task_definition: {
    values: taskValues,
    rules: [
      matches('family', NAME, says('ClientException', 'Family contains invalid characters: {}')),
      containers,
      fargateSize,
      executionRole,
      roleExists('execution_role_arn'),
      roleExists('task_role_arn'),
    ],
  },
  aws_ecs_service: {
    values: serviceValues,
    rules: [
      nameRule('Service'),
      refers('cluster', CLUSTERS, says('ClusterNotFoundException', 'Cluster not found. Got {}')),
      refers('task_definition', TASKS, says('ClientException', 'TaskDefinition not found: {}')),
      network,
      refers('network_configuration.subnets', SUBNETS, noSubnet),
      refers('network_configuration.security_groups', SECURITY_GROUPS, REFERENCED_GROUP),
      refers(
        'load_balancer.target_group_arn',
        [['aws_lb_target_group', 'arn']],
        says('InvalidParameterException', 'The target group with targetGroupArn {} does not exist.'),
      ),
      balancing,
    ],
    taken: () => 'InvalidParameterException: Creation of service was not idempotent.',
  },
  aws_ecr_repository: {
    values: ({ realm, text }) => {
      const url = `${realm.account}.dkr.ecr.${realm.region}.amazonaws.com/${text('name')}`;
      return {
        id: text('name'),
        arn: arn(realm, 'ecr', `repository/${text('name')}`),
        registry_id: realm.account,
        repository_url: url,
      };
    },
    rules: [
      matches(
        'name',
        /^(?=.{2,256}$)(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
        says(
          'InvalidParameterException',
          "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*''. Got {}",
        ),
      ),
      refersToKey('encryption_configuration.kms_key', says('KmsException', 'The KMS key {} does not exist')),
    ],
    taken: (object) =>
      `RepositoryAlreadyExistsException: The repository with name '${String(object.name)}' already exists in the registry with id '${String(object.registry_id)}'`,
  },
};
