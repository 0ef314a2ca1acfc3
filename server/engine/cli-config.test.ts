import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeCliConfig } from './cli-config.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'plumbline-config-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

it('takes providers from the registry, through a cache that is ours', async () => {
  const text = await readFile(await writeCliConfig({ dataDir }), 'utf8');
  expect(text).toContain('direct {}');
  expect(text).toContain(JSON.stringify(path.join(dataDir, 'engine', 'plugins')));
  expect((await stat(path.join(dataDir, 'engine', 'plugins'))).isDirectory()).toBe(true);
});

it('takes providers from a mirror alone where there is one', async () => {
  const text = await readFile(await writeCliConfig({ dataDir, providerMirror: 'odd "folder"' }), 'utf8');
  expect(text).toContain(`path = ${JSON.stringify(path.resolve('odd "folder"'))}`);
  expect(text).not.toContain('direct');
});

it('is written anew at each start', async () => {
  await writeCliConfig({ dataDir, providerMirror: 'old' });
  expect(await readFile(await writeCliConfig({ dataDir }), 'utf8')).not.toContain('old');
});
