import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ApiError, EnvironmentState, GraphSaved } from '../../schemas/generated/types.ts';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import { graph, line, node, pipeline } from '../fixtures/graphs.ts';
import { home, openApp, type TestApp } from './open-app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await openApp();
});
afterAll(async () => {
  await server.close();
  server.remove();
});

const revision = async () => ((await server.call('GET', `${home}/graph`)).json as { revision: number }).revision;

test('a graph is saved on its base, and the same graph again is no new revision', async () => {
  const base = await revision();
  const first = await server.call('PUT', `${home}/graph`, { base, mode: 'strict', graph: pipeline() });
  expect(first.status).toBe(200);
  expect(first.json).toEqual({ revision: base + 1, changed: true, issues: [] });
  const again = await server.call('PUT', `${home}/graph`, { base, mode: 'strict', graph: pipeline() });
  expect(again.json).toMatchObject({ revision: base + 1, changed: false });
});

test('a stale save is refused with both versions, and nothing is lost', async () => {
  const base = await revision();
  const mine = graph([node('mine', 'aws-queue')]);
  const theirs = graph([node('theirs', 'aws-queue')]);
  await server.call('PUT', `${home}/graph`, { base, mode: 'draft', graph: theirs });
  const answer = await server.call('PUT', `${home}/graph`, { base, mode: 'draft', graph: mine });
  expect(answer.status).toBe(409);
  const error = answer.json as ApiError;
  expect(error.code).toBe('graph-conflict');
  expect(error.conflict).toMatchObject({ base, current: base + 1, currentGraph: theirs });
  expect(error.conflict?.baseGraph).toBeDefined();
  expect((await server.call('GET', `${home}/graph`)).json).toMatchObject({ revision: base + 1, graph: theirs });
});

test('pull, push, pull is byte-identical', async () => {
  const base = await revision();
  await server.call('PUT', `${home}/graph`, { base, mode: 'draft', graph: pipeline() });
  const pulled = (await server.call('GET', `${home}/text`)).text;
  expect(pulled).toBe(canonicalText(pipeline()));
  const pushed = await server.call('PUT', `${home}/graph`, { base: await revision(), mode: 'strict', text: pulled });
  expect((pushed.json as GraphSaved).changed).toBe(false);
  expect((await server.call('GET', `${home}/text`)).text).toBe(pulled);
});

test('a layout is kept beside the graph and has a text of its own', async () => {
  const layout = { schemaVersion: 1, nodes: { jobs: { x: 1, y: 2 } } };
  expect((await server.call('PUT', `${home}/layout`, layout)).status).toBe(204);
  expect(JSON.parse((await server.call('GET', `${home}/text?layout=true`)).text)).toEqual(layout);
  expect(((await server.call('GET', `${home}/state`)).json as EnvironmentState).layout).toEqual(layout);
});

test('a draft may lack an input, a file may not, and the stored graph is untouched', async () => {
  const before = await revision();
  const lacking = graph([node('db', 'aws-postgres')]);
  const strict = await server.call('PUT', `${home}/graph`, { base: before, mode: 'strict', graph: lacking });
  expect(strict.status).toBe(422);
  expect((strict.json as ApiError).issues?.map(({ code }) => code)).toContain('missing-input');
  expect(await revision()).toBe(before);
  const draft = await server.call('PUT', `${home}/graph`, { base: before, mode: 'draft', graph: lacking });
  expect(draft.status).toBe(200);
  expect((draft.json as GraphSaved).issues.map(({ code }) => code)).toContain('missing-input');
});

test('every issue of a bad graph comes at once', async () => {
  const bad = graph(
    [node('one', 'aws-nothing'), node('two', 'aws-queue'), node('two', 'aws-queue')],
    [line('loose', 'two.queue', 'gone.events')],
  );
  const answer = await server.call('PUT', `${home}/graph`, { base: await revision(), mode: 'draft', graph: bad });
  const issues = (answer.json as ApiError).issues ?? [];
  expect(answer.status).toBe(422);
  expect(new Set(issues.map(({ code }) => code))).toEqual(new Set(['unknown-module', 'duplicate-id', 'unknown-node']));
  for (const { path, message, got, expected, fix } of issues)
    expect([path, message, got, expected, fix].every((text) => text !== '')).toBe(true);
});

