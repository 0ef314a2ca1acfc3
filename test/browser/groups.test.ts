// Groups and notes: made, named, collapsed, entered, left, filled and emptied by dragging.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { EnvironmentState, Layout } from '../../schemas/generated/types.ts';
import * as gestures from './gestures.ts';
import { connected, unconnected } from './graphs.ts';
import { openPlumbline, type Plumbline, pathOf } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

async function open(project: string, groups?: Partial<Layout>, drawn = connected()) {
  const layout: Layout = { schemaVersion: 1, nodes: {}, ...drawn.layout, ...groups };
  const scope = await plumbline.environment(project, { graph: drawn.graph, layout });
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  const layoutOnServer = async () => {
    await gestures.untilSaved(page);
    return (await plumbline.call<EnvironmentState>('GET', `${pathOf(scope)}/state`)).layout;
  };
  return { page, layoutOnServer, scope };
}

const workers = {
  groups: { workers: { title: 'Workers', color: 'violet' as const } },
  members: { jobs: 'workers', worker: 'workers' },
};
const frame = (page: Page) => page.locator('.group-frame');
const folded = (page: Page) => page.locator('.folded');
const visible = async (page: Page) =>
  (
    await page
      .locator('.react-flow__node-box')
      .evaluateAll((boxes) => boxes.map((each) => each.getAttribute('data-id') ?? ''))
  ).sort((a, b) => a.localeCompare(b));

it('groups the selection, names it at once, moves it by its title, and takes all back by undo', async () => {
  const { page, layoutOnServer } = await open('grouping');
  await gestures.selectBox(page, 'jobs');
  await gestures
    .box(page, 'worker')
    .locator('.box-title')
    .click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  await page.getByLabel('Title of the group').fill('Order work');
  await page.keyboard.press('Enter');
  await frame(page).getByText('Order work').waitFor();
  const made = await layoutOnServer();
  const [id = ''] = Object.keys(made.groups ?? {});
  expect(made.groups?.[id]?.title).toBe('Order work');
  expect(made.members).toEqual({ jobs: id, worker: id });

  await gestures.dragBy(page, frame(page).locator('.frame-title'), { x: 0, y: 120 });
  const moved = await layoutOnServer();
  const shift = (node: string) => (moved.nodes[node]?.y ?? 0) - (made.nodes[node]?.y ?? 0);
  expect(shift('jobs')).toBeGreaterThan(80);
  expect(shift('worker')).toBe(shift('jobs'));
  expect(shift('events')).toBe(0);

  for (let undone = 0; undone < 3; undone += 1) await page.keyboard.press('Control+z');
  await frame(page).waitFor({ state: 'detached' });
  expect((await layoutOnServer()).groups ?? {}).toEqual({});
});

it('is named, coloured and collapsed in the inspector, which shows the way to its boxes', async () => {
  const { page, layoutOnServer } = await open('in-inspector', workers);
  await frame(page).locator('.frame-title').click();
  const panel = gestures.inspector(page);
  await panel.getByRole('heading', { level: 2, name: 'Workers' }).waitFor();
  await panel.getByLabel('Title').fill('Order work');
  await page.keyboard.press('Enter');
  await frame(page).getByText('Order work').waitFor();
  await panel.getByRole('radio', { name: 'violet' }).press('ArrowLeft');
  expect((await layoutOnServer()).groups).toEqual({ workers: { title: 'Order work', color: 'red' } });
  await panel.getByRole('button', { name: 'Collapse' }).click();
  await folded(page).waitFor();
  await panel.getByRole('button', { name: 'worker' }).click();
  await gestures.box(page, 'worker').waitFor();
  await page.keyboard.press('Escape');
  await panel.getByRole('button', { name: 'Ungroup' }).click();
  await panel.getByRole('heading', { level: 2, name: '2 boxes selected' }).waitFor();
  expect(await layoutOnServer()).not.toHaveProperty('groups');
});

