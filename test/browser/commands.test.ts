// Commands by name and by hand: the palette, the search on the canvas, the sheet, lasso, snapping and aligning.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { openPlumbline, type Plumbline } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

async function open(project: string) {
  const { page } = await plumbline.page(await plumbline.environment(project, connected()));
  await gestures.untilDrawn(page);
  const place = async (id: string) => {
    const area = await gestures.box(page, id).boundingBox();
    if (!area) throw new Error(`${id} is not to be seen`);
    return area;
  };
  const selected = () =>
    page
      .locator('.react-flow__node.selected')
      .evaluateAll((boxes) => boxes.map((box) => box.getAttribute('data-id') ?? '').sort((a, b) => (a < b ? -1 : 1)));
  return { page, place, selected };
}

it('finds commands, boxes, lines and modules by a few letters, and does them', async () => {
  const { page, selected } = await open('anything');
  await page.getByRole('button', { name: /Do anything/ }).click();
  const palette = gestures.commands(page);
  await palette.getByRole('combobox').fill('dark');
  await palette.getByRole('option', { name: /Dark theme/ }).click();
  await page.locator('html[data-theme="dark"]').waitFor();

  await page.keyboard.press('Control+k');
  await palette.getByRole('combobox').fill('worker');
  await page.keyboard.press('Enter');
  await expect.poll(selected).toEqual(['worker']);

  await page.keyboard.press('Control+k');
  await palette.getByText('Used last').waitFor();
  await palette.getByRole('combobox').fill('jobs → worker');
  await page.keyboard.press('Enter');
  await gestures.inspector(page).getByText('What worker may do').waitFor();

  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByText('Zoom to selection').waitFor();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+s');
  await page.getByText('Every edit is saved as you make it.').waitFor();
});

it('searches the canvas by fields, keeps what fits lit, and goes from one to the next', async () => {
  const { page, selected } = await open('seeking');
  await page.keyboard.press('/');
  const field = page.getByRole('textbox', { name: 'Search the canvas' });
  await field.fill('grant:receive');
  await page.getByText('1 of 1').waitFor();
  expect(await gestures.box(page, 'reports').locator('.box').getAttribute('data-lens')).toBe('out');
  expect(await gestures.box(page, 'worker').locator('.box').getAttribute('data-lens')).toBe('in');
  await field.fill('module:aws');
  await page.getByText('1 of 4').waitFor();
  await page.keyboard.press('Enter');
  const first = await selected();
  await page.keyboard.press('Enter');
  await page.getByText('2 of 4').waitFor();
  expect(await selected()).not.toEqual(first);
  await page.keyboard.press('Shift+Enter');
  await expect.poll(selected).toEqual(first);
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+f');
  await field.waitFor();
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  expect(await gestures.box(page, 'reports').locator('.box').getAttribute('data-lens')).toBeNull();
});

it('selects with the lasso what it goes around, and nothing beside it', async () => {
  const { page, place, selected } = await open('roping');
  const { x, y } = await place('events');
  await page.getByRole('button', { name: /^Lasso/ }).click();
  await gestures.drawLoop(page, [
    [x - 16, y - 30],
    [x + 225, y - 30],
    [x + 225, y + 150],
    [x - 16, y + 150],
  ]);
  await expect.poll(selected).toEqual(['events']);
  await page.keyboard.press('Escape');
  await page.locator('.canvas[data-tool="select"]').waitFor();
});

it('snaps a dragged box to its neighbours and shows the line; aligning puts a selection onto one', async () => {
  const { page, place } = await open('lining');
  const [events, jobs] = [await place('events'), await place('jobs')];
  const held = await gestures.holdBox(page, 'jobs');
  await held.move({ x: 0, y: events.y - jobs.y + 3 });
  await page.locator('.guide').first().waitFor();
  await held.drop();
  expect(Math.abs((await place('jobs')).y - events.y)).toBeLessThan(1);
  await page.locator('.guide').first().waitFor({ state: 'detached' });

  await page.keyboard.press('Control+a');
  await page.keyboard.press('Alt+w');
  const tops = () =>
    Promise.all(['events', 'jobs', 'worker', 'reports'].map(async (id) => Math.round((await place(id)).y)));
  // They are seen on their way there.
  await expect.poll(async () => new Set(await tops()).size).toBe(1);
  const [top] = await tops();
  await page.keyboard.press('Control+z');
  await expect.poll(async () => Math.round((await place('reports')).y)).not.toBe(top);
});

it('opens a menu by the right button, for a box, for many and for the empty canvas', async () => {
  const { page, place } = await open('pointing');
  await gestures.box(page, 'jobs').locator('.box-title').click({ button: 'right' });
  await page
    .getByRole('menu', { name: 'Box' })
    .getByRole('menuitem', { name: /^Rename/ })
    .click();
  await page.getByRole('textbox', { name: 'Name of jobs' }).fill('queue of jobs');
  await page.keyboard.press('Enter');
  await gestures.box(page, 'jobs').getByText('queue of jobs').waitFor();

  await page.keyboard.press('Control+a');
  await gestures.box(page, 'jobs').locator('.box-title').click({ button: 'right' });
  await page
    .getByRole('menu', { name: 'Selection' })
    .getByRole('menuitem', { name: /^Align left/ })
    .click();
  await expect.poll(async () => (await place('worker')).x - (await place('events')).x).toBeLessThan(1);
  const empty = await gestures.emptyPlace(page);
  await page.mouse.click(empty.x, empty.y, { button: 'right' });
  await page
    .getByRole('menu', { name: 'Canvas' })
    .getByRole('menuitem', { name: /^Select everything/ })
    .waitFor();
});
