// A cloud that goes away in the middle of an apply and comes back empty, and one that says "too many": what is told, and that it goes on.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph, Run } from '../../schemas/generated/types.ts';
import { startEmulator } from './emulator.mjs';
import { takeInventory } from './inventory.ts';
import { type Live, openLive, wordsOf } from './live.ts';
import { type Answer, openPassThrough, type PassThrough } from './pass-through.ts';

const REGION = 'eu-west-3';
const node = (id: string, module: string, preset: string) => ({ id, name: id, module, version: '^1.0.0', preset });
const graph: Graph = {
  schemaVersion: 1,
  nodes: [
    node('events', 'aws-topic', 'standard'),
    node('jobs', 'aws-queue', 'standard'),
    node('orders', 'aws-table', 'small'),
  ],
  connections: [
    {
      id: 'events-to-jobs',
      from: { node: 'events', port: 'topic' },
      to: { node: 'jobs', port: 'subscribesTo' },
      grants: ['subscribe'],
    },
  ],
};

let live: Live;
let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeAll(async () => {
  emulator = await startEmulator();
  live = await openLive();
});
afterAll(async () => {
  await live?.close();
  await emulator?.stop();
});

const targetAt = (endpoint: string) => ({ target: { kind: 'aws-endpoint' as const, region: REGION, endpoint } });
const statuses = (run: Run) => Object.fromEntries(run.steps.map((step) => [step.node, step.status]));
const resume = async (run: Run) => live.settled((await live.call<Run>('POST', `runs/${run.id}/resume`)).id);

/** Roots whose state is locked, read from the server's database. */
function locks(): unknown[] {
  const database = new Sqlite(join(live.dataDir, 'plumbline.db'), { readonly: true });
  try {
    return database.prepare('SELECT node FROM state_locks').all();
  } finally {
    database.close();
  }
}

describe('an emulator that is killed in the middle of an apply and started again empty', () => {
  let scope = '';
  let run: Run;

  it('fails the run with what was asked, what was answered and what to do; what was made is kept, and no lock', async () => {
    scope = await live.environment('crash', graph, targetAt(emulator.endpoint));
    const begun = await live.call<Run>('POST', `${live.path(scope)}/runs`, { kind: 'apply', approve: true });
    await untilApplying(begun.id, 'jobs');
    await emulator.stop('SIGKILL');
    run = await live.settled(begun.id);
    expect(statuses(run)).toEqual({ events: 'succeeded', jobs: 'failed', orders: 'succeeded' });
    expect(run.error).toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/^Applying aws_sqs_queue\.\w+ \(SQS \w+\) failed: .*could not be reached/),
      hint: expect.stringContaining('resume'),
      retry: true,
    });
    expect(locks()).toEqual([]);
  });

  it('says so before anything is tried when it is resumed while nothing answers', async () => {
    run = await resume(run);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'cloud-unreachable', retry: true } });
    expect(`${run.error?.message} ${run.error?.detail} ${run.error?.hint}`).toContain(emulator.endpoint);
    expect(statuses(run)).toMatchObject({ events: 'succeeded', orders: 'succeeded' });
  });

  it('says what is missing when it is resumed on the empty one, and makes everything again with refresh', async () => {
    emulator = await startEmulator(emulator.port);
    run = await resume(run);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'not-found', retry: true } });
    expect(run.error?.message).toMatch(/^Applying aws_sns_topic_subscription\.\w+ \(SNS Subscribe\) failed: /);
    expect(run.error?.hint).toContain('refresh');
    expect(locks()).toEqual([]);
    const again = await live.run(scope, { kind: 'apply', approve: true, refresh: true });
    expect(again.status, wordsOf(again)).toBe('succeeded');
    expect(await standing()).toEqual({
      aws_dynamodb_table: 1,
      aws_sns_topic: 1,
      aws_sns_topic_subscription: 1,
      aws_sqs_queue: 2,
    });
  });
});

