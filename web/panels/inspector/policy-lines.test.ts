import { describe, expect, it } from 'vitest';
import type { AppliedPolicy, PolicyStatement } from '../../../schemas/generated/types.ts';
import { actionsOf, comparePolicies, groupByResource } from './policy-lines.ts';

const statement = (grant: string, actions: string[], resource = 'arn:queue'): PolicyStatement => ({
  connection: 'line',
  grant,
  identity: 'workload',
  effect: 'Allow',
  actions,
  resources: [resource],
});
const applied = (document: unknown): AppliedPolicy[] => [
  { address: 'aws_iam_role_policy.x', role: 'r', name: 'x', document },
];

describe('a policy beside what stands in applied state', () => {
  const planned = [statement('send', ['sqs:SendMessage', 'sqs:GetQueueUrl'])];

  it('says what the next apply adds and takes away', () => {
    const document = {
      Statement: [{ Action: ['sqs:ReceiveMessage', 'sqs:GetQueueUrl'] }, { Action: 'sqs:PurgeQueue' }],
    };
    expect(comparePolicies(planned, applied(document))).toEqual({
      isApplied: true,
      isSame: false,
      added: ['sqs:SendMessage'],
      removed: ['sqs:ReceiveMessage', 'sqs:PurgeQueue'],
    });
  });

  it('reads a document that comes as text', () => {
    const text = JSON.stringify({ Statement: { Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'] } });
    expect(comparePolicies(planned, applied(text)).isSame).toBe(true);
  });

  it('is not applied while nothing stands', () => {
    expect(comparePolicies(planned, []).isApplied).toBe(false);
  });
});

describe('statements as people read them', () => {
  it('are grouped by resource, each action once with every grant that it comes from', () => {
    const both = [
      statement('receive', ['a:Get', 'a:Url']),
      statement('send', ['a:Put', 'a:Url']),
      statement('read', ['a:L'], 'x'),
    ];
    const groups = groupByResource(both);
    expect(groups.map((group) => group.length)).toEqual([2, 1]);
    expect(actionsOf(groups[0] ?? [])).toEqual([
      { action: 'a:Get', grants: ['receive'] },
      { action: 'a:Url', grants: ['receive', 'send'] },
      { action: 'a:Put', grants: ['send'] },
    ]);
  });
});
