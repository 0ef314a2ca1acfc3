import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alone } from './alone.mjs';

let folder;
let file;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-alone-'));
  file = join(folder, 'build', 'lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that holds the lock until its input ends. */
async function holder() {
  const held = `await alone(${JSON.stringify(file)}, console.error, async () => {
    console.log('held');
    for await (const _ of process.stdin);
  });`;
  const source = `import { alone } from ${JSON.stringify(new URL('alone.mjs', import.meta.url).href)};\n${held}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['pipe', 'pipe', 2] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}

test('waits, in words, for the process that was first', async () => {
  const first = await holder();
  const told = [];
  const order = [];
  const second = alone(
    file,
    (line) => told.push(line),
    async () => order.push('second'),
  );
  await expect.poll(() => told).toEqual([expect.stringContaining(`process ${first.pid}`)]);
  order.push('first');
  first.stdin.end();
  await second;
  expect(order).toEqual(['first', 'second']);
  expect(existsSync(file)).toBe(false);
});

test('takes over from a process that was killed', async () => {
  const first = await holder();
  const gone = new Promise((resolve) => first.once('exit', resolve));
  first.kill('SIGKILL');
  await gone;
  expect(existsSync(file)).toBe(true);
  expect(
    await alone(
      file,
      () => {},
      async () => 'done',
    ),
  ).toBe('done');
});

test('lets go when its work fails', async () => {
  await expect(
    alone(
      file,
      () => {},
      async () => {
        throw new Error('no network');
      },
    ),
  ).rejects.toThrow('no network');
  expect(existsSync(file)).toBe(false);
});
