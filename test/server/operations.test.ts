// Editing together: what one page does is ordered, stored, told to the others, and becomes a revision.
import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type {
  ApiError,
  CheckResult,
  EnvironmentState,
  GraphSaved,
  Operation,
  OperationsTaken,
  PlumblineEvent,
} from '../../schemas/generated/types.ts';
import { graph, line, node, pipeline } from '../fixtures/graphs.ts';
import { home, openApp, type TestApp } from './open-app.ts';

let server: TestApp;
let batch = 0;
beforeEach(async () => {
  server = await openApp();
});
afterEach(async () => {
  await server.close();
  server.remove();
});

const put = (collection: string, id: string, value: unknown, create = true): Operation => ({
  path: [collection, id],
  value,
  ...(create ? { create: true } : {}),
});
const box = (id: string, module = 'aws-queue', params?: Record<string, unknown>) =>
  put('nodes', id, node(id, module, params));
const send = (operations: Operation[], client = 'page-one', number = ++batch) =>
  server.call('POST', `${home}/operations`, { client, batch: number, operations });
const take = async (operations: Operation[], client?: string) => {
  const answer = await send(operations, client);
  expect([answer.status, answer.status === 200 ? '' : answer.text]).toEqual([200, '']);
  return answer.json as OperationsTaken;
};
const state = async () => (await server.call('GET', `${home}/state`)).json as EnvironmentState;
const events = (after = 0): Promise<PlumblineEvent[]> => server.store.events.since(server.environmentId, after);
const checkpoint = () => server.documents.checkpoint(server.environmentId);

test('batches are put in order, told with their place, and the state holds all of them', async () => {
  expect(await take([box('jobs'), put('positions', 'jobs', { x: 1, y: 2 }, false)])).toEqual({
    sequence: 1,
    issues: [],
  });
  const { sequence } = await take([{ path: ['nodes', 'jobs', 'name'], value: 'Jobs' }], 'page-two');
  const seen = await state();
  expect(sequence).toBe(2);
  expect(seen).toMatchObject({
    ...{ sequence: 2, revision: 0, issues: [] },
    graph: { nodes: [{ id: 'jobs', name: 'Jobs' }] },
    layout: { nodes: { jobs: { x: 1, y: 2 } } },
  });
  const told = (await events()).flatMap(({ operations }) => operations ?? []);
  expect(told.map((each) => [each.sequence, each.client])).toEqual([
    [1, 'page-one'],
    [2, 'page-two'],
  ]);
  expect(told[1]?.operations).toEqual([{ path: ['nodes', 'jobs', 'name'], value: 'Jobs' }]);
  expect(await events(seen.lastEvent)).toEqual([]);
});

test('a batch that is sent again is taken once, and answered as before', async () => {
  const operations = [box('jobs')];
  const first = await send(operations, 'page-one', 500);
  const again = await send(operations, 'page-one', 500);
  expect([again.status, again.json]).toEqual([200, first.json]);
  expect((await send([box('other')], 'page-two', 500)).json).toMatchObject({ sequence: 2 });
});

test('what is new under an id that is taken is refused with the ids, and nothing of the batch is stored', async () => {
  await take([box('jobs')]);
  const answer = await send([box('free'), box('jobs', 'aws-topic')], 'page-two');
  expect(answer.status).toBe(409);
  expect(answer.json).toMatchObject({ code: 'id-taken', got: 'jobs', issues: [{ path: '/nodes/jobs', node: 'jobs' }] });
  expect((await state()).graph.nodes.map(({ id }) => id)).toEqual(['jobs']);
  expect(await take([{ path: ['nodes', 'jobs'] }, box('jobs', 'aws-topic')])).toMatchObject({ sequence: 2 });
});

const refused: [what: string, operations: Operation[], code: string][] = [
  ['an unknown module', [box('odd', 'aws-nothing')], 'unknown-module'],
  ['a port that is not there', [put('connections', 'bad', line('bad', 'jobs.none', 'worker.events'))], 'unknown-port'],
  [
    'a second line between two ports',
    [put('connections', 'again', line('again', 'jobs.queue', 'worker.events'))],
    'duplicate-connection',
  ],
  ['a node without a module', [put('nodes', 'bare', { id: 'bare', name: 'bare', version: '1' })], 'schema-violation'],
  ['a name that is a number', [{ path: ['nodes', 'jobs', 'name'], value: 5 }], 'schema-violation'],
  ['a field that nobody knows', [{ path: ['nodes', 'jobs', 'colour'], value: 'red' }], 'schema-violation'],
  ['an id with capitals', [box('Jobs')], 'schema-violation'],
  ['a place without a height', [put('positions', 'jobs', { x: 1 }, false)], 'schema-violation'],
  ['a group without a title', [put('groups', 'one', { color: 'red' })], 'schema-violation'],
  ['a collection that is not there', [put('pixels', 'one', 1)], 'schema-violation'],
  [
    'a key that every object has',
    [{ path: ['nodes', 'jobs', 'params'], value: { a: { prototype: 1 } } }],
    'forbidden-key',
  ],
];

