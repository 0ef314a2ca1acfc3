import { describe, expect, it } from 'vitest';
import { resourcesOf, synthesizeNode } from '../construct/testing.ts';
import stack from './stack.ts';

const topic = { port: 'subscribesTo', contract: 'aws-topic', id: 'topic-queue', grants: ['subscribe'] };

describe('aws-queue', () => {
  it('makes an encrypted queue whose failed messages go to a dead-letter queue that only it may use', () => {
    const resources = resourcesOf(synthesizeNode(stack, 'aws-queue'));
    expect(resources['aws_sqs_queue.queue']).toMatchObject({
      name: 'shop-dev-node',
      sqs_managed_sse_enabled: true,
      receive_wait_time_seconds: 20,
      message_retention_seconds: 345_600,
      redrive_policy: expect.stringContaining('aws_sqs_queue.dead_letters.arn'),
    });
    expect(resources['aws_sqs_queue.dead_letters']).toMatchObject({
      name: 'shop-dev-node-dead-letters',
      sqs_managed_sse_enabled: true,
      redrive_allow_policy: expect.stringContaining('arn:aws:sqs:eu-central-1:000000000000:shop-dev-node"'),
    });
  });

  it('refuses calls without TLS on both queues', () => {
    const resources = resourcesOf(synthesizeNode(stack, 'aws-queue'));
    for (const id of ['queue_policy', 'dead_letters_policy']) {
      expect(resources[`aws_sqs_queue_policy.${id}`]?.policy).toContain('aws:SecureTransport');
    }
  });

  it('lets a connected topic alone send to it, in the one policy document, and subscribes to it', () => {
    const resources = resourcesOf(synthesizeNode(stack, 'aws-queue', { inputs: [topic] }));
    const policy = String(resources['aws_sqs_queue_policy.queue_policy']?.policy);
    expect(policy).toContain('"Sid" = "topicqueuesubscribe"');
    expect(policy).toContain('"Service" = "sns.amazonaws.com"');
    expect(policy).toContain('"aws:SourceArn" = [var.in_topic_queue_arn]');
    expect(resources['aws_sns_topic_subscription.subscription_topic_queue']).toEqual({
      topic_arn: '${var.in_topic_queue_arn}',
      protocol: 'sqs',
      endpoint: '${aws_sqs_queue.queue.arn}',
      raw_message_delivery: true,
    });
  });

  it('makes both queues FIFO and refuses a standard topic before it is subscribed to', () => {
    const { root, variables } = synthesizeNode(stack, 'aws-queue', { preset: 'fifo', inputs: [topic] });
    const resources = resourcesOf({ root, variables, resourceTypes: [] });
    expect(resources['aws_sqs_queue.queue']).toMatchObject({ name: 'shop-dev-node.fifo', fifo_queue: true });
    expect(resources['aws_sqs_queue.dead_letters']).toMatchObject({ name: 'shop-dev-node-dead-letters.fifo' });
    expect(resources['aws_sns_topic_subscription.subscription_topic_queue']?.lifecycle).toMatchObject({
      precondition: [{ condition: '${var.in_topic_queue_fifo}' }],
    });
    expect(variables.map(({ name, type }) => [name, type])).toEqual([
      ['in_topic_queue_arn', 'string'],
      ['in_topic_queue_fifo', 'bool'],
    ]);
  });

  it('publishes both queues as its contract says', () => {
    const { root } = synthesizeNode(stack, 'aws-queue');
    expect(root.output).toEqual({
      queue: {
        value: {
          arn: '${aws_sqs_queue.queue.arn}',
          url: '${aws_sqs_queue.queue.url}',
          name: '${aws_sqs_queue.queue.name}',
          region: 'eu-central-1',
          fifo: false,
        },
      },
      deadLetters: {
        value: {
          arn: '${aws_sqs_queue.dead_letters.arn}',
          url: '${aws_sqs_queue.dead_letters.url}',
          name: '${aws_sqs_queue.dead_letters.name}',
          region: 'eu-central-1',
          fifo: false,
        },
      },
    });
  });

  it('stays the same root when the node is renamed', () => {
    expect(synthesizeNode(stack, 'aws-queue', { name: 'Other name', inputs: [topic] })).toEqual(
      synthesizeNode(stack, 'aws-queue', { inputs: [topic] }),
    );
  });
});
