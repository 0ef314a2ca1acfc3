// Copy, cut, paste and duplicate: inside an environment, between two, and as text.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { EnvironmentState, Graph } from '../../schemas/generated/types.ts';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import { graph as graphOf } from '../fixtures/graphs.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { type Drawn, openPlumbline, type Plumbline, pathOf } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

const permissions = ['clipboard-read', 'clipboard-write'];
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const put = (page: Page, text: string) => page.evaluate((value) => navigator.clipboard.writeText(value), text);
const ids = ({ nodes }: Graph) => nodes.map(({ id }) => id).sort();

async function open(...environment: Parameters<Plumbline['environment']>) {
  const scope = await plumbline.environment(...environment);
  const { page } = await plumbline.page(scope, { permissions });
  await page.locator('.canvas').waitFor();
  return { page, scope, graph: () => plumbline.graph(scope) };
}

it('copies as canonical text, and pastes it as new boxes with the lines between them', async () => {
  const { page, graph } = await open('copying', connected());
  await gestures.untilDrawn(page);
  await gestures.selectBox(page, 'events');
  await gestures.box(page, 'jobs').click({ modifiers: ['Shift'], position: { x: 60, y: 16 } });
  await page.keyboard.press('Control+c');
  await expect.poll(() => clipboard(page)).toContain('"events-jobs"');
  const text = await clipboard(page);
  expect(canonicalText(JSON.parse(text) as Graph)).toBe(text);

  await page.keyboard.press('Control+v');
  await gestures.box(page, 'jobs-2').waitFor();
  await gestures.untilSaved(page);
  const after = await graph();
  expect(ids(after)).toEqual(['events', 'events-2', 'jobs', 'jobs-2', 'reports', 'worker']);
  expect(after.connections.find(({ to }) => to.node === 'jobs-2')).toMatchObject({ from: { node: 'events-2' } });
  await page.keyboard.press('Control+z');
  await gestures.box(page, 'jobs-2').waitFor({ state: 'detached' });
});

it('duplicates with the lines that the copies take from others, by key and by dragging with Alt', async () => {
  const { page, graph } = await open('doubling', connected());
  await gestures.untilDrawn(page);
  await gestures.selectBox(page, 'worker');
  await page.keyboard.press('Control+d');
  await gestures.box(page, 'worker-2').waitFor();
  await gestures.untilSaved(page);
  const into = (await graph()).connections.filter(({ to }) => to.node === 'worker-2');
  expect(into.map(({ from }) => from.node).sort()).toEqual(['jobs', 'reports']);

  await page.keyboard.down('Alt');
  await gestures.dragBox(page, 'reports', { x: 40, y: 200 });
  await page.keyboard.up('Alt');
  await gestures.box(page, 'reports-2').waitFor();
  await gestures.untilSaved(page);
  expect(ids(await graph())).toContain('reports-2');
  await page.keyboard.press('Control+z');
  await gestures.box(page, 'reports-2').waitFor({ state: 'detached' });
  await gestures.box(page, 'reports').waitFor();
});

it('cuts from one environment into another, where secrets stay behind and are asked for', async () => {
  const { page } = await open('leaving', connected());
  await gestures.untilDrawn(page);
  await gestures.selectBox(page, 'events');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+x');
  await page.getByText('Nothing here yet').waitFor();
  const text = await clipboard(page);

  const there = await open('arriving', { graph: graphOf([]) });
  await there.page.getByText('Nothing here yet').waitFor();
  await put(there.page, text);
  await there.page.keyboard.press('Control+v');
  await gestures.box(there.page, 'worker').waitFor();
  await gestures.untilSaved(there.page);
  expect(canonicalText(await there.graph())).toBe(text);
});

it('refuses text that is no graph in words, and changes nothing', async () => {
  const { page, graph } = await open('refusing', connected());
  await gestures.untilDrawn(page);
  await put(page, 'just words');
  await page.keyboard.press('Control+v');
  await page.getByText('The clipboard holds no graph that fits here.').waitFor();
  expect(ids(await graph())).toHaveLength(4);
});