test.each(refused)('%s is refused with the issue, and nothing is stored or told', async (_what, operations, code) => {
  await server.call('PUT', `${home}/graph`, { base: 0, mode: 'draft', graph: pipeline() });
  const before = await state();
  const answer = await send([{ path: ['nodes', 'jobs', 'name'], value: 'Renamed' }, ...operations]);
  expect([answer.status, (answer.json as ApiError).code]).toEqual([422, 'operations-refused']);
  expect((answer.json as ApiError).issues?.map((issue) => issue.code)).toContain(code);
  expect(await state()).toEqual(before);
});

test('what was wrong before does not stand in the way, what a draft may lack neither', async () => {
  const lacking = await take([box('db', 'aws-postgres')]);
  expect(lacking.issues.map(({ code }) => code)).toContain('missing-input');
  const moved = await take([put('positions', 'db', { x: 5, y: 5 }, false)]);
  expect(moved.issues).toEqual(lacking.issues);
  expect((await server.call('GET', `${home}/issues`)).json as CheckResult).toEqual({ issues: lacking.issues });
  expect((await state()).issues).toEqual(lacking.issues);
});

test('paths of issues lead into the canonical text', async () => {
  await take([box('zulu', 'aws-postgres'), box('alpha')]);
  const { issues } = (await server.call('GET', `${home}/issues`)).json as CheckResult;
  const text = (await server.call('GET', `${home}/text`)).text;
  expect(new Set(issues.map(({ path }) => path.split('/')[2]))).toEqual(new Set(['1']));
  expect(JSON.parse(text).nodes[1].id).toBe('zulu');
});

