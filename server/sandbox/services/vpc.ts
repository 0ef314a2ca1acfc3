// Amazon VPC: networks, subnets, gateways and what keeps them from being deleted.
import type { Draft, Rule, ServiceModel, Subject } from '../cloud/model.ts';
import { textAt } from '../cloud/paths.ts';
import { arn, zoneId, zones } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { heldBy, matches, refers, unique, whenMade } from '../cloud/rules.ts';
import { type ObjectValue, UNKNOWN } from '../wire/value.ts';
import { REFERENCED_SUBNET, REFERENCED_VPC, SUBNETS, says, VPCS } from './answers.ts';
import { addressIn, contains, overlaps, rangeOf } from './cidr.ts';

const ID_DIGITS = 17;
const inVpc = refers('vpc_id', VPCS, REFERENCED_VPC);
const AVAILABLE_ADDRESSES = rangeOf('198.51.100.0/24');

/** A new id such as `subnet-0f…`, or the one that the object has. */
export function ec2Id({ object, hash }: Draft, prefix: string): string {
  return object.id === UNKNOWN ? `${prefix}-${hash().slice(0, ID_DIGITS)}` : String(object.id);
}

export function ec2Values(draft: Draft, prefix: string, kind: string): ObjectValue & { id: string } {
  const id = ec2Id(draft, prefix);
  return { id, arn: arn(draft.realm, 'ec2', `${kind}/${id}`), owner_id: draft.realm.account };
}

function vpcValues(draft: Draft): ObjectValue {
  const part = (prefix: string): string => `${prefix}-${draft.hash(prefix).slice(0, ID_DIGITS)}`;
  const routeTable = part('rtb');
  return {
    ...ec2Values(draft, 'vpc', 'vpc'),
    default_network_acl_id: part('acl'),
    default_route_table_id: routeTable,
    main_route_table_id: routeTable,
    default_security_group_id: part('sg'),
    dhcp_options_id: part('dopt'),
  };
}

function subnetValues(draft: Draft): ObjectValue {
  const zone = draft.text('availability_zone') || (zones(draft.realm)[0] ?? '');
  return {
    ...ec2Values(draft, 'subnet', 'subnet'),
    availability_zone: zone,
    availability_zone_id: zoneId(zone),
    private_dns_hostname_type_on_launch: 'ip-name',
  };
}

async function natValues(draft: Draft): Promise<ObjectValue> {
  const { cloud, hash, text } = draft;
  const subnet = rangeOf(textAt((await cloud.get('aws_subnet', text('subnet_id'))) ?? {}, 'cidr_block'));
  const address = await cloud.get('aws_eip', text('allocation_id'));
  return {
    id: ec2Id(draft, 'nat'),
    association_id: `eipassoc-${hash('association').slice(0, ID_DIGITS)}`,
    network_interface_id: `eni-${hash('interface').slice(0, ID_DIGITS)}`,
    private_ip: subnet ? addressIn(subnet, 10) : '',
    public_ip: address?.public_ip ?? '',
  };
}

function addressValues(draft: Draft): ObjectValue {
  const { realm, hash } = draft;
  const ip = AVAILABLE_ADDRESSES ? addressIn(AVAILABLE_ADDRESSES, Number.parseInt(hash('ip').slice(0, 2), 16)) : '';
  const values = ec2Values(draft, 'eipalloc', 'elastic-ip');
  const host = `ec2-${ip.replaceAll('.', '-')}.${realm.region}.compute.amazonaws.com`;
  const pool = { network_border_group: realm.region, public_ipv4_pool: 'amazon' };
  return { ...values, ...pool, allocation_id: values.id, domain: 'vpc', public_ip: ip, public_dns: host };
}

const vpcSize: Rule = ({ object }) => {
  const cidr = textAt(object, 'cidr_block');
  const range = rangeOf(cidr);
  if (cidr && !range)
    throw new Refusal('InvalidParameterValue', `Value (${cidr}) for parameter cidrBlock is invalid.`, 'cidr_block');
  if (range && (range.prefix < 16 || range.prefix > 28)) {
    throw new Refusal('InvalidVpc.Range', `The CIDR '${cidr}' is invalid.`, 'cidr_block');
  }
};