it('collapses into one box with the ports that lines cross its border at, and opens again', async () => {
  const { page } = await open('collapsing', workers);
  await page.getByRole('button', { name: 'Collapse group Workers' }).click();
  await folded(page).getByText('2 boxes').waitFor();
  expect(await visible(page)).toEqual(['events', 'reports']);
  expect(await folded(page).locator('.port-name').allTextContents()).toEqual(['bucket', 'topic']);
  expect(await page.locator('.react-flow__edge').count()).toBe(2);
  await page.getByRole('button', { name: 'Expand group Workers' }).click();
  await gestures.box(page, 'worker').waitFor();
  expect(await page.locator('.react-flow__edge').count()).toBe(3);
});

it('steps back while it is collapsed and a search finds none of its boxes', async () => {
  const { page } = await open('searching', {
    ...workers,
    groups: { workers: { ...workers.groups.workers, collapsed: true } },
  });
  const lens = () => folded(page).getAttribute('data-lens');
  await page.keyboard.press('Control+f');
  const field = page.getByRole('textbox', { name: 'Search the canvas' });
  await field.fill('name:reports');
  await expect.poll(lens, { timeout: 10_000 }).toBe('out');
  await field.fill('name:worker');
  await expect.poll(lens, { timeout: 10_000 }).toBe('in');
});

it('is entered by a double click, shows stubs of what is outside, and is left by Escape or the breadcrumb', async () => {
  const { page } = await open('entering', {
    ...workers,
    groups: { workers: { ...workers.groups.workers, collapsed: true } },
  });
  await folded(page).locator('.box-title').dblclick();
  await gestures.box(page, 'worker').waitFor();
  expect(await visible(page)).toEqual(['jobs', 'worker']);
  expect((await page.locator('.stub strong').allTextContents()).sort()).toEqual(['events', 'reports']);
  await page.keyboard.press('Escape');
  await folded(page).waitFor();
  await page.getByRole('button', { name: 'Enter group Workers' }).click();
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('button', { name: 'dev' }).click();
  await folded(page).waitFor();
  expect(await visible(page)).toEqual(['events', 'reports']);
});

it('takes a box that is dropped in its frame, and lets one go that is dragged out', async () => {
  const { page, layoutOnServer } = await open('changing', workers);
  const area = await frame(page).boundingBox();
  const title = gestures.box(page, 'events').locator('.box-title');
  const from = await title.boundingBox();
  if (!area || !from) throw new Error('The frame and the box are drawn.');
  await gestures.dragBy(page, title, { x: area.x + area.width / 2 - from.x, y: area.y + area.height - from.y - 70 });
  expect((await layoutOnServer()).members).toEqual({ events: 'workers', jobs: 'workers', worker: 'workers' });
  await gestures.dragBy(page, gestures.box(page, 'events').locator('.box-title'), { x: -60, y: 330 });
  expect((await layoutOnServer()).members).toEqual({ jobs: 'workers', worker: 'workers' });
});

it('keeps its boxes when it is deleted, unless they are deleted with it', async () => {
  const { page, layoutOnServer } = await open('deleting', workers);
  await frame(page).locator('.frame-title').click();
  await page.keyboard.press('Delete');
  await frame(page).waitFor({ state: 'detached' });
  expect(await visible(page)).toEqual(['events', 'jobs', 'reports', 'worker']);
  await page.keyboard.press('Control+z');
  await frame(page).locator('.frame-title').click();
  await page.keyboard.press('Shift+Delete');
  await gestures.box(page, 'worker').waitFor({ state: 'detached' });
  expect(await visible(page)).toEqual(['events', 'reports']);
  expect((await layoutOnServer()).members ?? {}).toEqual({});
});

