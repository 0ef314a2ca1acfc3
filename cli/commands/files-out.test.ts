import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeServer, runCommand, startFakeServer } from '../testing.ts';

const documentOf = (action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: [action], Resource: ['*'] }],
});

let folder: string;
let server: FakeServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-cli-'));
  server = await startFakeServer({
    'GET projects/orders/environments/development/synth': () => ({
      files: { 'queue/main.tf.json': '{}\n', 'README.md': 'how\n' },
    }),
    'GET projects/orders/environments/evil/synth': () => ({ files: { '../outside.tf.json': '{}' } }),
    'GET projects/orders/environments/development/permissions': () => ({
      ...{ project: 'orders', environment: 'development', target: 'sandbox', unlisted: ['aws_own_thing'] },
      read: [documentOf('sqs:GetQueueAttributes')],
      write: [documentOf('sqs:CreateQueue'), documentOf('sns:Unsubscribe')],
      unbounded: [{ action: 'sns:Unsubscribe', why: 'AWS offers no resource level' }],
    }),
    'GET backup': () => 'the whole of it',
  });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('synth writes every file of the server into the folder', async () => {
  const out = join(folder, 'roots');
  expect((await runCommand(['synth', 'orders/development', '--out', out], { server })).exitCode).toBe(0);
  expect(readFileSync(join(out, 'queue', 'main.tf.json'), 'utf8')).toBe('{}\n');
});

test('synth refuses a folder that is not empty, unless forced', async () => {
  writeFileSync(join(folder, 'mine.txt'), 'mine');
  const args = ['synth', 'orders/development', '--out', folder];
  expect((await runCommand(args, { server })).exitCode).toBe(1);
  expect(existsSync(join(folder, 'README.md'))).toBe(false);
  expect((await runCommand([...args, '--force'], { server })).exitCode).toBe(0);
});

test('synth writes nothing outside of its folder', async () => {
  expect((await runCommand(['synth', 'orders/evil', '--out', join(folder, 'roots')], { server })).exitCode).toBe(3);
  expect(existsSync(join(folder, 'outside.tf.json'))).toBe(false);
});

test('permissions are written a document each, and what stays open is said with its reason', async () => {
  const out = join(folder, 'policies');
  const args = ['env', 'permissions', 'orders/development'];
  const { exitCode, output } = await runCommand([...args, '--out', out], { server });
  expect(exitCode).toBe(0);
  expect(readdirSync(out).sort()).toEqual(['read-1.json', 'write-1.json', 'write-2.json']);
  expect(JSON.parse(readFileSync(join(out, 'write-2.json'), 'utf8'))).toEqual(documentOf('sns:Unsubscribe'));
  for (const words of ['AWS offers no resource level', 'aws_own_thing', 'this is what AWS would need'])
    expect(output).toContain(words);
  expect((await runCommand([...args, '--out', out], { server })).exitCode).toBe(1);
  expect((await runCommand(args, { server })).output).toContain('"sqs:CreateQueue"');
  expect(JSON.parse((await runCommand([...args, '--json'], { server })).output).read).toHaveLength(1);
});

test('a backup is readable by its user only, and replaces nothing', async () => {
  const file = join(folder, 'all.backup');
  expect((await runCommand(['backup', file], { server })).exitCode).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe('the whole of it');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await runCommand(['backup', file], { server })).exitCode).toBe(1);
});

test('restore is refused where another machine holds the data, and for a file that is not there', async () => {
  const file = join(folder, 'all.backup');
  expect((await runCommand(['restore', file], { server })).exitCode).toBe(1);
  expect((await runCommand(['restore', file], { env: { PLUMBLINE_DATA: folder } })).errors).toContain('does not exist');
});
