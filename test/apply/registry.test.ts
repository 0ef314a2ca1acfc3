// Where no mirror is named, the engine installs the provider from its registry: once, for every root of the data folder.
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROVIDER_REGISTRY } from '../../schemas/rules/engines.ts';
import { writeCliConfig } from '../../server/engine/cli-config.ts';
import type { EngineBinary, RootCall } from '../../server/engine/engine-types.ts';
import { initRoot, writeRoot } from '../../server/engine/root-calls.ts';
import { firstEngine } from '../helpers/engine.ts';
import { openRegistry, type ProviderRegistry } from './provider-registry.ts';

const VERSION = '5.99.7';
/** Nobody starts it: an init only installs. */
const content = Buffer.from('#!/bin/sh\nexit 1\n');

let engine: EngineBinary;
let dataDir: string;
let cliConfig: string;
let registry: ProviderRegistry;
beforeEach(async () => {
  engine = await firstEngine();
  dataDir = await mkdtemp(join(tmpdir(), 'plumbline-registry-'));
  cliConfig = await writeCliConfig({ dataDir });
  registry = await openRegistry(VERSION, content);
  await registry.standIn(cliConfig);
});
afterEach(async () => {
  await registry.close();
  await rm(dataDir, { recursive: true });
});

/** @param name `environment/box` */
const rootAt = (name: string) => join(dataDir, 'work', name);
async function init(name: string): Promise<boolean> {
  const required_providers = { aws: { source: 'hashicorp/aws', version: '~> 5.99' } };
  await writeRoot(rootAt(name), { terraform: { required_providers } });
  const call: RootCall = {
    ...{ engine, cliConfig, dir: rootAt(name), target: 'aws', env: {}, timeoutMs: 120_000 },
    signal: new AbortController().signal,
    onLine: () => {},
  };
  return initRoot(call);
}
/** Where a root's provider really is. */
async function installed(name: string): Promise<string> {
  const [os, arch] = [process.platform, process.arch === 'x64' ? 'amd64' : process.arch];
  const path = ['.terraform/providers', PROVIDER_REGISTRY[engine.kind], 'hashicorp/aws', VERSION, `${os}_${arch}`];
  return realpath(join(rootAt(name), ...path, `terraform-provider-aws_v${VERSION}_x5`));
}

it('is fetched once for all roots, stands once in the data folder, and is not asked for again', async () => {
  expect(await init('dev/queue')).toBe(true);
  await Promise.all([init('dev/topic'), init('dev/table'), init('live/queue')]);
  expect(registry.asked().filter((call) => call === registry.fetching)).toHaveLength(1);
  const file = await installed('dev/queue');
  expect(file.startsWith(join(await realpath(dataDir), 'engine', 'plugins'))).toBe(true);
  expect(await readFile(file)).toEqual(content);
  for (const each of ['dev/topic', 'dev/table', 'live/queue']) expect(await installed(each)).toBe(file);
  expect(await init('dev/queue')).toBe(false);
  expect(await init('live/topic')).toBe(false);
  expect(registry.asked()).toEqual([]);
});

it('is missed in words that say where it was looked for and what to do, and is fetched when the registry is back', async () => {
  const { port } = registry;
  await registry.close();
  await expect(init('dev/queue')).rejects.toMatchObject({
    error: {
      code: 'provider-missing',
      message: `Preparing the folder of the run failed: the provider hashicorp/aws could not be fetched from ${PROVIDER_REGISTRY[engine.kind]} (127.0.0.1:${port}: connection refused).`,
      hint: expect.stringMatching(/registry must be reachable once, or PLUMBLINE_PROVIDER_MIRROR .* Then resume\./),
      retry: true,
    },
  });
  registry = await openRegistry(VERSION, content, port);
  expect(await init('dev/queue')).toBe(true);
});

it('is refused where the archive is not the one that was signed', async () => {
  registry.swapArchive();
  await expect(init('dev/queue')).rejects.toMatchObject({ error: { detail: expect.stringMatching(/checksum/i) } });
});
