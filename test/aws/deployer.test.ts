// The deploying role with what `env permissions` prints and nothing more: it plans, applies and destroys the demo graph; with any one
// service taken out it fails there, says so, and goes on when it is given back.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  DeployPermissions,
  Graph,
  IamPolicyDocument,
  Run,
  RunCreate,
  Step,
} from '../../schemas/generated/types.ts';
import { deniedCall } from '../../schemas/rules/denied-call.ts';
import { type EmulatorException, type Gate, openGate } from './deployer-gate.ts';
import { createRole, type DeployerRole } from './deployer-role.ts';
import { type Live, openLive, wordsOf } from './live.ts';
import { versionsOf, writeTable } from './tables.ts';

interface Exceptions {
  /** Services that the emulator never asks for: taken out from beginning to end. */
  unasked: { service: string; reason: string }[];
  /** Asked by the provider at an endpoint only, denied, and of no consequence. */
  tolerated: { action: string; reason: string }[];
  cannotJudge: EmulatorException[];
}

const read = (file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as unknown;
const { unasked, tolerated, cannotJudge } = read('deployer-exceptions.json') as Exceptions;
const { graph } = read('../../server/services/demo/orders.json') as { graph: Graph };

/** Runs, resumed once for each service: one box first, then a chain, then everything, so that each still has work to do. */
const ROUNDS: { only: string[]; without: string[] }[] = [
  { only: ['invoices'], without: ['s3'] },
  {
    only: ['invoices', 'order-events', 'orders-queue', 'invoice-worker'],
    without: ['sns', 'sqs', 'lambda', 'iam', 'logs'],
  },
  { only: [], without: ['ec2', 'rds', 'elasticloadbalancing', 'ecs'] },
];

let live: Live;
let role: DeployerRole;
let gate: Gate;
let permissions: DeployPermissions;
let scope = '';
/** Goes on in the first round. */
let interrupted: Run | undefined;
const rows: (string | number)[][] = [];

beforeAll(async () => {
  live = await openLive();
  role = await createRole(live.endpoint, 'deployer');
  gate = await openGate(live.endpoint, cannotJudge);
  const target = { kind: 'aws-endpoint', region: 'eu-central-1', endpoint: gate.endpoint, roleArn: role.arn } as const;
  scope = await live.environment('deployer', graph, { target });
  permissions = await live.call('GET', `${live.path(scope)}/permissions`);
});
afterAll(async () => {
  await live?.close();
  await gate?.close();
  await role?.remove();
});

const serviceOf = (action: string) => action.replace(/:.*/, '');
const allOf = ({ read: plan, write }: DeployPermissions) => [...plan, ...write];
const actionsOf = (documents: readonly IamPolicyDocument[]) => [
  ...new Set(documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action))),
];

/** What was printed, without the statements of a service and of those that nobody asks for. */
async function give(documents: readonly IamPolicyDocument[], without = ''): Promise<void> {
  const out = new Set([without, ...unasked.map(({ service }) => service)]);
  const isKept = ({ Action }: { Action: string[] }) => !Action.some((action) => out.has(serviceOf(action)));
  const given = documents
    .map((document) => ({ ...document, Statement: document.Statement.filter(isKept) }))
    .filter(({ Statement }) => Statement.length > 0);
  await role.give(given);
  gate.knows(given);
  gate.takeDenials();
}

const deniedActions = () => {
  const expected = new Set(tolerated.map(({ action }) => action));
  return gate.takeDenials().filter(({ action }) => !expected.has(action));
};

async function resume({ id }: Run): Promise<Run> {
  await live.call('POST', `runs/${id}/resume`, {});
  return live.settled(id);
}

const apply = (only: string[]): Promise<Run> =>
  live.run(scope, { kind: 'apply', approve: true, ...(only.length > 0 ? { only } : {}) } satisfies RunCreate);
const failedOf = (run: Run): Step[] => run.steps.filter(({ status }) => status === 'failed');

