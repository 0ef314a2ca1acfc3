// Every grant of every contract, applied and tried: what it promises is allowed, and nothing else is.
import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Artifact } from '../../schemas/generated/types.ts';
import { contractName } from '../../schemas/rules/catalog.ts';
import { loadCatalog } from '../../server/synth/load-catalog.ts';
import { ROOT_KEYS } from './emulator.mjs';
import { askEmulator, EVALUATOR_ALONE } from './grants-ask.ts';
import { attemptsOf, type Facts, fieldsOf } from './grants-attempts.ts';
import { type Clients, openClients } from './grants-clients.ts';
import defects from './grants-defects.json' with { type: 'json' };
import { evaluate, type PolicyDocument } from './grants-evaluator.ts';
import { type GrantCase, grantsGraph } from './grants-graph.ts';
import { countVerdicts, type Defect, goneDefects, type Verdict } from './grants-judge.ts';
import { findRole, readPolicies, readQueuePolicy, takeRole } from './grants-role.ts';
import { type Live, openLive, wordsOf } from './live.ts';
import { versionsOf, writeTable } from './tables.ts';

const { catalog } = loadCatalog();
const { graph, cases } = grantsGraph(catalog);
const listed = defects as Defect[];
const APPLY_TIMEOUT = 1_200_000;

let live: Live;
let root: Clients;
let artifacts: Artifact[];
beforeAll(async () => {
  live = await openLive();
  root = openClients(live.endpoint, ROOT_KEYS);
  const scope = await live.environment('grants', graph);
  const run = await live.run(scope, { kind: 'apply', approve: true });
  expect(run.status, wordsOf(run)).toBe('succeeded');
  artifacts = await live.call<Artifact[]>('GET', `${live.path(scope)}/artifacts`);
}, APPLY_TIMEOUT);
afterAll(() => live?.close());

async function judge(grantCase: GrantCase): Promise<Verdict[]> {
  return grantCase.consumer.manifest.workload === true ? judgeRole(grantCase) : judgeResource(grantCase);
}

async function judgeRole(grantCase: GrantCase): Promise<Verdict[]> {
  const role = await findRole(root, { project: 'shop', environment: 'grants', node: grantCase.consumer.node });
  const facts: Facts = { artifacts, roleArn: role.arn };
  const documents = await readPolicies(root, role.name);
  const clients = await takeRole(root, live.endpoint, role);
  const verdicts: Verdict[] = [];
  for (const attempt of attemptsOf(grantCase, facts)) {
    const target = { field: fieldsOf(facts, attempt.at), role };
    const emulator = await askEmulator(clients, attempt.action, target);
    verdicts.push({ ...attempt, emulator, evaluator: evaluate(documents, attempt) });
  }
  return verdicts;
}

/** A service of the cloud acts, and nobody holds its keys: the policy that lets it in is all that there is to judge. */
async function judgeResource(grantCase: GrantCase): Promise<Verdict[]> {
  const own = { node: grantCase.consumer.node, port: grantCase.port.resourcePolicy?.output ?? '' };
  const url = fieldsOf({ artifacts }, own)('url');
  const documents: PolicyDocument[] = [await readQueuePolicy(root, url)];
  return attemptsOf(grantCase, { artifacts }).map((attempt) => ({
    ...attempt,
    evaluator: evaluate(documents, attempt),
  }));
}

describe('every grant of every contract', () => {
  it('allows what it promises, on the producer that it is joined to, and nothing else', async () => {
    const judged = await Promise.all(cases.map(judge));
    const rows = judged.map((verdicts) => countVerdicts(verdicts, listed));
    writeTable('grants', {
      columns: ['contract', 'grant', 'tried', 'allowed as promised', 'denied as promised', 'wrong', 'judged by'],
      rows: cases.map((grantCase, at) => cells(grantCase, judged[at] ?? [])),
      versions: await versionsOf(live),
      notes: notes(judged.flat()),
    });
    expect(rows.flatMap(({ wrong }, at) => wrong.map((words) => `${cases[at]?.connection.id}: ${words}`))).toEqual([]);
    expect(goneDefects(judged.flat(), listed)).toEqual([]);
    expect(rows.filter(({ allowed, denied }) => allowed === 0 || denied === 0)).toEqual([]);
  });

  it('has a row for each', () => {
    const grants = loadCatalog().contracts.flatMap(({ document }) =>
      Object.keys(document.grants).map((name) => [document.$id, name]),
    );
    expect(cases.map(({ contract, grant }) => [contract.$id, grant])).toEqual(grants);
  });

  it.each([
    ['one action more', (arn: string) => ({ Action: ['sqs:PurgeQueue'], Resource: [arn] })],
    ['any resource', () => ({ Action: ['sqs:SendMessage'], Resource: ['*'] })],
  ])('is found wrong where a role may do %s', async (_name, statement) => {
    const grantCase = cases.find(({ connection }) => connection.id === 'aws-queue-send');
    if (!grantCase) throw new Error('aws-queue has no grant send.');
    const { name } = await findRole(root, { project: 'shop', environment: 'grants', node: grantCase.consumer.node });
    const policy = { RoleName: name, PolicyName: 'too-much' };
    const wide = { Effect: 'Allow', ...statement(fieldsOf({ artifacts }, grantCase.connection.from)('arn')) };
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [wide] });
    await root.iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: document }));
    const verdicts = await judge(grantCase);
    await root.iam.send(new DeleteRolePolicyCommand(policy));
    expect(verdicts.filter(({ expected, emulator }) => expected === 'denied' && emulator === 'allowed')).not.toEqual(
      [],
    );
    expect(countVerdicts(verdicts, listed).wrong).not.toEqual([]);
  });
});

function cells({ contract, grant }: GrantCase, verdicts: readonly Verdict[]): (string | number)[] {
  const { tried, allowed, denied, wrong, alone } = countVerdicts(verdicts, listed);
  const heard = verdicts.some(({ emulator }) => emulator !== undefined) ? 'emulator and evaluator' : 'evaluator';
  const judges = heard === 'evaluator' || alone.length === 0 ? heard : `${heard}; evaluator alone: ${alone.join(', ')}`;
  return [contractName(contract), grant, tried, allowed, denied, wrong.length, judges];
}

function notes(verdicts: readonly Verdict[]): string[] {
  const alone = Object.entries(EVALUATOR_ALONE).filter(([action]) => verdicts.some((each) => each.action === action));
  return [
    "Each call was made with the AWS SDK as the consumer's role; only the role's trust policy was changed, so that the test could take it.",
    'The evaluator judged every attempt too, over the policies read back from the emulator.',
    'Where a service of AWS acts for the producer, nobody holds its keys: the evaluator alone judged the policy of the resource that lets it in.',
    ...alone.map(([action, reason]) => `${action}: ${reason}`),
    ...listed.map(({ action, reason }) => `${action}: ${reason}`),
  ];
}
