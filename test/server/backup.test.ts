import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { restoreBackup } from '../../server/services/restore.ts';
import { openStore } from '../../server/store/store.ts';
import { graph, node } from '../fixtures/graphs.ts';
import { home, masterKey, openApp, type TestApp } from './open-app.ts';

let server: TestApp;
let target: string;
let file: string;
beforeEach(async () => {
  server = await openApp();
  target = mkdtempSync(join(tmpdir(), 'plumbline-restore-'));
  file = join(target, 'some.backup');
  const maker = node('maker', 'test-token-maker', { token: 'a secret' });
  await server.call('PUT', `${home}/graph`, { base: 0, mode: 'draft', graph: graph([maker]) });
  await server.store.states.write(
    { environment: server.environmentId, node: 'maker' },
    Buffer.from('the state'),
    'run1',
  );
  const answer = await server.app.inject({ method: 'GET', url: '/api/backup', headers: { host: 'localhost' } });
  expect(Number(answer.headers['content-length'])).toBe(answer.rawPayload.length);
  writeFileSync(file, answer.rawPayload);
});
afterEach(async () => {
  await server.close();
  server.remove();
  rmSync(target, { recursive: true, force: true });
});

const dataDir = () => join(target, 'data');
const refusal = async (change: (bytes: Buffer) => Buffer) => {
  writeFileSync(file, change(readFileSync(file)));
  return restoreBackup(file, dataDir(), masterKey).then(
    () => 'restored',
    (error: { code: string }) => error.code,
  );
};

test('a backup of a running server restores graph, state and secrets into an empty folder', async () => {
  expect(await restoreBackup(file, dataDir(), masterKey)).toBeUndefined();
  const store = await openStore({ dataDir: dataDir(), masterKey });
  const environment = await store.environments.find('shop', 'dev');
  const head = await store.revisions.head(environment?.id ?? '');
  const token = head?.graph.nodes[0]?.params?.token as { $secret: string } | undefined;
  expect(await store.secrets.get(environment?.id ?? '', token?.$secret ?? '')).toBe('a secret');
  expect((await store.states.latest(environment?.id ?? '', 'maker'))?.toString()).toBe('the state');
  await store.close();
});

test('what was there before is put aside whole', async () => {
  const before = await openStore({ dataDir: dataDir(), masterKey });
  await before.projects.create('kept');
  await before.close();
  const aside = await restoreBackup(file, dataDir(), masterKey);
  const old = await openStore({ dataDir: aside ?? '', masterKey });
  expect((await old.projects.list()).map(({ name }) => name)).toEqual(['kept']);
  await old.close();
});

test('a changed byte, a cut end, another kind of file and a strange manifest are refused, and nothing is touched', async () => {
  const whole = readFileSync(file);
  const flip = (at: number) => (bytes: Buffer) => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
    return copy;
  };
  for (const change of [
    flip(whole.length - 1),
    flip(whole.length >> 1),
    flip(3),
    (bytes: Buffer) => bytes.subarray(0, bytes.length - 100),
    () => Buffer.from('not a backup'),
    (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('"version":1', '"version":9'), 'latin1'),
  ]) {
    expect(await refusal(change)).toBe('bad-backup');
    writeFileSync(file, whole);
  }
  expect(existsSync(join(dataDir(), 'plumbline.db'))).toBe(false);
});

test('a backup of another master key is refused before anything is replaced', async () => {
  const before = await openStore({ dataDir: dataDir(), masterKey });
  await before.close();
  await expect(restoreBackup(file, dataDir(), Buffer.alloc(32, 1))).rejects.toMatchObject({ code: 'wrong-master-key' });
  expect(readdirSync(dataDir()).filter((name) => name.includes('restore'))).toEqual([]);
});

test('no copy of the database is left behind when a backup was read', async () => {
  const left = () => readdirSync(join(server.dataDir, 'work'));
  await expect.poll(left).toEqual([]);
});
