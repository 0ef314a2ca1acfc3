// The runs that one box shows: those with a step for it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, someRun, type TestApp } from './open-app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await openApp();
});
afterAll(async () => {
  await server.close();
  server.remove();
});

test('the runs of a node are those that had a step for it, each with what it did', async () => {
  const [step] = someRun.steps;
  if (!step) throw new Error('The run has a step.');
  const applied = { name: 'apply', status: 'succeeded', startedAt: '2026-01-01T00:00:00.000Z' } as const;
  const store = (id: string, node: string, more: Partial<typeof step>) =>
    server.store.runs.create(server.environmentId, { ...someRun, id, steps: [{ ...step, id: node, node, ...more }] });
  await store('of-node-1', 'keeper', { status: 'succeeded', phases: [applied] });
  await store('of-node-2', 'other', {});
  await store('of-node-3', '~keeper', { action: 'destroy', status: 'skipped', reason: 'nothing is left' });
  const runs = await server.store.runs.listOfNode(server.environmentId, 'keeper');
  expect(runs.map(({ id, step: did }) => [id, did?.status, did?.isApplied, did?.reason])).toEqual([
    ['of-node-3', 'skipped', false, 'nothing is left'],
    ['of-node-1', 'succeeded', true, undefined],
  ]);
});
