// Amazon RDS.
import type { Draft, Rule, ServiceModel } from '../cloud/model.ts';
import { textAt, textsAt } from '../cloud/paths.ts';
import { arn, digest } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { heldBy, matches, refers, unique, unprotected, whenMade, within } from '../cloud/rules.ts';
import { type ObjectValue, textOf, UNKNOWN } from '../wire/value.ts';
import { REFERENCED_GROUP, ROLES_BY_ARN, refersToKey, SECURITY_GROUPS, SUBNETS, says } from './answers.ts';

interface Engine {
  port: number;
  license: string;
  maxPassword: number;
  reserved: string[];
  parameterFamily: (version: string) => string;
}

const major = (version: string): string => version.split('.')[0] ?? version;
const majorMinor = (version: string): string => version.split('.').slice(0, 2).join('.');
const POSTGRES: Engine = {
  port: 5432,
  license: 'postgresql-license',
  maxPassword: 128,
  reserved: ['admin', 'rdsadmin', 'postgresql'],
  parameterFamily: (version) => `postgres${major(version)}`,
};
const MYSQL: Engine = {
  port: 3306,
  license: 'general-public-license',
  maxPassword: 41,
  reserved: ['rdsadmin'],
  parameterFamily: (version) => `mysql${majorMinor(version)}`,
};
const MARIADB: Engine = { ...MYSQL, parameterFamily: (version) => `mariadb${majorMinor(version)}` };
const DEFAULT_VERSIONS: Readonly<Record<string, string>> = { postgres: '16.4', mysql: '8.0.39', mariadb: '10.11.9' };
const ENGINES: Readonly<Record<string, Engine>> = { postgres: POSTGRES, mysql: MYSQL, mariadb: MARIADB };
const OTHER_ENGINES = /^(aurora|oracle|sqlserver|db2|custom)/;
const MIN_STORAGE_GIB = 20;
const MIN_PASSWORD = 8;

