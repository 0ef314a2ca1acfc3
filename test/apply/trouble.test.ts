// Trouble of the machine: a full disk, a missing engine, a cloud that cannot be reached. Each is a sentence, and a run that goes on.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { graph, node } from '../fixtures/graphs.ts';
import { openProduct, type Product } from '../helpers/product.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (let step = undo.pop(); step; step = undo.pop()) await step();
});

const open = async (options: Parameters<typeof openProduct>[0]): Promise<Product> => {
  const product = await openProduct(options);
  undo.push(async () => {
    await product.close();
    product.remove();
  });
  return product;
};

/** A small disk of its own; undefined where this user may not mount one. */
function smallDisk(megabytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  undo.push(() => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

it('says that the disk is full before an engine acts, and goes on when there is room again', async (context) => {
  const disk = smallDisk(96);
  if (!disk) return context.skip('only root may mount the small disk that this needs');
  const dataDir = join(disk, 'data');
  mkdirSync(dataDir);
  const product = await open({ dataDir });
  const environment = await product.environment(graph([node('jobs', 'aws-queue'), node('events', 'aws-topic')]));
  const plan = await product.run({ kind: 'plan' });
  expect(plan.status).toBe('waiting');
  const filler = join(disk, 'filler');
  writeFileSync(filler, Buffer.alloc(70 * 1024 * 1024));

  await product.runs.approve(plan.id, {}, 'test');
  const full = await product.settled(plan.id);
  expect(full).toMatchObject({
    status: 'failed',
    error: { code: 'disk-full', retry: true, detail: expect.stringContaining('MB free') },
  });
  expect(full.error?.message).toContain('disk');
  expect(full.steps.map((step) => step.status)).toEqual(['failed', 'failed']);
  await expect(product.runs.create('shop', 'dev', { kind: 'plan' }, 'test')).rejects.toMatchObject({
    code: 'disk-full',
    got: expect.stringContaining('MB'),
  });

  rmSync(filler);
  await product.runs.resume(plan.id, 'test');
  expect((await product.settled(plan.id)).status).toBe('succeeded');
  expect(await product.store.states.locks(environment.id)).toEqual([]);
});

it('stores how a run ended when the store takes writes again', async () => {
  const product = await open({});
  await product.environment(graph([node('jobs', 'aws-queue')]));
  const { saveStep } = product.store.runs;
  product.store.runs.saveStep = () =>
    Promise.reject(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }));
  const begun = await product.runs.create('shop', 'dev', { kind: 'apply', approve: true }, 'test');
  const environment = await product.store.environments.find('shop', 'dev');
  while (environment && product.runs.isBusy(environment.id)) await new Promise((resolve) => setTimeout(resolve, 20));
  product.store.runs.saveStep = saveStep;
  expect((await product.runs.get(begun.id)).status).toBe('failed');
  await product.runs.resume(begun.id, 'test');
  expect((await product.settled(begun.id)).status).toBe('succeeded');
});

it('names a missing engine in the step that needs it, and the run can be resumed', async () => {
  let isThere = false;
  const product = await open({ engineIsThere: () => isThere });
  await product.environment(graph([node('jobs', 'aws-queue')]));
  const failed = await product.run({ kind: 'apply', approve: true });
  expect(failed).toMatchObject({ status: 'failed', error: { code: 'engine-missing', retry: true } });
  expect(failed.error?.hint).toContain('PATH');
  isThere = true;
  await product.runs.resume(failed.id, 'test');
  expect((await product.settled(failed.id)).status).toBe('succeeded');
});