it('notes are written in place, coloured, moved and deleted', async () => {
  const { page, layoutOnServer } = await open('noting');
  const notes = async () => Object.values((await layoutOnServer()).notes ?? {});
  await page.getByRole('button', { name: /^Add note/ }).click();
  await page.getByLabel(/^Text of the note/).fill('## Remember\n- one **bold** thing');
  await page.keyboard.press('Escape');
  await page.locator('.note li strong').getByText('bold').waitFor();
  const [written] = await notes();
  expect(written).toMatchObject({ text: '## Remember\n- one **bold** thing', color: 'amber' });
  await page.getByRole('button', { name: 'Commands of the note' }).click();
  await page.getByRole('menuitemradio', { name: 'blue' }).click();
  await gestures.dragBy(page, page.locator('.note h2'), { x: 80, y: 160 });
  const [moved] = await notes();
  expect(moved?.color).toBe('blue');
  expect(moved?.x).toBeGreaterThan(written?.x ?? 0);
  await page.keyboard.press('Delete');
  await page.locator('.note').waitFor({ state: 'detached' });
  expect(await notes()).toEqual([]);
});

it('pushes neighbours aside when it opens, as one step, and gives the room back when it is collapsed', async () => {
  const nodes = {
    jobs: { x: 0, y: 0 },
    worker: { x: 320, y: 0 },
    events: { x: 260, y: -40 },
    reports: { x: 0, y: 700 },
  };
  const group = { workers: { title: 'Workers', color: 'violet' as const, collapsed: true } };
  const { page, layoutOnServer } = await open('opening', { ...workers, groups: group, nodes });
  await page.getByRole('button', { name: 'Expand group Workers' }).click();
  await frame(page).waitFor();
  const opened = await layoutOnServer();
  expect(opened.nodes.events?.x).toBeGreaterThan(520);
  expect(opened.nodes.reports).toEqual(nodes.reports);
  await page.keyboard.press('Control+z');
  await folded(page).waitFor();
  expect((await layoutOnServer()).nodes.events).toEqual(nodes.events);
  await page.keyboard.press('Control+Shift+z');
  await page.getByRole('button', { name: 'Collapse group Workers' }).click();
  await folded(page).waitFor();
  expect((await layoutOnServer()).nodes).toEqual(nodes);
});

it('takes a module that is dropped on it while it is collapsed', async () => {
  const { page, layoutOnServer } = await open('dropping', {
    ...workers,
    groups: { workers: { ...workers.groups.workers, collapsed: true } },
  });
  await page.locator('.module[data-module="aws-table"]').dragTo(folded(page).locator('.box-title'));
  await folded(page).getByText('3 boxes').waitFor();
  expect((await layoutOnServer()).members).toEqual({ jobs: 'workers', table: 'workers', worker: 'workers' });
  // The box is selected, and its group shows that it holds it; from its form one comes to it.
  expect(await gestures.inspector(page).getByRole('heading', { level: 2 }).textContent()).toBe('table');
  await folded(page).and(page.locator('[data-holds]')).waitFor();
  await gestures.inspector(page).getByRole('button', { name: 'Workers' }).click();
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).waitFor();
  await page.locator('.react-flow__node.selected[data-id="table"]').waitFor();
  expect(await gestures.inspector(page).getByRole('heading', { level: 2 }).textContent()).toBe('table');
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('button', { name: 'dev' }).click();
  await folded(page).waitFor();
  expect(await folded(page).getAttribute('data-holds')).toBe(null);
  await page.keyboard.press('Control+z');
  await folded(page).getByText('2 boxes').waitFor();
});

it('takes a line on its box while it is collapsed, at the only port inside that fits', async () => {
  const collapsed = { ...workers, groups: { workers: { ...workers.groups.workers, collapsed: true } } };
  const { page, scope, layoutOnServer } = await open('taking', collapsed, unconnected());
  const dot = page.locator('.react-flow__node[data-id="reports"] .react-flow__handle.source').first();
  await dot.dragTo(folded(page).locator('.box-title'));
  await page.locator('.react-flow__edge').waitFor({ state: 'attached' });
  await layoutOnServer();
  const [line] = (await plumbline.graph(scope)).connections;
  expect(line).toMatchObject({ from: { node: 'reports', port: 'bucket' }, to: { node: 'worker', port: 'files' } });
});

