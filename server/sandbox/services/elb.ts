// Elastic Load Balancing and Application Auto Scaling.
import type { Draft, Rule, ServiceModel } from '../cloud/model.ts';
import { textAt, textsAt } from '../cloud/paths.ts';
import { arn } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { heldBy, matches, refers, unique, unprotected, whenMade } from '../cloud/rules.ts';
import { type ObjectValue, UNKNOWN } from '../wire/value.ts';
import { REFERENCED_GROUP, REFERENCED_VPC, SECURITY_GROUPS, SUBNETS, says, VPCS } from './answers.ts';

const BALANCERS = [['aws_lb', 'arn']] as const;
const TARGET_GROUPS = [['aws_lb_target_group', 'arn']] as const;
const NAME = /^(?!internal-)[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/;
const KINDS: Readonly<Record<string, string>> = { application: 'app', network: 'net', gateway: 'gwy' };

const nameRule = (what: string): Rule =>
  matches(
    'name',
    NAME,
    says(
      'ValidationError',
      `The ${what} name '{}' can have a maximum of 32 characters, only letters, digits and hyphens, and must not begin or end with a hyphen`,
    ),
  );
const groupExists = (path: string): Rule =>
  refers(path, TARGET_GROUPS, says('TargetGroupNotFound', "Target groups '{}' not found"));

async function balancerValues(draft: Draft): Promise<ObjectValue> {
  const { object, realm, cloud, hash } = draft;
  const subnets = textsAt(object, 'subnets').concat(textsAt(object, 'subnet_mapping.subnet_id'));
  const subnet = await cloud.get('aws_subnet', subnets[0] ?? '');
  const network = await cloud.get('aws_vpc', textAt(subnet ?? {}, 'vpc_id'));
  const name = String(object.name);
  const suffix = `${KINDS[draft.text('load_balancer_type')] ?? 'app'}/${name}/${hash().slice(0, 16)}`;
  const id = object.arn === UNKNOWN ? arn(realm, 'elasticloadbalancing', `loadbalancer/${suffix}`) : draft.text('arn');
  const isInternal = object.internal === true;
  return {
    id,
    arn: id,
    arn_suffix: suffix,
    internal: false,
    dns_name: `${isInternal ? 'internal-' : ''}${name}-${Number.parseInt(hash('dns').slice(0, 8), 16)}.${realm.region}.elb.amazonaws.com`,
    zone_id: 'Z215JYRZR1TBD5',
    ip_address_type: 'ipv4',
    vpc_id: subnet?.vpc_id ?? '',
    security_groups: [textAt(network ?? {}, 'default_security_group_id')].filter((group) => group !== ''),
    subnets,
    subnet_mapping: subnets.map((subnetId) => ({
      subnet_id: subnetId,
      allocation_id: '',
      ipv6_address: '',
      outpost_id: '',
      private_ipv4_address: '',
    })),
  };
}

function targetGroupValues({ object, realm, hash }: Draft): ObjectValue {
  const suffix = `targetgroup/${String(object.name)}/${hash().slice(0, 16)}`;
  const id = arn(realm, 'elasticloadbalancing', suffix);
  return {
    id,
    arn: id,
    arn_suffix: suffix,
    ip_address_type: 'ipv4',
    load_balancing_algorithm_type: 'round_robin',
    load_balancing_anomaly_mitigation: 'off',
    load_balancing_cross_zone_enabled: 'use_load_balancer_configuration',
    protocol_version: 'HTTP1',
  };
}

async function listenerValues({ object, realm, text, hash }: Draft): Promise<ObjectValue> {
  const balancer = text('load_balancer_arn').split('loadbalancer/')[1] ?? '';
  const id =
    object.arn === UNKNOWN
      ? arn(realm, 'elasticloadbalancing', `listener/${balancer}/${hash().slice(0, 16)}`)
      : text('arn');
  const isSecure = text('protocol') === 'HTTPS' || text('protocol') === 'TLS';
  return {
    id,
    arn: id,
    protocol: 'HTTP',
    ssl_policy: isSecure ? 'ELBSecurityPolicy-2016-08' : '',
    routing_http_response_server_enabled: true,
  };
}

/** An application load balancer reaches over two zones, and one that faces the internet needs a way there. */
const reachesZones: Rule = async ({ object, cloud }) => {
  if (object.load_balancer_type !== 'application') return;
  const subnets = await Promise.all(textsAt(object, 'subnets').map((id) => cloud.get('aws_subnet', id)));
  const reached = new Set(subnets.map((subnet) => textAt(subnet ?? {}, 'availability_zone')));
  if (subnets.length > 0 && reached.size < 2) {
    throw new Refusal(
      'ValidationError',
      'At least two subnets in two different Availability Zones must be specified',
      'subnets',
    );
  }
  const vpc = textAt(subnets[0] ?? {}, 'vpc_id');
  if (object.internal === true || vpc === '' || (await cloud.where('aws_internet_gateway', 'vpc_id', vpc)).length > 0)
    return;
  throw new Refusal('InvalidSubnet', `VPC ${vpc} has no internet gateway`, 'subnets');
};

const hasCertificate: Rule = ({ object }) => {
  if (!['HTTPS', 'TLS'].includes(textAt(object, 'protocol')) || textAt(object, 'certificate_arn')) return;
  throw new Refusal(
    'ValidationError',
    `A certificate must be specified for ${textAt(object, 'protocol')} listeners`,
    'certificate_arn',
  );
};

const capacities: Rule = ({ object }) => {
  if (Number(object.min_capacity) <= Number(object.max_capacity)) return;
  throw new Refusal('ValidationException', 'Maximum capacity cannot be less than minimum capacity', 'max_capacity');
};

/** The ECS service that a target names (`service/cluster/name`) must exist. */
const scaledService: Rule = async ({ object, cloud }) => {
  const [kind, cluster, name] = textAt(object, 'resource_id').split('/');
  if (textAt(object, 'service_namespace') !== 'ecs') return;
  const services = kind === 'service' && name ? await cloud.where('aws_ecs_service', 'name', name) : [];
  if (services.some((service) => textAt(service, 'cluster').split('/').pop() === cluster)) return;
  throw new Refusal(
    'ValidationException',
    `ECS service doesn't exist: ${textAt(object, 'resource_id')}`,
    'resource_id',
  );
};

const registered: Rule = async ({ object, cloud }) => {
  const targets = await cloud.where('aws_appautoscaling_target', 'resource_id', textAt(object, 'resource_id'));
  if (targets.some((target) => target.scalable_dimension === object.scalable_dimension)) return;
  const what = `service namespace: ${textAt(object, 'service_namespace')}, resource ID: ${textAt(object, 'resource_id')}, scalable dimension: ${textAt(object, 'scalable_dimension')}`;
  throw new Refusal('ObjectNotFoundException', `No scalable target registered for ${what}`, 'resource_id');
};

const inUse = says('ResourceInUse', "Target group '{}' is currently in use by a listener or a rule");

export const elb: ServiceModel = {
  aws_lb: {
    values: balancerValues,
    rules: [
      nameRule('load balancer'),
      refers('subnets', SUBNETS, says('SubnetNotFound', "The subnet ID '{}' does not exist")),
      refers('security_groups', SECURITY_GROUPS, REFERENCED_GROUP),
      reachesZones,
      unique(
        ['name'],
        says(
          'DuplicateLoadBalancerName',
          "A load balancer with the same name '{}' exists, but with different settings",
        ),
      ),
    ],
    removal: [
      unprotected(
        'enable_deletion_protection',
        says('OperationNotPermitted', "Load balancer '{}' cannot be deleted because deletion protection is enabled"),
      ),
    ],
  },
  aws_lb_target_group: {
    values: targetGroupValues,
    rules: [
      nameRule('target group'),
      refers('vpc_id', VPCS, REFERENCED_VPC),
      unique(
        ['name'],
        says('DuplicateTargetGroupName', "A target group with the same name '{}' exists, but with different settings"),
      ),
    ],
    removal: [
      heldBy(
        'arn',
        [
          ['aws_lb_listener', 'default_action.target_group_arn'],
          ['aws_lb_listener', 'default_action.forward.target_group.arn'],
          ['aws_lb_listener_rule', 'action.target_group_arn'],
        ],
        inUse,
      ),
    ],
  },
  aws_lb_listener: {
    values: listenerValues,
    partOf: { path: 'load_balancer_arn', type: 'aws_lb', by: 'arn' },
    rules: [
      refers(
        'load_balancer_arn',
        BALANCERS,
        says('LoadBalancerNotFound', "One or more load balancers not found: '{}'"),
      ),
      groupExists('default_action.target_group_arn'),
      groupExists('default_action.forward.target_group.arn'),
      hasCertificate,
      unique(['port', 'load_balancer_arn'], {
        code: 'DuplicateListener',
        text: (_port, object) =>
          `A listener already exists on this port for this load balancer '${textAt(object, 'load_balancer_arn')}'`,
      }),
    ],
  },
  aws_appautoscaling_target: {
    values: ({ realm, text, hash }) => ({
      id: text('resource_id'),
      arn: arn(realm, 'application-autoscaling', `scalable-target/${hash().slice(0, 20)}`),
      role_arn: `arn:${realm.partition}:iam::${realm.account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
    }),
    rules: [capacities, whenMade(scaledService)],
    taken: (object) => `ValidationException: The scalable target ${String(object.resource_id)} is registered already`,
  },
  aws_appautoscaling_policy: {
    values: ({ realm, text, hash }) => ({
      id: text('name'),
      arn: arn(
        realm,
        'autoscaling',
        `scalingPolicy:${hash().slice(0, 32)}:resource/${text('service_namespace')}/${text('resource_id')}:policyName/${text('name')}`,
      ),
    }),
    rules: [registered],
    taken: (object) => `ValidationException: A scaling policy named ${String(object.name)} exists already`,
  },
};
