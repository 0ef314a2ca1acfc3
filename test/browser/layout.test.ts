// Auto-layout: by the toolbar, in a worker under the page's content security policy, undone in one step.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { EnvironmentState, Layout } from '../../schemas/generated/types.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { openPlumbline, type Plumbline, pathOf } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

it('arranges everything from left to right, on the grid, and takes it back in one step', async () => {
  const heap = Object.fromEntries(['events', 'jobs', 'worker', 'reports'].map((id) => [id, { x: 40, y: 40 }]));
  const layout: Layout = {
    schemaVersion: 1,
    nodes: heap,
    groups: { workers: { title: 'Workers', color: 'green' } },
    members: { jobs: 'workers', worker: 'workers' },
  };
  const scope = await plumbline.environment('arranging', { graph: connected().graph, layout });
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await page.getByRole('button', { name: /^Arrange all boxes/ }).click();
  await page.getByRole('button', { name: /^Undo arrange 4 boxes/ }).waitFor();
  await gestures.untilSaved(page);
  const placed = async () => (await plumbline.call<EnvironmentState>('GET', `${pathOf(scope)}/state`)).layout.nodes;
  const { events, jobs, worker, reports } = await placed();
  if (!events || !jobs || !worker || !reports) throw new Error('Every box has a place.');
  expect(events.x + 200).toBeLessThan(jobs.x);
  expect(jobs.x + 200).toBeLessThan(worker.x);
  expect(Math.abs(events.y - reports.y)).toBeGreaterThan(90);
  for (const { x, y } of [events, jobs, worker, reports]) expect([x % 8, y % 8].map(Math.abs)).toEqual([0, 0]);
  // The frame has the boxes of the group and no other.
  const frame = await page.locator('.group-frame').boundingBox();
  const other = await gestures.box(page, 'events').boundingBox();
  expect((other?.x ?? 0) + (other?.width ?? 0)).toBeLessThan(frame?.x ?? 0);

  await page.keyboard.press('Control+z');
  await gestures.untilSaved(page);
  expect(await placed()).toEqual(heap);
});
