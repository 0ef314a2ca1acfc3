import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesizeNode, type TestNode } from '../construct/testing.ts';
import stack from './stack.ts';

const resources = (node?: TestNode) => resourcesOf(synthesizeNode(stack, 'aws-bucket', node));

function rules(node: TestNode): unknown[] {
  return resources(node)['aws_s3_bucket_lifecycle_configuration.lifecycle']?.rule as unknown[];
}

describe('aws-bucket', () => {
  it('is private, encrypted, versioned and TLS only by default', () => {
    const all = resources();
    expect(all['aws_s3_bucket.bucket']).toEqual({ bucket: 'shop-dev-node-000000000000' });
    expect(all['aws_s3_bucket_public_access_block.public_access_block']).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(all['aws_s3_bucket_ownership_controls.ownership']?.rule).toEqual({
      object_ownership: 'BucketOwnerEnforced',
    });
    expect(JSON.stringify(all['aws_s3_bucket_server_side_encryption_configuration.encryption'])).toContain('AES256');
    expect(all['aws_s3_bucket_versioning.versioning']?.versioning_configuration).toEqual({ status: 'Enabled' });
    expect(all['aws_s3_bucket_policy.bucket_policy']?.policy).toContain('aws:SecureTransport');
  });

  it('never deletes objects with the bucket', () => {
    expect(resources()['aws_s3_bucket.bucket']).not.toHaveProperty('force_destroy');
  });

  it('drops old versions only where versions are kept', () => {
    expect(rules({ preset: 'standard' })).toContainEqual(
      expect.objectContaining({ noncurrent_version_expiration: [{ noncurrent_days: 90 }] }),
    );
    expect(JSON.stringify(rules({ preset: 'scratch' }))).not.toContain('noncurrent');
  });

  it('moves objects to cheaper storage unless they are deleted before', () => {
    const moved = expect.objectContaining({ transition: [{ days: 60, storage_class: 'STANDARD_IA' }] });
    expect(rules({ params: { moveToInfrequentAccessDays: 60, deleteAfterDays: 61 } })).toContainEqual(moved);
    expect(rules({ params: { moveToInfrequentAccessDays: 60, deleteAfterDays: 60 } })).not.toContainEqual(moved);
  });

  it('stays the same root when the node is renamed', () => {
    expect(synthesizeNode(stack, 'aws-bucket', { name: 'Other name' })).toEqual(synthesizeNode(stack, 'aws-bucket'));
  });
});