/** Everything in the data folder as it lies on the disk, the write-ahead log included. */
const onDisk = () =>
  readdirSync(server.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');

const canary = 'canary-7d21-bird';

test('a secret is sealed before it is stored or told, however it comes', async () => {
  const ways: Operation[][] = [
    [box('maker', 'test-token-maker', { token: canary })],
    [{ path: ['nodes', 'maker', 'params', 'token'], value: `${canary}-two` }],
    [{ path: ['nodes', 'maker', 'params'], value: { token: `${canary}-three` } }],
    // Without effect: the box is not there, or not there any more.
    [{ path: ['nodes', 'gone', 'params', 'token'], value: canary }],
    [{ path: ['nodes', 'maker', 'params', 'token'], value: `${canary}-four` }, { path: ['nodes', 'maker'] }],
    // Of a version that nobody published.
    [put('nodes', 'other', { ...node('other', 'test-token-maker', { token: canary }), version: '^99.0.0' })],
  ];
  for (const operations of ways) {
    const answer = await send(operations);
    expect([answer.status, answer.text.includes(canary)]).toEqual([200, false]);
  }
  await checkpoint();
  for (const url of ['state', 'graph', 'text', 'issues', 'audit'])
    expect((await server.call('GET', `${home}/${url}`)).text).not.toContain(canary);
  expect(JSON.stringify(await events())).not.toContain(canary);
  expect(onDisk()).not.toContain(canary);
});

test('the answer says how a secret was stored, and the same value keeps its reference', async () => {
  const { operations = [] } = await take([box('maker', 'test-token-maker', { token: canary })]);
  const made = operations[0]?.value as { params: { token: { $secret: string } } } | undefined;
  expect(await server.store.secrets.get(server.environmentId, made?.params.token.$secret ?? '')).toBe(canary);
  const again = await take([{ path: ['nodes', 'maker', 'params', 'token'], value: canary }]);
  expect(again.operations).toEqual([]);
  const unknown = await send([{ path: ['nodes', 'maker', 'params', 'token'], value: { $secret: 'none' } }]);
  expect([unknown.status, (unknown.json as ApiError).code]).toEqual([422, 'unknown-secret']);
});

test('a refused batch keeps no sealed value', async () => {
  const answer = await send([box('maker', 'test-token-maker', { token: canary }), box('odd', 'aws-nothing')]);
  expect([answer.status, answer.text.includes(canary)]).toEqual([422, false]);
  expect(onDisk()).not.toContain(canary);
});

test('a pause makes one revision of many batches, and a layout alone makes none', async () => {
  await take([box('jobs')]);
  await take([{ path: ['nodes', 'jobs', 'name'], value: 'Jobs' }]);
  await checkpoint();
  expect(await state()).toMatchObject({ revision: 1, sequence: 2 });
  await take([put('positions', 'jobs', { x: 3, y: 4 }, false)]);
  await checkpoint();
  expect(await state()).toMatchObject({ revision: 1, sequence: 3 });
  expect(await server.store.layouts.get(server.environmentId)).toMatchObject({ nodes: { jobs: { x: 3, y: 4 } } });
  const entries = (await server.call('GET', `${home}/audit`)).json as { what: string }[];
  expect(entries.filter(({ what }) => what === 'graph.save')).toHaveLength(1);
});

test('an edit that is taken back before the checkpoint is no revision', async () => {
  await take([box('jobs')]);
  await checkpoint();
  await take([{ path: ['nodes', 'jobs', 'name'], value: 'Jobs' }]);
  await take([{ path: ['nodes', 'jobs', 'name'], value: 'jobs' }]);
  await checkpoint();
  expect((await state()).revision).toBe(1);
});

test('a pull holds what was taken a moment ago', async () => {
  await take([box('jobs')]);
  expect((await server.call('GET', `${home}/graph`)).json).toMatchObject({
    revision: 1,
    graph: { nodes: [{ id: 'jobs' }] },
  });
  await take([box('more')]);
  expect(JSON.parse((await server.call('GET', `${home}/text`)).text).nodes).toHaveLength(2);
  expect((await state()).revision).toBe(2);
});

test('a push reaches open pages as operations, and keeps places of boxes that stay', async () => {
  await take([box('jobs'), box('old'), put('positions', 'jobs', { x: 1, y: 2 }, false)]);
  const { lastEvent } = await state();
  const file = graph([{ ...node('jobs', 'aws-queue'), name: 'Jobs' }, node('new', 'aws-topic')]);
  const pushed = await server.call('PUT', `${home}/graph`, { base: 1, mode: 'strict', graph: file });
  expect(pushed.json as GraphSaved).toEqual({ revision: 2, changed: true, issues: [] });
  const [, told] = await events(lastEvent);
  expect(told?.operations?.operations).toEqual([
    { path: ['nodes', 'jobs', 'name'], value: 'Jobs' },
    { path: ['nodes', 'new'], value: node('new', 'aws-topic'), create: true },
    { path: ['nodes', 'old'] },
  ]);
  expect((await state()).layout.nodes).toEqual({ jobs: { x: 1, y: 2 } });
});

test('a push on a base that edits have left behind is refused with both versions', async () => {
  const mine = graph([node('mine', 'aws-queue')]);
  await server.call('PUT', `${home}/graph`, { base: 0, mode: 'draft', graph: graph([node('first', 'aws-queue')]) });
  await take([box('theirs')]);
  const answer = await server.call('PUT', `${home}/graph`, { base: 1, mode: 'draft', graph: mine });
  expect(answer.status).toBe(409);
  expect((answer.json as ApiError).conflict).toMatchObject({
    ...{ base: 1, current: 2 },
    baseGraph: { nodes: [{ id: 'first' }] },
    currentGraph: { nodes: [{ id: 'first' }, { id: 'theirs' }] },
  });
});

test('a backup, and the end of the server, hold what was taken a moment ago as a revision', async () => {
  await take([box('jobs')]);
  await server.call('GET', '/api/backup');
  expect((await server.store.revisions.head(server.environmentId))?.revision).toBe(1);
  await take([box('more')]);
  await server.close();
  const { dataDir } = server;
  server = await openApp({ dataDir });
  expect((await server.store.revisions.head(server.environmentId))?.graph.nodes).toHaveLength(2);
});

test('nothing that was taken is lost when the server is killed', async () => {
  await take([box('jobs'), put('positions', 'jobs', { x: 1, y: 2 }, false)]);
  await checkpoint();
  await take([box('more'), { path: ['nodes', 'jobs', 'name'], value: 'Jobs' }]);
  await take([put('groups', 'back', { title: 'Back', color: 'red' }), put('members', 'jobs', 'back', false)]);
  const before = await state();
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-killed-'));
  cpSync(server.dataDir, dataDir, { recursive: true });
  const again = await openApp({ dataDir });
  expect((await again.call('GET', `${home}/state`)).json).toEqual(before);
  expect(before).toMatchObject({ revision: 1, sequence: 3 });
  const repeated = { client: 'page-one', batch, operations: [put('groups', 'back', { title: 'Back', color: 'red' })] };
  expect((await again.call('POST', `${home}/operations`, repeated)).json).toMatchObject({ sequence: 3 });
  await again.documents.checkpoint(again.environmentId);
  expect((await again.call('GET', `${home}/state`)).json).toMatchObject({
    revision: 2,
    sequence: 3,
    graph: before.graph,
  });
  await again.close();
  again.remove();
});

test('what could not be written was not taken, and the next edit is', async () => {
  const { operations } = server.store;
  const { append } = operations;
  operations.append = async () => {
    throw new Error('no room');
  };
  expect((await send([box('jobs')])).status).toBe(500);
  operations.append = append;
  expect((await state()).graph.nodes).toEqual([]);
  expect(await take([box('jobs')])).toMatchObject({ sequence: 1 });
});

test('an environment goes with the edits that were not saved yet', async () => {
  await take([box('jobs')]);
  expect((await server.call('DELETE', home)).status).toBe(204);
  expect((await send([box('more')])).status).toBe(404);
  await server.services.environments.create(
    'shop',
    { name: 'dev', class: 'preview', target: { kind: 'sandbox' } },
    'ada',
  );
  expect((await state()).sequence).toBe(0);
});

/** Whether edits wait for a checkpoint, asked after whatever the clock has begun. */
const isDirty = () => server.documents.use(server.environmentId, async (document) => document.isDirty());

test('a checkpoint comes after a pause, and in a long series of edits after ten seconds', async () => {
  await take([box('jobs')]);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const edit = (x: number) => take([put('positions', 'jobs', { x, y: 0 }, false)]);
    await checkpoint();
    await edit(1);
    vi.advanceTimersByTime(1499);
    expect(await isDirty()).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await isDirty()).toBe(false);
    for (let x = 2; x <= 11; x++) {
      await edit(x);
      expect(await isDirty()).toBe(true);
      vi.advanceTimersByTime(1000);
    }
    expect(await isDirty()).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

test('a document that is let go of is saved first, and read again', async () => {
  const itself = () => server.documents.use(server.environmentId, async (document) => document);
  await take([box('jobs')]);
  const first = await itself();
  await server.documents.release(server.environmentId);
  expect((await server.store.revisions.head(server.environmentId))?.revision).toBe(1);
  expect(await itself()).not.toBe(first);
  expect(await state()).toMatchObject({ revision: 1, sequence: 1 });
});

test('a batch of the largest size is taken, and a larger body refused in words', async () => {
  const path: Operation['path'] = ['nodes', 'gone', 'params', 'k'.repeat(200)];
  const largest = Array.from({ length: 60_000 }, () => ({ path, value: 'v'.repeat(100) }));
  expect((await send(largest)).status).toBe(200);
  expect((await send([...largest, ...largest])).json).toMatchObject({
    code: 'body-too-large',
    expected: 'at most 32 MB',
  });
});

test('a line of the live document is explained before it is a revision', async () => {
  const { nodes, connections } = pipeline();
  await take([
    ...nodes.map((each) => put('nodes', each.id, each)),
    ...connections.map((each) => put('connections', each.id, each)),
  ]);
  expect((await server.call('GET', `${home}/connections/jobs-worker`)).status).toBe(200);
  expect((await server.call('GET', `${home}/policies/worker`)).status).toBe(200);
  expect((await state()).revision).toBe(0);
});

test('long past edits are forgotten after a checkpoint; who still needs one sees the gap and reads the state', async () => {
  const edit = (count: number, operation: Operation) =>
    server.documents.take(server.environmentId, { client: 'page-one', batch: count, operations: [operation] }, 'ada');
  await edit(1, box('jobs'));
  const move: Operation = { path: ['positions', 'jobs'], value: { x: 0, y: 0 } };
  for (let count = 2; count <= 1250; count += 1) await edit(count, move);
  const told = async (after = 0): Promise<PlumblineEvent[]> => {
    const page = await events(after);
    const last = page.at(-1);
    return last ? [...page, ...(await told(last.id))] : [];
  };
  const sequences = async () => (await told()).flatMap(({ operations: each }) => each?.sequence ?? []);
  expect((await sequences()).at(0)).toBe(1);
  await checkpoint();
  const [first = 0, ...others] = await sequences();
  expect(first).toBe(251);
  expect(others.at(-1)).toBe(1250);
  expect((await told()).some(({ type }) => type === 'revision')).toBe(true);
  expect((await state()).sequence).toBe(1250);
});
