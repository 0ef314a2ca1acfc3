// Amazon S3.
import type { Draft, Rule, ServiceModel, TypeModel } from '../cloud/model.ts';
import { textAt } from '../cloud/paths.ts';
import { digest } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { heldBy, listed, matches, policyDocument, refers, statementsOf, whenMade } from '../cloud/rules.ts';
import type { ObjectValue } from '../wire/value.ts';
import { refersToKey, says } from './answers.ts';

const BUCKETS = [['aws_s3_bucket', 'bucket']] as const;
const NAME = /^(?!xn--|sthree-)(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const inBucket = refers('bucket', BUCKETS, says('NoSuchBucket', 'The specified bucket does not exist'));

function bucketValues({ object, realm }: Draft): ObjectValue {
  const name = String(object.bucket);
  const byDefault = { kms_master_key_id: '', sse_algorithm: 'AES256' };
  return {
    id: name,
    arn: `arn:${realm.partition}:s3:::${name}`,
    bucket_domain_name: `${name}.s3.amazonaws.com`,
    bucket_regional_domain_name: `${name}.s3.${realm.region}.amazonaws.com`,
    hosted_zone_id: 'Z3AQBSTGFYJSTF',
    region: realm.region,
    request_payer: 'BucketOwner',
    grant: [{ id: digest(realm.account), type: 'CanonicalUser', permissions: ['FULL_CONTROL'], uri: '' }],
    versioning: [{ enabled: false, mfa_delete: false }],
    server_side_encryption_configuration: [
      { rule: [{ apply_server_side_encryption_by_default: [byDefault], bucket_key_enabled: false }] },
    ],
  };
}

/** Every statement of a bucket policy must be about that bucket. */
const aboutThisBucket: Rule = ({ object, cloud }) => {
  const own = `arn:${cloud.realm.partition}:s3:::${textAt(object, 'bucket')}`;
  const isOwn = (resource: string): boolean => resource === own || resource.startsWith(`${own}/`);
  const resources = statementsOf(textAt(object, 'policy')).flatMap((statement) => listed(statement.Resource));
  if (!resources.every(isOwn)) throw new Refusal('MalformedPolicy', 'Policy has invalid resource', 'policy');
};

const notPublic: Rule = async ({ object, cloud }) => {
  const [block] = await cloud.where('aws_s3_bucket_public_access_block', 'bucket', textAt(object, 'bucket'));
  const isPublic = statementsOf(textAt(object, 'policy')).some(({ Effect, Principal, Condition }) => {
    const everybody = Principal === '*' || (Principal as { AWS?: unknown } | undefined)?.AWS === '*';
    return Effect === 'Allow' && everybody && !Condition;
  });
  if (!isPublic || block?.block_public_policy !== true) return;
  const why = 'because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.';
  throw new Refusal('AccessDenied', `User is not authorized to perform: s3:PutBucketPolicy ${why}`, 'policy');
};

const isEmpty: Rule = async (subject) => {
  if (subject.object.force_destroy === true) return;
  const answer = says('BucketNotEmpty', 'The bucket you tried to delete is not empty');
  await heldBy('bucket', [['aws_s3_object', 'bucket']], answer)(subject);
};

const oneLifecycleId: Rule = ({ object }) => {
  const ids = (Array.isArray(object.rule) ? (object.rule as ObjectValue[]) : []).map((rule) => rule.id);
  if (new Set(ids).size === ids.length) return;
  throw new Refusal('InvalidArgument', 'Rule ID must be unique. Found same ID for more than one rule', 'rule');
};

/** A part of a bucket: it has the bucket's name as its id, and can be there only once. */
function part(rules: readonly Rule[] = [], values: (draft: Draft) => ObjectValue = () => ({})): TypeModel {
  return {
    values: (draft) => ({ id: draft.text('bucket'), ...values(draft) }),
    partOf: { path: 'bucket', type: 'aws_s3_bucket', by: 'bucket' },
    rules: [inBucket, ...rules],
    taken: (object) => `OperationAborted: The bucket ${String(object.bucket)} has such a configuration already`,
  };
}

export const s3: ServiceModel = {
  aws_s3_bucket: {
    values: bucketValues,
    rules: [matches('bucket', NAME, says('InvalidBucketName', 'The specified bucket is not valid: {}'))],
    removal: [isEmpty],
    taken: () =>
      'BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it.',
  },
  aws_s3_object: {
    values: ({ text }) => ({ id: text('key') }),
    partOf: { path: 'bucket', type: 'aws_s3_bucket', by: 'bucket' },
    rules: [inBucket],
  },
  aws_s3_bucket_versioning: part(),
  aws_s3_bucket_server_side_encryption_configuration: part([
    refersToKey(
      'rule.apply_server_side_encryption_by_default.kms_master_key_id',
      says('KMS.NotFoundException', "Key '{}' does not exist"),
    ),
  ]),
  aws_s3_bucket_public_access_block: part(),
  aws_s3_bucket_ownership_controls: part(),
  aws_s3_bucket_policy: part([
    policyDocument('policy', 'MalformedPolicy', { principal: true }),
    aboutThisBucket,
    notPublic,
  ]),
  aws_s3_bucket_lifecycle_configuration: part([oneLifecycleId], () => ({
    expected_bucket_owner: '',
    transition_default_minimum_object_size: 'all_storage_classes_128K',
  })),
  aws_s3_bucket_logging: part([
    whenMade(
      refers(
        'target_bucket',
        BUCKETS,
        says('InvalidTargetBucketForLogging', 'The target bucket for logging does not exist'),
      ),
    ),
  ]),
};