const IDENTIFIER = /^(?!.*--)[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const IDENTIFIER_RULE =
  'Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.';

async function instanceValues(draft: Draft): Promise<ObjectValue> {
  const { object, realm, hash, text, cloud } = draft;
  const engine = ENGINES[text('engine')] ?? MYSQL;
  const version = text('engine_version') || (DEFAULT_VERSIONS[text('engine')] ?? '');
  const address = `${String(object.identifier)}.${digest(realm.account, realm.region).slice(0, 12)}.${realm.region}.rds.amazonaws.com`;
  const port = typeof object.port === 'number' ? object.port : engine.port;
  const resourceId = object.resource_id === UNKNOWN ? `db-${hash().slice(0, 26).toUpperCase()}` : text('resource_id');
  const subnets = await cloud.get('aws_db_subnet_group', text('db_subnet_group_name'));
  const network = await cloud.get('aws_vpc', textAt(subnets ?? {}, 'vpc_id'));
  const encryption = object.storage_encrypted === true ? arn(realm, 'kms', 'key/aws-rds') : '';
  return {
    id: resourceId,
    resource_id: resourceId,
    arn: arn(realm, 'rds', `db:${String(object.identifier)}`),
    address,
    endpoint: `${address}:${port}`,
    port,
    status: 'available',
    engine_version: version,
    engine_version_actual: version,
    hosted_zone_id: 'Z2R2ITUGPM61AM',
    availability_zone: `${realm.region}a`,
    storage_type: text('iops') ? 'io1' : 'gp2',
    allocated_storage: MIN_STORAGE_GIB,
    backup_window: '03:00-03:30',
    maintenance_window: 'sun:05:00-sun:05:30',
    backup_retention_period: 0,
    backup_target: 'region',
    ca_cert_identifier: 'rds-ca-rsa2048-g1',
    license_model: engine.license,
    network_type: 'IPV4',
    engine_lifecycle_support: 'open-source-rds-extended-support',
    database_insights_mode: 'standard',
    db_subnet_group_name: 'default',
    parameter_group_name: `default.${engine.parameterFamily(version)}`,
    option_group_name: `default:${text('engine')}-${version.split('.')[0] ?? ''}`,
    vpc_security_group_ids: [textAt(network ?? {}, 'default_security_group_id')].filter((id) => id !== ''),
    kms_key_id: encryption,
    multi_az: false,
    master_user_secret: managedSecret(draft),
  };
}

function managedSecret({ object, realm, text, hash }: Draft): ObjectValue[] {
  if (object.manage_master_user_password !== true) return [];
  const key = text('master_user_secret_kms_key_id') || arn(realm, 'kms', 'key/aws-secretsmanager');
  const name = `secret:rds!${text('resource_id') || `db-${hash().slice(0, 26).toLowerCase()}`}-${hash('secret').slice(0, 6)}`;
  return [{ kms_key_id: key, secret_arn: arn(realm, 'secretsmanager', name), secret_status: 'active' }];
}

const engineIsKnown: Rule = ({ object }) => {
  const engine = textAt(object, 'engine');
  if (engine === '' || ENGINES[engine] || OTHER_ENGINES.test(engine)) return;
  throw new Refusal('InvalidParameterValue', `Invalid DB engine: ${engine}`, 'engine');
};

const storageFits: Rule = ({ object }) => {
  const size = Number(object.allocated_storage);
  if (!(size < MIN_STORAGE_GIB) || !ENGINES[textAt(object, 'engine')] || object.allocated_storage === null) return;
  const kind = `engine name ${textAt(object, 'engine')} and storage type ${textAt(object, 'storage_type') || 'gp2'}`;
  throw new Refusal('InvalidParameterValue', `Invalid storage size for ${kind}: ${size}`, 'allocated_storage');
};

/** Judges the password without ever repeating it. */
const password: Rule = ({ object, config, prior }) => {
  const given = textOf(object.password) || textOf(config?.password_wo);
  const isManaged = object.manage_master_user_password === true;
  const isCopy = ['replicate_source_db', 'snapshot_identifier'].some((name) => textAt(object, name) !== '');
  if (given === '' && !isManaged && !isCopy && !prior) {
    throw new Refusal(
      'InvalidParameterValue',
      'The parameter MasterUserPassword must be provided and must not be blank.',
      'password',
    );
  }
  if (given === '') return;
  const invalid = (why: string): Refusal =>
    new Refusal('InvalidParameterValue', `The parameter MasterUserPassword is not a valid password${why}`, 'password');
  const max = ENGINES[textAt(object, 'engine')]?.maxPassword ?? 128;
  if (given.length < MIN_PASSWORD) throw invalid(` because it is shorter than ${MIN_PASSWORD} characters.`);
  if (given.length > max) throw invalid(` because it is longer than ${max} characters.`);
  if (/[/@"\s]|[^\x20-\x7e]/.test(given)) {
    throw invalid(`. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`);
  }
};

const userName: Rule = ({ object }) => {
  const name = textAt(object, 'username');
  if (name === '') return;
  if (ENGINES[textAt(object, 'engine')]?.reserved.includes(name.toLowerCase())) {
    throw new Refusal(
      'InvalidParameterValue',
      `MasterUsername ${name} cannot be used as it is a reserved word used by the engine`,
      'username',
    );
  }
  if (!/^[a-zA-Z]\w{0,62}$/.test(name)) {
    throw new Refusal(
      'InvalidParameterValue',
      `The parameter MasterUsername is not a valid identifier. Got ${name}`,
      'username',
    );
  }
};

const parameterFamily: Rule = async ({ object, cloud }) => {
  const group = await cloud.get('aws_db_parameter_group', textAt(object, 'parameter_group_name'));
  const version = textAt(object, 'engine_version');
  const expected = ENGINES[textAt(object, 'engine')]?.parameterFamily(version);
  if (!group || version === '' || !expected || group.family === expected) return;
  const got = `The parameter group ${String(group.name)} with DBParameterGroupFamily ${String(group.family)} can't be used for this instance.`;
  throw new Refusal(
    'InvalidParameterCombination',
    `${got} Use a parameter group with DBParameterGroupFamily ${expected}.`,
    'parameter_group_name',
  );
};

const monitoringRole: Rule = ({ object }) => {
  if (
    !(Number(object.monitoring_interval) > 0) ||
    textAt(object, 'monitoring_role_arn') ||
    object.monitoring_role_arn === UNKNOWN
  )
    return;
  const text = 'A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.';
  throw new Refusal('InvalidParameterCombination', text, 'monitoring_interval');
};

/** The provider's own rule: without a last snapshot the data would be gone. */
const lastSnapshot: Rule = ({ object }) => {
  if (object.skip_final_snapshot === true || textAt(object, 'final_snapshot_identifier') !== '') return;
  const text = 'final_snapshot_identifier is required when skip_final_snapshot is false';
  throw new Refusal('InvalidParameterCombination', text, 'final_snapshot_identifier');
};

/** A subnet group has to reach over two zones, all in one VPC. */
const coversZones: Rule = async ({ object, cloud }) => {
  const subnets = await Promise.all(textsAt(object, 'subnet_ids').map((id) => cloud.get('aws_subnet', id)));
  const coverage = [...new Set(subnets.map((subnet) => textAt(subnet ?? {}, 'availability_zone')))];
  if (new Set(subnets.map((subnet) => subnet?.vpc_id)).size > 1) {
    throw new Refusal('InvalidSubnet', 'The requested subnets are not all in the same VPC.', 'subnet_ids');
  }
  if (coverage.length >= 2) return;
  const text = `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${coverage.join(', ')}. Add subnets to cover at least 2 AZs.`;
  throw new Refusal('DBSubnetGroupDoesNotCoverEnoughAZs', text, 'subnet_ids');
};

async function subnetGroupValues({ object, realm, cloud }: Draft): Promise<ObjectValue> {
  const subnet = await cloud.get('aws_subnet', textsAt(object, 'subnet_ids')[0] ?? '');
  const name = String(object.name);
  return {
    id: name,
    arn: arn(realm, 'rds', `subgrp:${name}`),
    vpc_id: subnet?.vpc_id ?? '',
    supported_network_types: ['IPV4'],
  };
}

const groupName = says(
  'InvalidParameterValue',
  `The parameter DBSubnetGroupName is not a valid identifier. Got {}. ${IDENTIFIER_RULE}`,
);

export const rds: ServiceModel = {
  aws_db_subnet_group: {
    values: subnetGroupValues,
    rules: [
      matches('name', /^(?!default$)[a-z0-9 ._-]{1,255}$/, groupName),
      refers('subnet_ids', SUBNETS, says('InvalidSubnet', 'Some input subnets in [{}] are invalid.')),
      coversZones,
    ],
    removal: [
      heldBy('name', [['aws_db_instance', 'db_subnet_group_name']], {
        code: 'InvalidDBSubnetGroupStateFault',
        text: (name) =>
          `Cannot delete the subnet group '${name}' because at least one database instance is still using it.`,
      }),
    ],
    taken: (object) => `DBSubnetGroupAlreadyExists: The DB subnet group '${String(object.name)}' already exists.`,
  },
  aws_db_parameter_group: {
    values: ({ object, realm }) => ({ id: String(object.name), arn: arn(realm, 'rds', `pg:${String(object.name)}`) }),
    rules: [
      matches(
        'name',
        /^(?!.*--)[a-z]([a-z0-9.-]{0,253}[a-z0-9])?$/,
        says(
          'InvalidParameterValue',
          `The parameter DBParameterGroupName is not a valid identifier. Got {}. ${IDENTIFIER_RULE}`,
        ),
      ),
    ],
    removal: [
      heldBy(
        'name',
        [['aws_db_instance', 'parameter_group_name']],
        says(
          'InvalidDBParameterGroupState',
          'One or more database instances are still members of this parameter group {}, so the group cannot be deleted',
        ),
      ),
    ],
    taken: (object) => `DBParameterGroupAlreadyExists: Parameter group ${String(object.name)} already exists`,
  },
  aws_db_instance: {
    values: instanceValues,
    rules: [
      matches(
        'identifier',
        IDENTIFIER,
        says(
          'InvalidParameterValue',
          `The parameter DBInstanceIdentifier is not a valid identifier. Got {}. ${IDENTIFIER_RULE}`,
        ),
      ),
      unique(['identifier'], says('DBInstanceAlreadyExists', 'DB instance {} already exists')),
      matches('instance_class', /^db\./, says('InvalidParameterValue', 'Invalid DB Instance class: {}')),
      matches(
        'db_name',
        /^[a-zA-Z]\w{0,62}$/,
        says(
          'InvalidParameterValue',
          'DBName must begin with a letter and contain only alphanumeric characters. Got {}',
        ),
      ),
      within(
        'backup_retention_period',
        0,
        35,
        says('InvalidParameterValue', 'Invalid backup retention period: {}. Must be between 0 and 35'),
      ),
      engineIsKnown,
      whenMade(userName),
      password,
      storageFits,
      refers(
        'db_subnet_group_name',
        [['aws_db_subnet_group', 'id']],
        says('DBSubnetGroupNotFoundFault', "DBSubnetGroup '{}' not found."),
      ),
      refers('vpc_security_group_ids', SECURITY_GROUPS, REFERENCED_GROUP),
      refers(
        'parameter_group_name',
        [['aws_db_parameter_group', 'id']],
        says('DBParameterGroupNotFound', 'DBParameterGroup not found: {}'),
        /^default\./,
      ),
      parameterFamily,
      refersToKey('kms_key_id', says('KMSKeyNotAccessibleFault', 'The specified KMS key [{}] does not exist.')),
      refers(
        'monitoring_role_arn',
        ROLES_BY_ARN,
        says(
          'InvalidParameterValue',
          'IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING ({})',
        ),
      ),
      monitoringRole,
    ],
    removal: [
      unprotected(
        'deletion_protection',
        says(
          'InvalidParameterCombination',
          'Cannot delete protected DB Instance, please disable deletion protection and try again.',
        ),
      ),
      lastSnapshot,
    ],
  },
};
