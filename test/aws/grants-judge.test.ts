// That the proof of the grants can fail: the evaluator by IAM's own rules, and the counting with policies that give too much or too little.
import { describe, expect, it } from 'vitest';
import type { Artifact } from '../../schemas/generated/types.ts';
import { contractName } from '../../schemas/rules/catalog.ts';
import { loadCatalog } from '../../server/synth/load-catalog.ts';
import { attemptsOf } from './grants-attempts.ts';
import { evaluate, type PolicyDocument } from './grants-evaluator.ts';
import { type GrantCase, grantsGraph } from './grants-graph.ts';
import { countVerdicts, goneDefects, type Verdict } from './grants-judge.ts';

const { catalog } = loadCatalog();
const { cases } = grantsGraph(catalog);
const ROLE = 'arn:aws:iam::000000000000:role/taker';
const KEY = 'arn:aws:sqs:eu-central-1:000000000000:orders';

const allow = (Action: string | string[], Resource: string | string[], more = {}) => ({
  Statement: [{ Effect: 'Allow' as const, Action, Resource, ...more }],
});

/** What two producers of the contract would publish: its example, and the same with longer names. */
function published({ contract, connection }: GrantCase): Artifact[] {
  const name = contractName(contract);
  const value = contract.examples[0] ?? {};
  const longer = JSON.parse(
    JSON.stringify(value).replaceAll(/(orders-development-[a-z-]+|db-ABC|db-0a1b)/g, '$1x'),
  ) as Artifact['value'];
  const artifact = (node: string, fields: Artifact['value']) => ({
    ...{ node, port: connection.from.port, contract: contract.$id, value: fields, run: '', publishedAt: '' },
  });
  return [artifact(`${name}-a`, value), artifact(`${name}-ab`, longer)];
}

function judged(grantCase: GrantCase, policy?: PolicyDocument): Verdict[] {
  const attempts = attemptsOf(grantCase, { artifacts: published(grantCase), roleArn: ROLE });
  const promised = attempts
    .filter(({ expected }) => expected === 'allowed')
    .map((each) => allow(each.action, each.resource));
  const documents = policy ? [...promised, policy] : promised;
  return attempts.map((attempt) => ({ ...attempt, evaluator: evaluate(documents, attempt) }));
}

const ofRoles = cases.filter(({ consumer }) => consumer.manifest.workload === true);

describe('the judge', () => {
  it.each(ofRoles.map((each) => [each.connection.id, each] as const))(
    'finds %s right, tried on both producers',
    (_id, grantCase) => {
      const row = countVerdicts(judged(grantCase), []);
      expect(row.wrong).toEqual([]);
      expect(row.allowed).toBeGreaterThan(0);
      expect(row.denied).toBeGreaterThan(row.allowed);
    },
  );

  it.each(ofRoles.map((each) => [each.connection.id, each] as const))(
    'counts what any one action too many lets %s do',
    (_id, grantCase) => {
      for (const attempt of judged(grantCase).filter(({ expected }) => expected === 'denied')) {
        const { wrong } = countVerdicts(judged(grantCase, allow(attempt.action, attempt.resource)), []);
        expect(wrong.join()).toContain(`${attempt.action} on ${attempt.resource}`);
      }
    },
  );

  it.each(ofRoles.map((each) => [each.connection.id, each] as const))(
    'counts the neighbour that * lets %s reach',
    (_id, grantCase) => {
      const promised = judged(grantCase).filter(({ expected }) => expected === 'allowed');
      for (const { action } of promised)
        expect(countVerdicts(judged(grantCase, allow(action, '*')), []).wrong.join()).toContain(action);
    },
  );

  it('counts what is promised and refused, whoever says so', () => {
    const verdict = {
      action: 'sqs:SendMessage',
      resource: KEY,
      expected: 'allowed',
      emulator: 'allowed',
      evaluator: 'allowed',
    } as const;
    expect(countVerdicts([verdict], []).wrong).toEqual([]);
    expect(countVerdicts([{ ...verdict, evaluator: 'denied' }], []).wrong).toHaveLength(1);
    expect(countVerdicts([{ ...verdict, emulator: 'denied' }], []).wrong).toHaveLength(1);
    expect(countVerdicts([{ ...verdict, emulator: 'InternalError: no' }], []).wrong).toHaveLength(1);
  });

  it('passes over a listed defect of the emulator, never over the evaluator, and sees when it is gone', () => {
    const defect = { action: 'sqs:SendMessage', expected: 'allowed', reason: 'a test' } as const;
    const verdict = {
      action: 'sqs:SendMessage',
      resource: KEY,
      expected: 'allowed',
      emulator: 'denied',
      evaluator: 'allowed',
    } as const;
    expect(countVerdicts([verdict], [defect])).toMatchObject({ wrong: [], allowed: 1, alone: ['sqs:SendMessage'] });
    expect(countVerdicts([{ ...verdict, evaluator: 'denied' }], [defect]).wrong).toHaveLength(1);
    expect(goneDefects([verdict], [defect])).toEqual([]);
    expect(goneDefects([{ ...verdict, emulator: 'allowed' }], [defect])).toEqual([defect]);
  });
});

