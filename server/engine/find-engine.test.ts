import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadedPath } from './engine-release.ts';
import { findEngines } from './find-engine.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline-find-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A program that answers with `text`. */
async function program(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\necho '${text}'\n`, { mode: 0o755 });
  return file;
}

const find = (env: NodeJS.ProcessEnv = {}) =>
  findEngines({ dataDir: path.join(folder, 'data'), env: { PATH: path.join(folder, 'bin'), ...env } });

describe('findEngines', () => {
  it('finds nothing on a machine that has none', async () => {
    expect(await find()).toEqual([]);
  });

  it('finds both on PATH, tofu first', async () => {
    const terraform = await program('bin/terraform', 'Terraform v1.11.4');
    const tofu = await program('bin/tofu', 'OpenTofu v1.12.6');
    expect(await find()).toEqual([
      { kind: 'tofu', path: tofu, version: '1.12.6' },
      { kind: 'terraform', path: terraform, version: '1.11.4' },
    ]);
  });

  it('knows an engine by its answer, not by its name', async () => {
    const file = await program('odd/terraform-wrapper', 'OpenTofu v1.9.0');
    expect(await find({ PLUMBLINE_ENGINE: file })).toEqual([{ kind: 'tofu', path: file, version: '1.9.0' }]);
  });

  it('puts the one that was chosen first, and keeps the other kind', async () => {
    await program('bin/terraform', 'Terraform v1.11.4');
    await program('bin/tofu', 'OpenTofu v1.12.6');
    const file = await program('mine/terraform', 'Terraform v1.9.0');
    expect((await find({ PLUMBLINE_ENGINE: file })).map((e) => `${e.kind} ${e.version}`)).toEqual([
      'terraform 1.9.0',
      'tofu 1.12.6',
    ]);
  });

  it('takes a name from PATH as the chosen one', async () => {
    const file = await program('bin/tofu', 'OpenTofu v1.12.6');
    expect((await find({ PLUMBLINE_ENGINE: 'tofu' }))[0]?.path).toBe(file);
  });

  it('passes over one on PATH that is too old or broken', async () => {
    await program('bin/terraform', 'Terraform v0.15.0');
    await program('bin/tofu', 'Segmentation fault');
    expect(await find()).toEqual([]);
  });

  it('finds the one that was downloaded', async () => {
    const file = downloadedPath('data');
    await program(path.relative(process.cwd(), file), 'OpenTofu v1.12.6');
    expect((await find())[0]).toMatchObject({
      kind: 'tofu',
      path: path.join(folder, path.relative(process.cwd(), file)),
    });
  });

  it.each([
    ['is not there', 'nowhere/terraform', undefined, 'there is no such program'],
    ['is no engine', 'bin/other', 'hello', 'not as terraform or tofu does'],
    ['is too old', 'bin/old', 'Terraform v1.4.9', 'it is terraform 1.4.9'],
  ])('refuses a chosen one that %s, and says what to do', async (_why, name, text, message) => {
    const file = text === undefined ? path.join(folder, name) : await program(name, text);
    await expect(find({ PLUMBLINE_ENGINE: file })).rejects.toMatchObject({
      error: {
        code: 'engine-unusable',
        message: expect.stringContaining(message),
        hint: expect.stringContaining('unset it'),
      },
    });
  });
});
