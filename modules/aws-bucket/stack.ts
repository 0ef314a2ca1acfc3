// A private S3 bucket: encrypted, no public access, no ACLs, TLS only, versioned, with a life cycle.
import {
  S3Bucket,
  S3BucketLifecycleConfiguration,
  S3BucketOwnershipControls,
  S3BucketPolicy,
  S3BucketPublicAccessBlock,
  S3BucketServerSideEncryptionConfigurationA,
  S3BucketVersioningA,
} from '../construct/aws/s3.ts';
import { defineModule, denyInsecureTransport, type ModuleScope, policyDocument } from '../construct/index.ts';
import { type LifecycleParams, lifecycleRules } from './lifecycle-rules.ts';

interface Params extends LifecycleParams {
  versioning: boolean;
}

export default defineModule<Params>((scope) => {
  const { stack, context, name } = scope;
  // Bucket names are shared by all of AWS: the account keeps ours apart from other people's.
  const bucket = new S3Bucket(stack, 'bucket', { bucket: name(63, { suffix: context.account, lowercase: true }) });
  closeToThePublic(scope, bucket);
  new S3BucketServerSideEncryptionConfigurationA(stack, 'encryption', {
    bucket: bucket.id,
    rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
  });
  keepVersions(scope, bucket);
  return {
    bucket: {
      arn: bucket.arn,
      name: bucket.bucket,
      region: context.region,
      domainName: bucket.bucketRegionalDomainName,
    },
  };
});

function closeToThePublic({ stack }: ModuleScope<Params>, bucket: S3Bucket): void {
  const block = new S3BucketPublicAccessBlock(stack, 'public_access_block', {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketOwnershipControls(stack, 'ownership', {
    bucket: bucket.id,
    rule: { objectOwnership: 'BucketOwnerEnforced' },
    // S3 refuses two changes of one bucket's access settings at the same time.
    dependsOn: [block],
  });
  new S3BucketPolicy(stack, 'bucket_policy', {
    bucket: bucket.id,
    policy: policyDocument([denyInsecureTransport(['s3:*'], [bucket.arn, `${bucket.arn}/*`])]),
    dependsOn: [block],
  });
}

function keepVersions({ stack, params }: ModuleScope<Params>, bucket: S3Bucket): void {
  const versioning = new S3BucketVersioningA(stack, 'versioning', {
    bucket: bucket.id,
    versioningConfiguration: { status: params.versioning ? 'Enabled' : 'Suspended' },
  });
  new S3BucketLifecycleConfiguration(stack, 'lifecycle', {
    bucket: bucket.id,
    rule: lifecycleRules(params),
    dependsOn: [versioning],
  });
}
