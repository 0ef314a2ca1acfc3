// Amazon VPC: security groups and their rules.
import type { Draft, Rule, ServiceModel } from '../cloud/model.ts';
import { textAt } from '../cloud/paths.ts';
import { arn } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { heldBy, matches, refers, unique } from '../cloud/rules.ts';
import type { ObjectValue } from '../wire/value.ts';
import { REFERENCED_GROUP, REFERENCED_VPC, SECURITY_GROUPS, says, VPCS } from './answers.ts';
import { rangeOf } from './cidr.ts';
import { ec2Id, ec2Values } from './vpc.ts';

const RULES_PER_GROUP = 60;
const inVpc = refers('vpc_id', VPCS, REFERENCED_VPC);
const inGroups = refers('ingress.security_groups', SECURITY_GROUPS, REFERENCED_GROUP);
const outGroups = refers('egress.security_groups', SECURITY_GROUPS, REFERENCED_GROUP);
const DESCRIPTION = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;
const PEERS = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'];

async function defaultGroupValues({ cloud, realm, text }: Draft): Promise<ObjectValue> {
  const network = (await cloud.get('aws_vpc', text('vpc_id'))) ?? {};
  const id = textAt(network, 'default_security_group_id');
  const own = { name: 'default', description: 'default VPC security group', owner_id: realm.account };
  return { id, arn: arn(realm, 'ec2', `security-group/${id}`), ...own };
}

function ruleValues(draft: Draft): ObjectValue {
  const id = ec2Id(draft, 'sgr');
  return { id, security_group_rule_id: id, arn: arn(draft.realm, 'ec2', `security-group-rule/${id}`) };
}

function peerOf(object: ObjectValue): string {
  return PEERS.map((name) => textAt(object, name)).find((text) => text !== '') ?? '';
}

const identity = (object: ObjectValue): string =>
  [object.ip_protocol, object.from_port, object.to_port, peerOf(object)].map(String).join();

const isNew: Rule = async ({ type, object, prior, cloud }) => {
  if (prior && identity(prior) === identity(object)) return;
  const others = await cloud.where(type, 'security_group_id', textAt(object, 'security_group_id'));
  if (others.length >= RULES_PER_GROUP) {
    throw new Refusal(
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    );
  }
  if (!others.some((other) => other.id !== object.id && identity(other) === identity(object))) return;
  const protocol = textAt(object, 'ip_protocol').toUpperCase();
  const ports = `from port: ${String(object.from_port)}, to port: ${String(object.to_port)}`;
  const rule = `peer: ${peerOf(object)}, ${protocol}, ${ports}, ALLOW`;
  throw new Refusal('InvalidPermission.Duplicate', `the specified rule "${rule}" already exists`);
};

const isWellFormed: Rule = ({ object }) => {
  const cidr = textAt(object, 'cidr_ipv4');
  if (cidr && !rangeOf(cidr))
    throw new Refusal('InvalidParameterValue', `CIDR block ${cidr} is malformed`, 'cidr_ipv4');
  const [from, to, protocol] = [Number(object.from_port), Number(object.to_port), textAt(object, 'ip_protocol')];
  if ((protocol === 'tcp' || protocol === 'udp') && (object.from_port === null || from > to || to > 65535)) {
    const range = `${String(object.from_port)}:${String(object.to_port)}`;
    throw new Refusal('InvalidParameterValue', `Invalid ${protocol.toUpperCase()} port range (${range})`, 'from_port');
  }
};

const rule = {
  values: ruleValues,
  partOf: { path: 'security_group_id', type: 'aws_security_group', by: 'id' },
  rules: [
    refers('security_group_id', SECURITY_GROUPS, REFERENCED_GROUP),
    refers('referenced_security_group_id', SECURITY_GROUPS, REFERENCED_GROUP),
    isWellFormed,
    isNew,
  ],
};

export const securityGroups: ServiceModel = {
  aws_security_group: {
    values: (draft) => ec2Values(draft, 'sg', 'security-group'),
    rules: [
      inVpc,
      matches(
        'name',
        /^(?!sg-)[\x20-\x7e]{1,255}$/,
        says(
          'InvalidParameterValue',
          'Invalid security group name {}. Names have 1 to 255 ASCII characters and do not start with sg-.',
        ),
      ),
      matches(
        'description',
        DESCRIPTION,
        says(
          'InvalidParameterValue',
          'Value ({}) for parameter GroupDescription is invalid. Character sets beyond ASCII are not supported.',
        ),
      ),
      inGroups,
      outGroups,
      unique(['name', 'vpc_id'], {
        code: 'InvalidGroup.Duplicate',
        text: (name, object) => `The security group '${name}' already exists for VPC '${textAt(object, 'vpc_id')}'`,
      }),
    ],
    removal: [
      heldBy(
        'id',
        [
          ['aws_vpc_security_group_ingress_rule', 'referenced_security_group_id'],
          ['aws_vpc_security_group_egress_rule', 'referenced_security_group_id'],
          ['aws_security_group', 'ingress.security_groups'],
          ['aws_security_group', 'egress.security_groups'],
          ['aws_db_instance', 'vpc_security_group_ids'],
          ['aws_lb', 'security_groups'],
          ['aws_ecs_service', 'network_configuration.security_groups'],
          ['aws_lambda_function', 'vpc_config.security_group_ids'],
          ['aws_vpc_endpoint', 'security_group_ids'],
        ],
        says('DependencyViolation', 'resource {} has a dependent object'),
      ),
    ],
  },
  aws_default_security_group: { values: defaultGroupValues, rules: [inVpc, inGroups, outGroups] },
  aws_vpc_security_group_ingress_rule: rule,
  aws_vpc_security_group_egress_rule: rule,
};