describe('the role that deploys the demo graph', () => {
  it('plans with the read documents alone', async () => {
    await give(permissions.read);
    const plan = await live.run(scope, { kind: 'plan' });
    expect(plan.status, wordsOf(plan)).toBe('waiting');
    expect(deniedActions()).toEqual([]);
    await live.call('POST', `runs/${plan.id}/cancel`, {});
  });

  it('is told when its session is refused in the middle of a run', async () => {
    await give(allOf(permissions));
    gate.spoilSessions(true);
    interrupted = await apply(ROUNDS[0]?.only ?? []);
    gate.spoilSessions(false);
    expect(failedOf(interrupted).map(({ error }) => error)).toMatchObject([
      { code: 'credentials', retry: true, hint: expect.stringContaining('then resume') },
    ]);
  });

  for (const { only, without } of ROUNDS) {
    it(`fails at ${without.join(', ')}, each taken out by itself, and goes on when it is given back`, async () => {
      let run = interrupted;
      interrupted = undefined;
      for (const service of without) {
        await give(allOf(permissions), service);
        run = run ? await resume(run) : await apply(only);
        noteFailure(service, run);
      }
      await give(allOf(permissions));
      const resumed = run && (await resume(run));
      expect(resumed?.status, resumed && wordsOf(resumed)).toBe('succeeded');
      expect(deniedActions()).toEqual([]);
      for (const service of without) rows.find(([name]) => name === service)?.push('yes');
    });
  }

  it('was tried without each service that the policies name', () => {
    const tried = [...ROUNDS.flatMap(({ without }) => without), ...unasked.map(({ service }) => service)];
    expect(tried.sort()).toEqual([...new Set(actionsOf(allOf(permissions)).map(serviceOf))].sort());
  });

  it('destroys it', async () => {
    await give(allOf(permissions));
    const run = await live.run(scope, { kind: 'destroy', approve: true });
    expect(run.status, wordsOf(run)).toBe('succeeded');
    expect(deniedActions()).toEqual([]);
  });

  it('was denied nothing but what is listed, and everything that is listed occurs', async () => {
    const idle = cannotJudge.filter((each) => !gate.used.has(each));
    expect(idle).toEqual([]);
    writeTable('deployer', { ...table(), versions: await versionsOf(live) });
  });
});

describe('an environment without credentials', () => {
  it('says what is missing before anything is planned', async () => {
    const target = { kind: 'aws', region: 'eu-central-1', account: '000000000000', profile: 'nobody' } as const;
    const bare = await live.environment('bare', graph, { target });
    const run = await live.run(bare, { kind: 'plan' });
    expect(run).toMatchObject({
      status: 'failed',
      error: { code: 'no-credentials', detail: expect.stringContaining('profile nobody'), retry: true },
    });
    expect(run.steps.map(({ status }) => status)).not.toContain('failed');
  });
});

/** A run without a service: it failed there and nowhere else, and its words name the action, the resource, the role and the way on. */
function noteFailure(service: string, run: Run): void {
  expect(run.status, `without ${service}: ${wordsOf(run)}`).toBe('failed');
  const denials = deniedActions();
  expect([...new Set(denials.map(({ action }) => serviceOf(action)))]).toEqual([service]);
  const [step] = failedOf(run);
  const said = deniedCall(step?.error?.detail ?? '');
  expect(step?.error).toMatchObject({ code: 'denied', hint: expect.stringContaining('plumbline env permissions') });
  expect(said).toMatchObject({ action: expect.stringMatching(`^${service}:`), caller: 'role deployer' });
  expect(step?.error?.message).toContain(`role deployer may not do ${said?.action} on ${said?.resource}`);
  const granted = actionsOf(allOf(permissions)).filter((action) => serviceOf(action) === service).length;
  rows.push([
    service,
    granted,
    judge(service),
    `${step?.name}: ${step?.error?.address}`,
    `${said?.action} on ${said?.resource}`,
  ]);
}

const judge = (service: string): string => {
  const blind = cannotJudge.filter(({ asks, means }) => serviceOf(means ?? asks) === service).length;
  return blind === 0 ? 'emulator' : `emulator; the resources of ${blind} actions it cannot judge`;
};

function table() {
  const idle = unasked.map(({ service, reason }) => {
    const granted = actionsOf(allOf(permissions)).filter((action) => serviceOf(action) === service).length;
    return [service, granted, 'nobody: the emulator never asks', 'nothing: it was out all the time', reason, '-'];
  });
  const reasons = new Map<string, string[]>();
  for (const { asks, means, reason } of cannotJudge)
    reasons.set(reason, [...(reasons.get(reason) ?? []), means ? `${asks} for ${means}` : asks]);
  return {
    columns: ['service', 'actions', 'judged by', 'without it, failed at', 'said', 'resumed'],
    rows: [...rows, ...idle],
    notes: ['The emulator cannot judge:', ...[...reasons].map(([reason, asks]) => `- ${reason}: ${asks.join(', ')}`)],
  };
}
