import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesizeNode } from '../construct/testing.ts';
import stack from './stack.ts';

describe('aws-topic', () => {
  it('makes an encrypted topic that refuses calls without TLS', () => {
    const resources = resourcesOf(synthesizeNode(stack, 'aws-topic'));
    expect(resources['aws_sns_topic.topic']).toEqual({
      name: 'shop-dev-node',
      kms_master_key_id: 'alias/aws/sns',
      signature_version: 2,
    });
    expect(resources['aws_sns_topic_policy.topic_policy']?.policy).toContain('aws:SecureTransport');
    expect(resources['aws_sns_topic_policy.topic_policy']?.policy).not.toContain('sns:*');
  });

  it('follows the params of a FIFO topic', () => {
    const params = { contentBasedDeduplication: false, encrypted: false, tracing: true, displayName: 'Orders' };
    const resources = resourcesOf(synthesizeNode(stack, 'aws-topic', { preset: 'fifo', params }));
    expect(resources['aws_sns_topic.topic']).toEqual({
      name: 'shop-dev-node.fifo',
      fifo_topic: true,
      content_based_deduplication: false,
      display_name: 'Orders',
      tracing_config: 'Active',
      signature_version: 2,
    });
  });

  it('takes template signs in a display name as text', () => {
    const resources = resourcesOf(synthesizeNode(stack, 'aws-topic', { params: { displayName: '${path.cwd}' } }));
    expect(resources['aws_sns_topic.topic']?.display_name).toBe('$${path.cwd}');
  });

  it('stays the same root when the node is renamed', () => {
    expect(synthesizeNode(stack, 'aws-topic', { name: 'Other name' })).toEqual(synthesizeNode(stack, 'aws-topic'));
  });
});
