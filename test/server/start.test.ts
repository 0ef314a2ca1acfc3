import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EnvironmentState, Project } from '../../schemas/generated/types.ts';
import { readSettings } from '../../server/settings.ts';
import { startServer } from '../../server/start-server.ts';

let dataDir: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-start-'));
  env = { PATH: process.env.PATH, PLUMBLINE_DATA: dataDir, PLUMBLINE_PORT: '0', PLUMBLINE_LOG: 'silent' };
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const start = () => startServer(readSettings(env), env);
const ask = async <T>(address: string, path: string) => (await (await fetch(`${address}/api/${path}`)).json()) as T;

test('a new folder begins with the demo, which passes its check and is not made twice', async () => {
  const first = await start();
  const state = await ask<EnvironmentState>(first.address, 'projects/orders/environments/development/state');
  expect(state.issues).toEqual([]);
  expect(state.graph.nodes).toHaveLength(8);
  expect(Object.keys(state.layout.nodes).sort()).toEqual(state.graph.nodes.map(({ id }) => id).sort());
  await fetch(`${first.address}/api/projects/orders/environments/development`, { method: 'DELETE' });
  await fetch(`${first.address}/api/projects/orders`, { method: 'DELETE' });
  await first.close();
  const second = await start();
  expect(await ask<Project[]>(second.address, 'projects')).toEqual([]);
  await second.close();
});

test('server.json tells the user of the machine where the server is, and nobody else', async () => {
  const server = await start();
  const file = join(dataDir, 'server.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ address: server.address, pid: process.pid });
  expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
  await server.close();
  expect(existsSync(file)).toBe(false);
});

test('a data folder has one server at a time', async () => {
  const server = await start();
  await expect(start()).rejects.toMatchObject({ code: 'data-folder-in-use' });
  expect((await fetch(`${server.address}/api/ready`)).status).toBe(200);
  await server.close();
  await (await start()).close();
});

test('a port that is taken is said in words, and the folder is free again', async () => {
  const server = await start();
  const other = { ...env, PLUMBLINE_DATA: join(dataDir, 'other'), PLUMBLINE_PORT: new URL(server.address).port };
  await expect(startServer(readSettings(other), other)).rejects.toMatchObject({
    code: 'bad-setting',
    fix: 'Set PLUMBLINE_PORT to a free port.',
  });
  await server.close();
  await (await startServer(readSettings(other), other)).close();
});

test('listening beyond loopback needs a token', () => {
  const settings = (change: NodeJS.ProcessEnv) => () => readSettings({ ...env, ...change });
  expect(settings({ PLUMBLINE_HOST: '0.0.0.0' })).toThrow('needs an access token');
  expect(settings({ PLUMBLINE_HOST: '0.0.0.0', PLUMBLINE_TOKEN: 'short' })).toThrow('PLUMBLINE_TOKEN');
  expect(settings({ PLUMBLINE_HOST: '0.0.0.0', PLUMBLINE_TOKEN: 'long-enough-for-this' })()).toMatchObject({
    isPublic: true,
  });
  expect(settings({ PLUMBLINE_HOST: '::1' })()).toMatchObject({ isPublic: false });
  expect(settings({ PLUMBLINE_PORT: 'many' })).toThrow('PLUMBLINE_PORT');
});

test('a key that the operator gives is used and none is made', async () => {
  env.PLUMBLINE_MASTER_KEY = Buffer.alloc(32, 3).toString('base64');
  const server = await start();
  expect(await ask(server.address, 'health')).toMatchObject({ masterKey: { source: 'environment' } });
  await server.close();
  expect(existsSync(join(dataDir, 'master.key'))).toBe(false);
  env.PLUMBLINE_MASTER_KEY = Buffer.alloc(32, 4).toString('base64');
  await expect(start()).rejects.toMatchObject({ code: 'wrong-master-key' });
  env.PLUMBLINE_MASTER_KEY = 'c2hvcnQ=';
  await expect(start()).rejects.toMatchObject({ code: 'bad-setting', got: '5 bytes' });
});
