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

/** All boxes in one place. */
const heap = Object.fromEntries(['events', 'jobs', 'worker', 'reports'].map((id) => [id, { x: 40, y: 40 }]));

it('arranges everything from left to right, on the grid, and takes it back in one step', async () => {
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

it('shows everything once it is arranged, though it takes more room than before', async () => {
  const scope = await plumbline.environment('seen', {
    graph: connected().graph,
    layout: { schemaVersion: 1, nodes: heap },
  });
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await page.mouse.move(700, 400);
  for (let turn = 0; turn < 4; turn++) await page.mouse.wheel(0, -60);
  await page.getByRole('button', { name: /^Arrange all boxes/ }).click();
  await page.getByRole('button', { name: /^Undo arrange 4 boxes/ }).waitFor();
  const canvas = await page.locator('.canvas').boundingBox();
  const outside = async () => {
    const { x: left, y: top, width, height } = canvas ?? { x: 0, y: 0, width: 0, height: 0 };
    const areas = await page
      .locator('.react-flow__node')
      .evaluateAll((boxes) => boxes.map((box) => box.getBoundingClientRect().toJSON() as DOMRect));
    const isOut = (area: DOMRect) =>
      area.x < left || area.y < top || area.right > left + width || area.bottom > top + height;
    return { boxes: areas.length, outside: areas.filter(isOut).length };
  };
  await expect.poll(outside).toEqual({ boxes: 4, outside: 0 });
});

it('fits everything beside the inspector, where that lies over the canvas', async () => {
  const scope = await plumbline.environment('beside', connected());
  const { page } = await plumbline.page(scope, { viewport: { width: 1024, height: 768 } });
  await gestures.untilDrawn(page);
  await gestures.selectBox(page, 'jobs');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+1');
  const rightmost = async () => {
    const areas = await Promise.all(
      ['events', 'jobs', 'worker', 'reports'].map((id) => gestures.box(page, id).boundingBox()),
    );
    return Math.max(...areas.map((area) => (area ? area.x + area.width : Infinity)));
  };
  const panel = await gestures.inspector(page).boundingBox();
  await expect.poll(rightmost).toBeLessThan(panel?.x ?? 0);
});

it.each([
  ['glides back', 'gliding', 'no-preference'],
  ['stands there at once where no movement is wanted', 'still', 'reduce'],
] as const)('a box that undo in the text moves %s', async (_does, project, reducedMotion) => {
  const scope = await plumbline.environment(project, connected());
  const { page } = await plumbline.page(scope, { reducedMotion });
  await gestures.untilDrawn(page);
  await gestures.showPane(page, 'Both');
  const before = await gestures.box(page, 'reports').boundingBox();
  await gestures.dragBox(page, 'reports', { x: 120, y: 160 });
  await gestures.untilSaved(page);
  const x = async () => (await gestures.box(page, 'reports').boundingBox())?.x;
  expect(await x()).not.toBe(before?.x);
  const places = await gestures.watchBox(page, 'reports');
  await gestures.textEditor(page).focus();
  await page.keyboard.press('Control+z');
  await expect.poll(x).toBe(before?.x);
  if (reducedMotion === 'reduce') expect(await places()).toBe(2);
  else expect(await places()).toBeGreaterThan(3);
});
