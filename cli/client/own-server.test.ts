import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRunningServer } from './connect.ts';
import { startOwnServer } from './own-server.ts';

const bundle = `
import { writeFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
const file = process.env.PLUMBLINE_DATA + '/server.json';
const server = createServer((request, response) => response.end(JSON.stringify({ authorization: request.headers.authorization })));
server.listen(Number(process.env.PLUMBLINE_PORT), process.env.PLUMBLINE_HOST, () =>
  writeFileSync(file, JSON.stringify({ address: 'http://127.0.0.1:' + server.address().port, pid: process.pid, token: 't' })));
process.on('SIGTERM', () => { rmSync(file); process.exit(0); });
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-own-'));
  mkdirSync(join(folder, 'data'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function bundleFile(text: string): string {
  const file = join(folder, 'server.mjs');
  writeFileSync(file, text);
  return file;
}

test('a server of its own answers while the command runs and is gone afterwards', async () => {
  const data = join(folder, 'data');
  const server = await startOwnServer({ ...process.env, PLUMBLINE_PORT: '4700' }, data, bundleFile(bundle));
  expect(server.address).not.toContain(':4700');
  expect(await findRunningServer({ PLUMBLINE_DATA: data })).toMatchObject({ pid: server.pid });
  await server.close();
  expect(await findRunningServer({ PLUMBLINE_DATA: data })).toBeUndefined();
  expect(() => process.kill(server.pid, 0)).toThrow();
});

test('a server that does not start is quoted', async () => {
  const started = startOwnServer(
    process.env,
    join(folder, 'data'),
    bundleFile("console.error('the folder is in use'); process.exit(1);"),
  );
  await expect(started).rejects.toThrow('the folder is in use');
});

test('a server file that a crash left behind is no running server', async () => {
  const data = join(folder, 'data');
  writeFileSync(join(data, 'server.json'), JSON.stringify({ address: 'http://127.0.0.1:9', pid: process.pid }));
  expect(await findRunningServer({ PLUMBLINE_DATA: data })).toBeUndefined();
});