const grouped = (): Drawn => {
  const drawn = connected();
  return {
    ...drawn,
    layout: {
      ...(drawn.layout ?? { schemaVersion: 1, nodes: {} }),
      groups: { workers: { title: 'Workers', color: 'violet' } },
      members: { jobs: 'workers', worker: 'workers' },
      notes: { why: { text: 'Ask Ada', color: 'amber', x: 304, y: 400, width: 200, height: 120 } },
    },
  };
};
const layoutOf = async (scope: string) =>
  (await plumbline.call<EnvironmentState>('GET', `${pathOf(scope)}/state`)).layout;

it('takes groups with their boxes and notes to another environment, and keeps a bare graph what it was', async () => {
  const { page } = await open('grouped', grouped());
  await gestures.untilDrawn(page);
  await page.locator('.group-frame .frame-title').click();
  await page.locator('.note').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+c');
  await expect.poll(() => clipboard(page)).toContain('"layout"');
  const text = await clipboard(page);
  const there = await open('elsewhere', { graph: graphOf([]) });
  await there.page.getByText('Nothing here yet').waitFor();
  await put(there.page, text);
  await there.page.keyboard.press('Control+v');
  await there.page.locator('.group-frame').getByText('Workers').waitFor();
  await there.page.locator('.note').getByText('Ask Ada').waitFor();
  await gestures.untilSaved(there.page);
  const layout = await layoutOf(there.scope);
  expect(layout.groups).toEqual(grouped().layout?.groups);
  expect(layout.members).toEqual({ jobs: 'workers', worker: 'workers' });
  const [from, to] = [grouped().layout?.nodes ?? {}, layout.nodes];
  expect((to.worker?.x ?? 0) - (to.jobs?.x ?? 0)).toBe((from.worker?.x ?? 0) - (from.jobs?.x ?? 0));
  expect(ids(await there.graph())).toEqual(['jobs', 'worker']);
});

it('duplicates a group by key and by dragging with Alt, cuts it with its boxes, and takes each back as one step', async () => {
  const { page, scope, graph } = await open('twice', grouped());
  await gestures.untilDrawn(page);
  await page.keyboard.down('Alt');
  await gestures.dragBy(page, page.locator('.frame-title'), { x: 0, y: 200 });
  await page.keyboard.up('Alt');
  await page.locator('.group-frame').getByText('Workers copy').waitFor();
  await gestures.untilSaved(page);
  expect(ids(await graph())).toContain('worker-2');
  expect((await layoutOf(scope)).nodes.worker).toEqual(grouped().layout?.nodes.worker);
  await page.keyboard.press('Control+z');
  await page.locator('.group-frame').getByText('Workers copy').waitFor({ state: 'detached' });

  await page.locator('.frame-title').click();
  await page.keyboard.press('Control+d');
  await gestures.box(page, 'worker-2').waitFor();
  await gestures.untilSaved(page);
  expect((await layoutOf(scope)).members).toMatchObject({ 'jobs-2': 'workers-2', 'worker-2': 'workers-2' });
  await page.keyboard.press('Control+x');
  await gestures.box(page, 'worker-2').waitFor({ state: 'detached' });
  await gestures.untilSaved(page);
  expect(Object.keys((await layoutOf(scope)).groups ?? {})).toEqual(['workers']);
  await page.keyboard.press('Control+z');
  await gestures.box(page, 'worker-2').waitFor();
  await page.keyboard.press('Control+z');
  await gestures.box(page, 'worker-2').waitFor({ state: 'detached' });
});

it('selects boxes, frames and notes by one lasso', async () => {
  const { page } = await open('looping', grouped());
  await gestures.untilDrawn(page);
  await page.keyboard.press('l');
  await page.locator('.canvas[data-tool="lasso"]').waitFor();
  const [frame, note] = await Promise.all(['.group-frame', '.note'].map((what) => page.locator(what).boundingBox()));
  if (!frame || !note) throw new Error('The frame and the note are drawn.');
  const [left, right] = [Math.min(frame.x, note.x) - 12, Math.max(frame.x + frame.width, note.x + note.width) + 12];
  const [top, bottom] = [frame.y - 12, note.y + note.height + 12];
  await gestures.drawLoop(page, [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
    [left, top],
  ]);
  const told = gestures.inspector(page).getByRole('heading', { level: 2 });
  await told.getByText('2 boxes, 1 line, 1 group, 1 note selected').waitFor();
  await page.keyboard.press('Delete');
  await page.locator('.note').waitFor({ state: 'detached' });
  expect(await page.locator('.react-flow__node').count()).toBe(2);
});
