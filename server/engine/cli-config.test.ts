import { mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeCliConfig } from './cli-config.ts';
import { listMirrored } from './mirror-links.ts';

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

it('gives either engine what the mirror has for the other one', async () => {
  const mirror = path.join(dataDir, 'mirror');
  const platform = 'hashicorp/aws/5.100.0/linux_amd64';
  const packed = 'hashicorp/random/terraform-provider-random_3.6.0_linux_amd64.zip';
  for (const folder of [`registry.terraform.io/${platform}`, 'registry.opentofu.org/hashicorp/random'])
    await mkdir(path.join(mirror, folder), { recursive: true });
  await writeFile(path.join(mirror, 'registry.terraform.io', platform, 'terraform-provider-aws_v5.100.0_x5'), '');
  await writeFile(path.join(mirror, 'registry.opentofu.org', packed), '');
  const text = await readFile(await writeCliConfig({ dataDir, providerMirror: mirror }), 'utf8');
  const links = path.join(dataDir, 'engine', 'mirror');
  expect(text).toContain(`path = ${JSON.stringify(links)}`);
  expect(await readlink(path.join(links, 'registry.opentofu.org', platform))).toBe(
    path.join(mirror, 'registry.terraform.io', platform),
  );
  expect(await readlink(path.join(links, 'registry.terraform.io', packed))).toBe(
    path.join(mirror, 'registry.opentofu.org', packed),
  );
  expect(await readdir(path.join(links, 'registry.terraform.io', 'hashicorp'))).toEqual(['random']);
  expect(await listMirrored(mirror, 'hashicorp/aws')).toEqual(['5.100.0']);
  expect(await listMirrored(mirror, 'hashicorp/random')).toEqual(['3.6.0']);
});