test('a field that a graph does not have is named, wherever it is', async () => {
  const odd = { ...graph([{ ...node('one', 'aws-queue'), colour: 'red' } as never]), pixels: 1 };
  const answer = await server.call('PUT', `${home}/graph`, { base: await revision(), mode: 'draft', graph: odd });
  const paths = ((answer.json as ApiError).issues ?? []).map(({ path }) => path);
  expect(answer.status).toBe(422);
  expect(paths.join()).toContain('pixels');
  expect(paths.join()).toContain('colour');
});

test('a key that reaches a prototype is refused as text and as JSON', async () => {
  const text = '{"schemaVersion":1,"nodes":[],"connections":[],"__proto__":{"polluted":true}}';
  const body = `{"base":0,"mode":"draft","graph":${text}}`;
  const asJson = await server.call('PUT', `${home}/graph`, body, { 'content-type': 'application/json' });
  expect(asJson.status).toBe(400);
  expect((asJson.json as ApiError).code).toBe('bad-json');
  const checked = await server.call('POST', '/api/check', { text });
  expect((checked.json as { issues: { code: string }[] }).issues.map(({ code }) => code)).toContain('forbidden-key');
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('params that nest a thousand levels deep are refused', async () => {
  const deep = `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`;
  const body = `{"base":0,"mode":"draft","graph":{"schemaVersion":1,"connections":[],"nodes":[{"id":"one","name":"one","module":"aws-queue","version":"^1.0.0","params":${deep}}]}}`;
  const answer = await server.call('PUT', `${home}/graph`, body, { 'content-type': 'application/json' });
  expect(answer.status).toBe(422);
  expect((answer.json as ApiError).issues?.[0]?.code).toBe('too-deep');
});

test('five megabytes of junk are refused and change nothing', async () => {
  const before = await revision();
  for (const junk of ['x'.repeat(5_000_000), '['.repeat(5_000_000), `{"nodes":[${'1,'.repeat(2_400_000)}1]}`]) {
    const answer = await server.call('PUT', `${home}/graph`, { base: before, mode: 'draft', text: junk });
    expect(answer.status).toBe(422);
    expect((answer.json as ApiError).issues?.length).toBeGreaterThan(0);
  }
  const raw = await server.call('PUT', `${home}/graph`, 'y'.repeat(5_000_000), { 'content-type': 'application/json' });
  expect(raw.status).toBe(400);
  expect(await revision()).toBe(before);
});

test('a body beyond 10 MB is refused in words', async () => {
  const answer = await server.call('POST', '/api/check', { text: 'x'.repeat(11_000_000) });
  expect(answer.status).toBe(413);
  expect((answer.json as ApiError).message).toContain('10 MB');
});

test('a thousand nodes are saved and come back whole', async () => {
  const queues = Array.from({ length: 1000 }, (_, index) =>
    node(`queue-${index}`, 'aws-queue', { delaySeconds: index % 900 }),
  );
  const saved = await server.call('PUT', `${home}/graph`, {
    base: await revision(),
    mode: 'strict',
    graph: graph(queues),
  });
  expect(saved.json).toMatchObject({ changed: true, issues: [] });
  expect(
    ((await server.call('GET', `${home}/graph`)).json as { graph: { nodes: unknown[] } }).graph.nodes,
  ).toHaveLength(1000);
});

test('neither or both of graph and text is a mistake of the caller', async () => {
  const neither = await server.call('PUT', `${home}/graph`, { base: 0, mode: 'draft' });
  const both = await server.call('PUT', `${home}/graph`, { base: 0, mode: 'draft', graph: graph([]), text: '{}' });
  expect([neither.status, both.status]).toEqual([400, 400]);
});

test('a save is told to whoever listens, and written into the audit', async () => {
  const heard: unknown[] = [];
  const end = server.events.subscribe(server.environmentId, (events) => heard.push(...events));
  const base = await revision();
  await server.call('PUT', `${home}/graph`, { base, mode: 'draft', graph: graph([node('heard', 'aws-queue')]) });
  end();
  expect(heard).toMatchObject([{ type: 'operations' }, { type: 'revision', revision: base + 1 }]);
  const [entry] = (await server.call('GET', `${home}/audit`)).json as {
    who: string;
    what: string;
    before: unknown;
    after: unknown;
  }[];
  expect(entry).toMatchObject({
    who: 'ada',
    what: 'graph.save',
    before: { revision: base },
    after: { revision: base + 1, nodes: 1 },
  });
});
