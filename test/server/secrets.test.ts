import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { GraphSaved } from '../../schemas/generated/types.ts';
import { openStore } from '../../server/store/store.ts';
import { graph, node } from '../fixtures/graphs.ts';
import { home, masterKey, openApp, type TestApp } from './open-app.ts';

const canary = 'canary-4f1c-bird';
let server: TestApp;
beforeEach(async () => {
  server = await openApp();
});
afterEach(async () => {
  await server.close();
  server.remove();
});

/** Everything in the data folder as it lies on the disk, the write-ahead log included. */
const onDisk = () =>
  readdirSync(server.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
    .join('\n');

const withToken = (token: unknown) => graph([node('maker', 'test-token-maker', { token })]);
const save = async (token: unknown, base: number) => {
  const answer = await server.call('PUT', `${home}/graph`, { base, mode: 'draft', graph: withToken(token) });
  return { ...answer, saved: answer.json as GraphSaved };
};

test('a secret param is sealed on save and found neither on disk nor in any answer', async () => {
  const { status, text, saved } = await save(canary, 0);
  expect(status).toBe(200);
  expect(text).not.toContain(canary);
  const params = saved.graph?.nodes[0]?.params as { token: { $secret: string } };
  expect(params.token.$secret).toMatch(/^[0-9a-z]{26}$/);
  expect(await server.store.secrets.get(server.environmentId, params.token.$secret)).toBe(canary);
  for (const url of [`${home}/graph`, `${home}/state`, `${home}/text`, `${home}/audit`]) {
    expect((await server.call('GET', url)).text).not.toContain(canary);
  }
  expect(onDisk()).not.toContain(canary);
});

test('the search of the test above finds a value that is not secret', async () => {
  await server.store.projects.create(canary);
  expect(onDisk()).toContain(canary);
});

test('the same value again, and the reference in its place, are no new revision', async () => {
  const { saved } = await save(canary, 0);
  expect((await save(canary, 1)).saved).toMatchObject({ revision: 1, changed: false });
  expect((await save(saved.graph?.nodes[0]?.params?.token, 1)).saved).toMatchObject({ revision: 1, changed: false });
  expect((await save('another', 1)).saved).toMatchObject({ revision: 2, changed: true });
});

test('a reference to a value of another environment is refused', async () => {
  await server.services.environments.create(
    'shop',
    { name: 'other', class: 'preview', target: { kind: 'sandbox' } },
    'ada',
  );
  const other = await server.store.environments.find('shop', 'other');
  const id = await server.store.secrets.put(other?.id ?? '', canary);
  const { status, json } = await save({ $secret: id }, 0);
  expect([status, (json as { code: string }).code]).toEqual([422, 'unknown-secret']);
});

test('a refused save keeps no sealed value', async () => {
  const bad = graph([node('maker', 'test-token-maker', { token: canary }), node('odd', 'aws-nothing')]);
  const answer = await server.call('PUT', `${home}/graph`, { base: 0, mode: 'draft', graph: bad });
  expect([answer.status, answer.text.includes(canary)]).toEqual([422, false]);
  const sqlite = new Sqlite(join(server.dataDir, 'plumbline.db'), { readonly: true });
  expect(sqlite.prepare('select count(*) as count from secrets').get()).toEqual({ count: 0 });
  sqlite.close();
});

test('state, plans, secret artifact fields and sandbox attributes lie sealed and open again', async () => {
  const { store, environmentId: environment } = server;
  const scope = { environment, node: 'maker' };
  await store.states.write(scope, Buffer.from(`{"secret":"${canary}"}`), 'run1');
  const run = await store.runs.create(environment, { ...(await server.services.runs.get('run1')), id: 'stored' });
  await store.plans.put(run.id, 'maker', Buffer.from(canary), '2999-01-01T00:00:00.000Z');
  const value = { name: 'shown', token: canary };
  await store.artifacts.publish(environment, {
    node: 'maker',
    port: 'token',
    contract: 'test-token@1.0.0',
    value,
    run: run.id,
    secrets: ['token'],
  });
  const object = {
    type: 'aws_sqs_queue',
    id: 'q',
    region: 'r',
    owner: 'maker',
    attributes: { password: canary },
    version: 1,
    createdAt: '',
    updatedAt: '',
  };
  await store.sandboxObjects(environment).insert(object);

  expect(onDisk()).not.toContain(canary);
  expect((await store.states.latest(environment, 'maker'))?.toString()).toContain(canary);
  expect((await store.plans.get(run.id, 'maker'))?.toString()).toBe(canary);
  expect((await store.artifacts.list(environment))[0]).toMatchObject({
    value: { name: 'shown' },
    secret: { token: canary },
  });
  expect(await store.sandboxObjects(environment).list()).toEqual([object]);
  const shown = await server.call('GET', `${home}/artifacts`);
  expect(shown.json).toMatchObject([{ value: { name: 'shown', token: '[secret]' } }]);
  expect(shown.text).not.toContain(canary);
});

test('a row that was tampered with, or moved elsewhere, does not open', async () => {
  const { store, environmentId: environment } = server;
  await store.states.write({ environment, node: 'one' }, Buffer.from('first'), 'run1');
  await store.states.write({ environment, node: 'two' }, Buffer.from('second'), 'run1');
  const sqlite = new Sqlite(join(server.dataDir, 'plumbline.db'));
  sqlite.exec("update state_versions set node = 'three' where node = 'two'");
  await expect(store.states.latest(environment, 'three')).rejects.toMatchObject({ code: 'seal-broken' });
  const { body } = sqlite.prepare("select body from state_versions where node = 'one'").get() as { body: Buffer };
  body.writeUInt8(body.readUInt8(body.length - 1) ^ 1, body.length - 1);
  sqlite.prepare("update state_versions set body = ? where node = 'one'").run(body);
  sqlite.close();
  await expect(store.states.latest(environment, 'one')).rejects.toMatchObject({ code: 'seal-broken' });
});

test('another master key is told apart from damage', async () => {
  await expect(openStore({ dataDir: server.dataDir, masterKey: Buffer.alloc(32, 9) })).rejects.toMatchObject({
    code: 'wrong-master-key',
  });
  const again = await openStore({ dataDir: server.dataDir, masterKey });
  await again.close();
});

test('an expired plan is gone', async () => {
  const { store, environmentId } = server;
  const run = await store.runs.create(environmentId, { ...(await server.services.runs.get('run1')), id: 'stored' });
  await store.plans.put(run.id, 'maker', Buffer.from('plan'), '2000-01-01T00:00:00.000Z');
  expect(await store.plans.get(run.id, 'maker')).toBeUndefined();
});