it('asks which port takes a line that is dropped on it, where several inside do', async () => {
  const inside = {
    groups: { workers: { ...workers.groups.workers, collapsed: true } },
    members: { worker: 'workers', backup: 'workers' },
  };
  const { graph, layout } = unconnected();
  const backup = graph.nodes.find(({ id }) => id === 'worker');
  const nodes = [...graph.nodes, ...(backup ? [{ ...backup, id: 'backup', name: 'backup' }] : [])];
  const drawn = {
    graph: { ...graph, nodes },
    layout: { schemaVersion: 1 as const, nodes: { ...layout?.nodes, backup: { x: 600, y: 200 } } },
  };
  const { page, scope } = await open('asking', inside, drawn);
  const lines = async () => {
    await gestures.untilSaved(page);
    return (await plumbline.graph(scope)).connections
      .map(({ from, to }) => `${from.port} > ${to.node}.${to.port}`)
      .sort();
  };
  const hint = page.locator('.connect-hint');
  const pullToGroup = async (node: string, port: string) => {
    const pulled = await gestures.pullLine(page, { node, port });
    const area = await folded(page).locator('.box-title').boundingBox();
    await pulled.aimAt({ x: (area?.x ?? 0) + 40, y: (area?.y ?? 0) + 12 });
    return pulled;
  };

  const given = await pullToGroup('jobs', 'queue');
  expect(await hint.textContent()).toBe('4 ports take it. Let go to choose.');
  await given.drop();
  expect(await gestures.offers(page).locator('strong').allTextContents()).toEqual([
    'worker events',
    'worker queues',
    'backup events',
    'backup queues',
  ]);
  await page.keyboard.press('Escape');
  await gestures.connectMenu(page).waitFor({ state: 'detached' });
  expect(await lines()).toEqual([]);

  await (await pullToGroup('jobs', 'queue')).drop();
  await page.keyboard.type('backup ev');
  await expect.poll(() => gestures.offers(page).count()).toBe(1);
  await page.keyboard.press('Enter');
  await gestures.inspector(page).getByText('What backup may do').waitFor();
  expect(await lines()).toEqual(['queue > backup.events']);

  // What has the line is not offered again; the second line lies with the first in one bundle, which shows that it is selected.
  await (await pullToGroup('jobs', 'queue')).drop();
  expect(await gestures.offers(page).count()).toBe(3);
  await gestures.offers(page).filter({ hasText: 'worker queues' }).click();
  await gestures.inspector(page).getByText('What worker may do').waitFor();
  await page.locator('.line-path.bundle[data-selected="true"]').waitFor({ state: 'attached' });
  expect(await lines()).toEqual(['queue > backup.events', 'queue > worker.queues']);
  await page.keyboard.press('Control+z');
  expect(await lines()).toEqual(['queue > backup.events']);
});

it('says which box inside takes a line, where it is one alone', async () => {
  const collapsed = { ...workers, groups: { workers: { ...workers.groups.workers, collapsed: true } } };
  const { page } = await open('saying', collapsed, unconnected());
  const pulled = await gestures.pullLine(page, { node: 'reports', port: 'bucket' });
  const area = await folded(page).locator('.box-title').boundingBox();
  await pulled.aimAt({ x: (area?.x ?? 0) + 40, y: (area?.y ?? 0) + 12 });
  expect(await page.locator('.connect-hint').textContent()).toBe('Let go to connect to files of worker.');
  await page.keyboard.press('Escape');
  await pulled.drop();
  expect(await page.locator('.react-flow__edge').count()).toBe(0);
});
