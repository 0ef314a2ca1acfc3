// Amazon DynamoDB.
import type { Draft, Rule, ServiceModel } from '../cloud/model.ts';
import { textsAt } from '../cloud/paths.ts';
import { arn } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { matches, unprotected } from '../cloud/rules.ts';
import { hasUnknown, type ObjectValue, UNKNOWN } from '../wire/value.ts';
import { constraint, refersToKey, says } from './answers.ts';

const CREATED = '2024-01-01T00:00:00.000';
const KEY_PATHS = [
  'hash_key',
  'range_key',
  'global_secondary_index.hash_key',
  'global_secondary_index.range_key',
  'local_secondary_index.range_key',
];

function tableValues({ object, realm }: Draft): ObjectValue {
  const name = String(object.name);
  const tableArn = arn(realm, 'dynamodb', `table/${name}`);
  const stream =
    object.stream_enabled === true ? { stream_arn: `${tableArn}/stream/${CREATED}`, stream_label: CREATED } : {};
  return { id: name, arn: tableArn, read_capacity: 0, write_capacity: 0, stream_arn: '', stream_label: '', ...stream };
}

const keysAreDefined: Rule = ({ object }) => {
  const keys = new Set(KEY_PATHS.flatMap((path) => textsAt(object, path)));
  const defined = new Set(textsAt(object, 'attribute.name'));
  const wrong = 'One or more parameter values were invalid';
  if ([...keys].some((key) => !defined.has(key))) {
    throw new Refusal(
      'ValidationException',
      `${wrong}: Some index key attributes are not defined in AttributeDefinitions. Keys: [${[...keys].join(', ')}], AttributeDefinitions: [${[...defined].join(', ')}]`,
      'attribute',
    );
  }
  if ([...defined].some((name) => !keys.has(name))) {
    throw new Refusal(
      'ValidationException',
      `${wrong}: Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions`,
      'attribute',
    );
  }
};

const capacityFits: Rule = ({ object }) => {
  const onDemand = object.billing_mode === 'PAY_PER_REQUEST';
  const asked = [object.read_capacity, object.write_capacity].filter(
    (value) => value !== UNKNOWN && Number(value) > 0,
  ).length;
  const wrong = 'One or more parameter values were invalid';
  if (onDemand && asked > 0) {
    throw new Refusal(
      'ValidationException',
      `${wrong}: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST`,
    );
  }
  if (!onDemand && asked < 2 && !hasUnknown([object.read_capacity ?? null, object.write_capacity ?? null])) {
    throw new Refusal(
      'ValidationException',
      `${wrong}: ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED`,
    );
  }
};

export const dynamodb: ServiceModel = {
  aws_dynamodb_table: {
    values: tableValues,
    rules: [
      matches(
        'name',
        /^[a-zA-Z0-9_.-]{3,255}$/,
        constraint(
          'ValidationException',
          'tableName',
          'satisfy regular expression pattern: [a-zA-Z0-9_.-]+ and have 3 to 255 characters',
        ),
      ),
      keysAreDefined,
      capacityFits,
      refersToKey('server_side_encryption.kms_key_arn', says('ValidationException', 'KMS key {} does not exist')),
    ],
    removal: [
      unprotected(
        'deletion_protection_enabled',
        says(
          'ValidationException',
          'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
        ),
      ),
    ],
    taken: (object) => `ResourceInUseException: Table already exists: ${String(object.name)}`,
  },
};