const subnetRange: Rule = async ({ object, cloud }) => {
  const cidr = textAt(object, 'cidr_block');
  const range = rangeOf(cidr);
  const vpc = rangeOf(textAt((await cloud.get('aws_vpc', textAt(object, 'vpc_id'))) ?? {}, 'cidr_block'));
  if (!range || (vpc && !contains(vpc, range)) || range.prefix > 28) {
    throw new Refusal('InvalidSubnet.Range', `The CIDR '${cidr}' is invalid.`, 'cidr_block');
  }
  for (const other of await cloud.where('aws_subnet', 'vpc_id', textAt(object, 'vpc_id'))) {
    const taken = rangeOf(textAt(other, 'cidr_block'));
    if (taken && overlaps(taken, range)) {
      throw new Refusal('InvalidSubnet.Conflict', `The CIDR '${cidr}' conflicts with another subnet`, 'cidr_block');
    }
  }
};

const subnetZone: Rule = ({ object, cloud }) => {
  const zone = textAt(object, 'availability_zone');
  const known = zones(cloud.realm);
  if (zone === '' || known.includes(zone)) return;
  const choice = `Subnets can currently only be created in the following availability zones: ${known.join(', ')}.`;
  throw new Refusal(
    'InvalidParameterValue',
    `Value (${zone}) for parameter availabilityZone is invalid. ${choice}`,
    'availability_zone',
  );
};

const natNeedsGateway: Rule = async ({ object, cloud }) => {
  if (object.connectivity_type === 'private') return;
  const subnet = await cloud.get('aws_subnet', textAt(object, 'subnet_id'));
  const vpc = textAt(subnet ?? {}, 'vpc_id');
  if ((await cloud.where('aws_internet_gateway', 'vpc_id', vpc)).length > 0) return;
  throw new Refusal('Gateway.NotAttached', `Network ${vpc} has no Internet gateway attached`, 'subnet_id');
};

/** A gateway cannot leave while the network has public addresses behind it. */
const noMappedAddresses: Rule = async ({ object, cloud }: Subject) => {
  const vpc = textAt(object, 'vpc_id');
  for (const nat of await cloud.all('aws_nat_gateway')) {
    const subnet = await cloud.get('aws_subnet', textAt(nat, 'subnet_id'));
    if (subnet?.vpc_id !== vpc || nat.connectivity_type === 'private') continue;
    const text = `Network ${vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`;
    throw new Refusal('DependencyViolation', text);
  }
};

export const vpc: ServiceModel = {
  aws_vpc: {
    values: vpcValues,
    rules: [whenMade(vpcSize)],
    removal: [
      heldBy(
        'id',
        [
          'aws_subnet',
          'aws_security_group',
          'aws_internet_gateway',
          'aws_route_table',
          'aws_vpc_endpoint',
          'aws_lb_target_group',
        ].map((type) => [type, 'vpc_id'] as const),
        says('DependencyViolation', "The vpc '{}' has dependencies and cannot be deleted."),
      ),
    ],
  },
  aws_subnet: {
    values: subnetValues,
    rules: [inVpc, whenMade(subnetZone), whenMade(subnetRange)],
    removal: [
      heldBy(
        'id',
        [
          ['aws_nat_gateway', 'subnet_id'],
          ['aws_lb', 'subnets'],
          ['aws_vpc_endpoint', 'subnet_ids'],
          ['aws_db_subnet_group', 'subnet_ids'],
          ['aws_lambda_function', 'vpc_config.subnet_ids'],
          ['aws_ecs_service', 'network_configuration.subnets'],
        ],
        says('DependencyViolation', "The subnet '{}' has dependencies and cannot be deleted."),
      ),
    ],
  },
  aws_internet_gateway: {
    values: (draft) => ec2Values(draft, 'igw', 'internet-gateway'),
    rules: [
      inVpc,
      unique(['vpc_id'], says('InvalidParameterValue', 'Network {} already has an internet gateway attached')),
    ],
    removal: [noMappedAddresses],
  },
  aws_nat_gateway: {
    values: natValues,
    rules: [
      refers('subnet_id', SUBNETS, REFERENCED_SUBNET),
      refers(
        'allocation_id',
        [['aws_eip', 'id']],
        says('InvalidAllocationID.NotFound', "The allocation ID '{}' does not exist"),
      ),
      whenMade(natNeedsGateway),
      unique(['allocation_id'], says('Resource.AlreadyAssociated', 'Elastic IP address [{}] is already associated')),
    ],
  },
  aws_eip: {
    values: addressValues,
    rules: [
      matches(
        'domain',
        /^(vpc|standard)$/,
        says('InvalidParameterValue', 'Value ({}) for parameter domain is invalid.'),
      ),
    ],
    removal: [
      heldBy('id', [['aws_nat_gateway', 'allocation_id']], says('InvalidIPAddress.InUse', "Address '{}' is in use.")),
    ],
  },
};