describe('a cloud that throttles', () => {
  const small: Graph = {
    schemaVersion: 1,
    nodes: [node('files', 'aws-bucket', 'scratch'), node('notes', 'aws-topic', 'standard')],
    connections: [],
  };
  const refused = new Map<string, number>();
  let isRefused: (call: string) => boolean = () => false;
  let passThrough: PassThrough;
  let scope = '';
  let run: Run;
  beforeAll(async () => {
    passThrough = await openPassThrough(emulator.endpoint, (asked) => {
      const call = `${asked.service} ${asked.action}`;
      if (!isRefused(call)) return undefined;
      refused.set(call, (refused.get(call) ?? 0) + 1);
      return TOO_MANY;
    });
    scope = await live.environment('busy', small, targetAt(passThrough.endpoint));
  });
  afterAll(() => passThrough?.close());

  it('is waited for by the provider, and let go of by a cancel: what was made is kept, and no lock', async () => {
    isRefused = (call) => call === 'sns CreateTopic';
    const begun = await live.call<Run>('POST', `${live.path(scope)}/runs`, { kind: 'apply', approve: true });
    while ((refused.get('sns CreateTopic') ?? 0) < 3 || !(await isMade(begun.id, 'files'))) await delay(100);
    await live.call('POST', `runs/${begun.id}/cancel`, {});
    run = await live.settled(begun.id);
    expect(run.status, wordsOf(run)).toBe('cancelled');
    expect(statuses(run)).toEqual({ files: 'succeeded', notes: 'cancelled' });
    expect(locks()).toEqual([]);
  });

  it('is given up in the end, in a sentence that says what was asked, what was answered and what to do', async () => {
    run = await resume(run);
    expect(run).toMatchObject({
      status: 'failed',
      error: {
        code: 'throttled',
        message: expect.stringMatching(/^Applying aws_sns_topic\.\w+ \(SNS CreateTopic\) failed: .*too many calls/),
        hint: expect.stringContaining('resume'),
        retry: true,
      },
    });
    expect(statuses(run)).toEqual({ files: 'succeeded', notes: 'failed' });
    expect(locks()).toEqual([]);
  });

  it('is resumed when it ends; a call that is refused at first is tried again by the provider', async () => {
    refused.clear();
    const seen = new Set<string>();
    isRefused = (call) => call.startsWith('sns ') && !seen.has(call) && seen.add(call) !== undefined;
    run = await resume(run);
    expect(run.status, wordsOf(run)).toBe('succeeded');
    expect([...refused.keys()]).toContain('sns CreateTopic');
  });
});

describe('a server that is killed in the middle of an apply', () => {
  it('leaves engine and provider to finish: what they made is taken in, and is made once', async () => {
    let creations = 0;
    let goOn = () => {};
    const isAllowed = new Promise<void>((resolve) => (goOn = resolve));
    const passThrough = await openPassThrough(emulator.endpoint, async ({ service, action }) => {
      if (service !== 'sns' || action !== 'CreateTopic') return undefined;
      creations += 1;
      await isAllowed;
      return undefined;
    });
    try {
      const one: Graph = { schemaVersion: 1, nodes: [node('alone', 'aws-topic', 'standard')], connections: [] };
      const scope = await live.environment('killed', one, targetAt(passThrough.endpoint));
      const begun = await live.call<Run>('POST', `${live.path(scope)}/runs`, { kind: 'apply', approve: true });
      // Throws where the run ends before.
      while (creations === 0) if (!(await isMade(begun.id, 'alone'))) await delay(100);
      const restarted = live.killAndStart();
      await delay(1_000);
      goOn();
      await restarted;
      const left = await live.settled(begun.id);
      expect(left).toMatchObject({ status: 'failed', error: { code: 'server-stopped', retry: true } });
      expect(locks()).toEqual([]);
      const run = await resume(left);
      expect(run.status, wordsOf(run)).toBe('succeeded');
      expect(creations).toBe(1);
      const held = await takeInventory({ endpoint: emulator.endpoint, region: REGION, prefix: 'shop-killed-' });
      expect(held.filter(({ type, id }) => type === 'aws_sns_topic' && id.includes('shop-killed-'))).toHaveLength(1);
    } finally {
      goOn();
      await passThrough.close();
    }
  });
});

const TOO_MANY: Answer = {
  status: 400,
  type: 'text/xml',
  body: '<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>',
};

async function isMade(id: string, wanted: string): Promise<boolean> {
  const run = await live.call<Run>('GET', `runs/${id}`);
  const { status, steps } = run;
  if (status !== 'planning' && status !== 'applying')
    throw new Error(`The run is ${status} before it was waited for: ${wordsOf(run)}`);
  return steps.some(({ node: each, status: at }) => each === wanted && at === 'succeeded');
}

/** In the middle: the first of the queues is made, which the provider then waits for, and everything else stands. */
async function untilApplying(id: string, wanted: string): Promise<void> {
  for (;;) {
    const { status, steps } = await live.call<Run>('GET', `runs/${id}`);
    if (status !== 'planning' && status !== 'applying')
      throw new Error(`The run is ${status} before it was in the middle.`);
    const others = steps.filter(({ node: each }) => each !== wanted);
    if (others.every(({ status: at }) => at === 'succeeded') && (await standing()).aws_sqs_queue > 0) return;
    await delay(100);
  }
}

const WANTED = ['aws_dynamodb_table', 'aws_sns_topic', 'aws_sns_topic_subscription', 'aws_sqs_queue'] as const;

async function standing(): Promise<Record<(typeof WANTED)[number], number>> {
  const things = await takeInventory({ endpoint: emulator.endpoint, region: REGION, prefix: 'shop-crash-' });
  const counts = WANTED.map((type) => [type, things.filter((thing) => thing.type === type).length]);
  return Object.fromEntries(counts);
}