describe('the evaluator', () => {
  const ask = { action: 'sqs:SendMessage', resource: KEY };

  it.each([
    ['nothing', [], 'denied'],
    ['the action on the resource', [allow('sqs:SendMessage', KEY)], 'allowed'],
    ['the action in another case', [allow('SQS:sendmessage', KEY)], 'allowed'],
    ['a wildcard', [allow('sqs:Send*', `${KEY.slice(0, -1)}?`)], 'allowed'],
    ['another resource', [allow('sqs:SendMessage', `${KEY}-x`)], 'denied'],
    ['another action', [allow('sqs:ReceiveMessage', KEY)], 'denied'],
    [
      'a deny beside an allow',
      [allow('*', '*'), { Statement: { ...allow('sqs:*', '*').Statement[0], Effect: 'Deny' } }],
      'denied',
    ],
  ] as [string, PolicyDocument[], string][])('answers %s', (_name, documents, answer) => {
    expect(evaluate(documents, ask)).toBe(answer);
  });

  it.each([
    [{ StringEquals: { 'aws:k': 'v' } }, 'v', 'vv'],
    [{ StringLike: { 'aws:k': ['v*'] } }, 'vv', 'w'],
    [{ ArnLike: { 'aws:k': 'arn:*:x' } }, 'arn:aws:x', 'arn:aws:y'],
    [{ ArnEquals: { 'aws:k': 'arn:x' } }, 'arn:x', 'arn:xy'],
    [{ Bool: { 'aws:k': 'true' } }, 'true', 'false'],
    [{ Null: { 'aws:k': 'false' } }, 'anything', undefined],
  ])('keeps the condition %j', (Condition, good, bad) => {
    const document = allow('sqs:SendMessage', KEY, { Condition });
    expect(evaluate([document], { ...ask, context: { 'aws:k': good } })).toBe('allowed');
    expect(evaluate([document], bad === undefined ? ask : { ...ask, context: { 'aws:k': bad } })).toBe('denied');
    expect(evaluate([document], ask)).toBe('denied');
  });

  it('lets nobody but the named service in by the policy of a resource', () => {
    const document = allow('sqs:SendMessage', KEY, { Principal: { Service: 'sns.amazonaws.com' } });
    expect(evaluate([document], { ...ask, service: 'sns.amazonaws.com' })).toBe('allowed');
    expect(evaluate([document], { ...ask, service: 's3.amazonaws.com' })).toBe('denied');
    expect(evaluate([document], ask)).toBe('denied');
  });

  it('throws at what it does not know', () => {
    expect(() => evaluate([allow('*', '*', { NotAction: 'sqs:*' })], ask)).toThrow('NotAction');
    expect(() => evaluate([allow('*', '*', { Condition: { IpAddress: { 'aws:SourceIp': '::1' } } })], ask)).toThrow(
      'IpAddress',
    );
  });
});
