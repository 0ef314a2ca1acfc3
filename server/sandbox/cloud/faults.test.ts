import { describe, expect, it } from 'vitest';
import type { Fault } from '../contract.ts';
import { testCloud } from '../testing/test-cloud.ts';

const fault: Fault = { id: 'f', kind: 'denied', type: 'aws_sqs_queue', operation: 'create' };

describe('an ordered fault', () => {
  it.each([
    [
      'denied',
      'AccessDenied: User: arn:aws:sts::000000000000:assumed-role/plumbline-sandbox/terraform is not authorized to perform: sqs:CreateQueue',
    ],
    ['throttled', 'ThrottlingException: Rate exceeded'],
    ['quota', 'LimitExceeded'],
    ['timeout', 'timeout while waiting for state'],
  ] as const)('of kind %s answers in AWS’s words', async (kind, text) => {
    const cloud = testCloud([{ ...fault, kind }]);
    await expect(cloud.make('aws_sqs_queue', { name: 'a' })).rejects.toThrow(text);
    expect(cloud.store.objects.size).toBe(0);
  });

  it('meets the n-th call only', async () => {
    const cloud = testCloud([{ ...fault, nth: 2 }]);
    await cloud.make('aws_sqs_queue', { name: 'a' });
    await expect(cloud.make('aws_sqs_queue', { name: 'b' })).rejects.toThrow('AccessDenied');
    await cloud.make('aws_sqs_queue', { name: 'b' });
  });

  it('spares other nodes, types and operations', async () => {
    const cloud = testCloud([
      { ...fault, node: 'node-2' },
      { ...fault, operation: 'delete' },
      { ...fault, type: 'aws_sns_topic' },
    ]);
    const queue = await cloud.make('aws_sqs_queue', { name: 'a' });
    await expect(cloud.remove('aws_sqs_queue', queue)).rejects.toThrow('AccessDenied');
  });
});
