// Moments of a crash that chance seldom meets, set up by hand.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { graph, node } from '../fixtures/graphs.ts';
import { openProduct, type Product } from '../helpers/product.ts';
import { listLeftovers } from './crash-checks.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
});
afterAll(async () => {
  await product.close();
  product.remove();
});

it('a destroy that was cut off between its end and the telling of it is taken up and succeeds', async () => {
  await product.environment(graph([node('jobs', 'aws-queue')]));
  await product.run({ kind: 'apply', approve: true });
  const done = await product.run({ kind: 'destroy', approve: true });
  expect(done.status).toBe('succeeded');
  const [step] = done.steps;
  if (!step) throw new Error('no step');
  await product.store.runs.saveStep(done.id, { ...step, status: 'running' });
  await product.store.runs.saveHead({ ...done, status: 'applying' });
  await product.runs.recover();
  expect(await product.runs.get(done.id)).toMatchObject({ status: 'failed', error: { code: 'server-stopped' } });
  await product.runs.resume(done.id, 'test');
  expect(await product.settled(done.id)).toMatchObject({ status: 'succeeded', steps: [{ status: 'succeeded' }] });
});

it('a saved plan in clear, the mark of a lock and a half-made backup are gone after a start', async () => {
  const root = join(product.dataDir, 'work', 'some-environment', 'some-node');
  mkdirSync(join(root, '.terraform'), { recursive: true });
  for (const file of ['saved.tfplan', '.terraform/.terraform.tfstate.lock.info', '../../backup-1.db', 'main.tf.json'])
    writeFileSync(join(root, file), 'left');
  expect(listLeftovers(product.dataDir)).toHaveLength(3);
  await product.runs.recover();
  expect(listLeftovers(product.dataDir)).toEqual([]);
});
