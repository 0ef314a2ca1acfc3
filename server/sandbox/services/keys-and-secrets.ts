// AWS KMS and AWS Secrets Manager.
import type { Draft, Rule, ServiceModel } from '../cloud/model.ts';
import { textAt } from '../cloud/paths.ts';
import { arn } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { matches, policyDocument, refers, unique, within } from '../cloud/rules.ts';
import { type ObjectValue, UNKNOWN } from '../wire/value.ts';
import { refersToKey, says } from './answers.ts';
import { uuid } from './sns.ts';

const MAX_SECRET_BYTES = 65_536;
const SECRETS = [
  ['aws_secretsmanager_secret', 'id'],
  ['aws_secretsmanager_secret', 'name'],
] as const;
const keyExists = (path: string): Rule => refersToKey(path, says('NotFoundException', "Key '{}' does not exist"));

function keyValues({ object, realm, hash }: Draft): ObjectValue {
  const id = object.id === UNKNOWN ? uuid(hash()) : String(object.id);
  const statement = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:${realm.partition}:iam::${realm.account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  const policy = JSON.stringify({ Version: '2012-10-17', Id: 'key-default-1', Statement: [statement] });
  const rotation = object.enable_key_rotation === true ? 365 : 0;
  return {
    id,
    key_id: id,
    arn: arn(realm, 'kms', `key/${id}`),
    policy,
    multi_region: false,
    rotation_period_in_days: rotation,
  };
}

async function aliasValues({ object, realm, cloud, text }: Draft): Promise<ObjectValue> {
  const name = String(object.name);
  const key = await cloud.find(text('target_key_id'), ['aws_kms_key', 'id'], ['aws_kms_key', 'arn']);
  return { id: name, arn: arn(realm, 'kms', name), target_key_arn: key?.arn ?? '' };
}

/** A key that its own policy locks out could never be changed again. */
const notLockedOut: Rule = ({ object, cloud }) => {
  const policy = textAt(object, 'policy');
  if (policy === '' || object.bypass_policy_lockout_safety_check === true) return;
  if (policy.includes(`:${cloud.realm.account}:`) || policy.includes(`"${cloud.realm.account}"`)) return;
  throw new Refusal(
    'MalformedPolicyDocumentException',
    'The new key policy will not allow you to update the key policy in the future.',
    'policy',
  );
};

function secretValues({ object, realm, hash }: Draft): ObjectValue {
  const id =
    object.id === UNKNOWN
      ? arn(realm, 'secretsmanager', `secret:${String(object.name)}-${hash().slice(0, 6)}`)
      : String(object.id);
  return { id, arn: id };
}

function versionValues({ object, text, hash, cloud }: Draft): ObjectValue | Promise<ObjectValue> {
  const version = object.version_id === UNKNOWN ? uuid(hash()) : text('version_id');
  const id = `${text('secret_id')}|${version}`;
  const stages = {
    version_id: version,
    version_stages: ['AWSCURRENT'],
    has_secret_string_wo: object.secret_string_wo_version !== null,
  };
  return cloud.find(text('secret_id'), ...SECRETS).then((secret) => ({ id, arn: secret?.arn ?? '', ...stages }));
}

const secretSize: Rule = ({ object }) => {
  const bytes = Buffer.byteLength(textAt(object, 'secret_string'));
  if (bytes <= MAX_SECRET_BYTES) return;
  throw new Refusal(
    'ValidationException',
    `The secret has ${bytes} bytes; Member must have length less than or equal to ${MAX_SECRET_BYTES}`,
    'secret_string',
  );
};

export const keysAndSecrets: ServiceModel = {
  aws_kms_key: {
    values: keyValues,
    rules: [
      policyDocument('policy', 'MalformedPolicyDocumentException', { principal: true }),
      notLockedOut,
      within(
        'deletion_window_in_days',
        7,
        30,
        says('ValidationException', 'PendingWindowInDays must be 7 to 30. Got {}'),
      ),
    ],
  },
  aws_kms_alias: {
    values: aliasValues,
    partOf: { path: 'target_key_id', type: 'aws_kms_key', by: 'key_id' },
    rules: [
      matches(
        'name',
        /^alias\/.+/,
        says(
          'ValidationException',
          'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
        ),
      ),
      matches(
        'name',
        /^alias\/(?!aws\/)[a-zA-Z0-9:/_-]{1,250}$/,
        says('InvalidAliasNameException', "The alias name '{}' is not allowed"),
      ),
      keyExists('target_key_id'),
    ],
    taken: (object) => `AlreadyExistsException: An alias with the name ${String(object.name)} already exists`,
  },
  aws_secretsmanager_secret: {
    values: secretValues,
    rules: [
      matches(
        'name',
        /^[A-Za-z0-9/_+=.@!-]{1,512}$/,
        says(
          'ValidationException',
          'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@! Got {}',
        ),
      ),
      unique(['name'], says('ResourceExistsException', 'The operation failed because the secret {} already exists.')),
      policyDocument('policy', 'MalformedPolicyDocumentException', { principal: true }),
      keyExists('kms_key_id'),
    ],
  },
  aws_secretsmanager_secret_version: {
    values: versionValues,
    rules: [
      refers(
        'secret_id',
        SECRETS,
        says('ResourceNotFoundException', "Secrets Manager can't find the specified secret."),
      ),
      secretSize,
    ],
  },
};
