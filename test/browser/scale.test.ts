// A graph too large to be read as a whole: what is painted from afar can be clicked, dragged, lassoed and come closer to.
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { districts } from '../bench/canvas-graph.ts';
import * as gestures from './gestures.ts';
import { openPlumbline, type Plumbline } from './plumbline.ts';

let plumbline: Plumbline;
let scope: string;
let page: Page;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

async function open(project: string): Promise<void> {
  scope = await plumbline.environment(project, districts(300));
  page = (await plumbline.page(scope)).page;
  await gestures.untilPainted(page);
}

const title = () => gestures.inspector(page).getByRole('heading', { level: 2 });
const placeOf = async (id: string) =>
  (
    await plumbline.call<{ layout: { nodes: Record<string, { x: number; y: number }> } }>(
      'GET',
      `projects/${scope.replace('/', '/environments/')}/state`,
    )
  ).layout.nodes[id];

it('paints every box, mounts none of them, and says to a screen reader what there is', async () => {
  await open('painted');
  expect(await page.locator('.react-flow__node').count()).toBe(0);
  await expect.poll(() => page.locator('.far-canvas').getAttribute('data-drawn')).toBe('300');
  const list = page.getByRole('list', { name: 'Boxes on the canvas' });
  expect(await list.getByRole('listitem').count()).toBe(300);
  expect(await list.getByText('billing-14, Function').count()).toBe(1);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (
      globalThis as unknown as { axe: { run(part: string): Promise<{ violations: { id: string; impact: string }[] }> } }
    ).axe.run('.canvas'),
  );
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(JSON.stringify(serious)).toBe('[]');
});

it('selects the box that is clicked, and nothing on a click beside it', async () => {
  await open('clicked');
  const { x, y } = await gestures.farPlace(page, districts(300), 'billing-14');
  await page.mouse.click(x, y);
  await title().getByText('billing-14').waitFor();
  await page.mouse.click(x + 36, y);
  await title().getByText('dev').waitFor();
});

/** Draws a lasso around the ten boxes of a district. */
async function lassoDistrict(): Promise<void> {
  const drawn = districts(300);
  const first = await gestures.farPlace(page, drawn, 'orders-7');
  const last = await gestures.farPlace(page, drawn, 'notify-7');
  await page.mouse.move(first.x - 20, first.y - 16);
  await page.mouse.down();
  await page.mouse.move(last.x + 16, last.y + 20, { steps: 6 });
  await page.mouse.up();
  await title()
    .getByText(/^10 boxes/)
    .waitFor();
}

it('moves the boxes that a lasso holds together, in one step of the history', async () => {
  await open('dragged');
  const drawn = districts(300);
  const before = drawn.layout.nodes;
  await lassoDistrict();
  const grip = await gestures.farPlace(page, drawn, 'billing-7');
  await page.mouse.move(grip.x, grip.y);
  await page.mouse.down();
  await page.mouse.move(grip.x + 40, grip.y + 30, { steps: 6 });
  await page.mouse.up();
  await gestures.untilSaved(page);
  const moved = await Promise.all(['orders-7', 'notify-7', 'orders-8'].map(placeOf));
  expect(moved[0]?.x).toBeGreaterThan((before['orders-7']?.x ?? 0) + 100);
  expect((moved[1]?.y ?? 0) - (before['notify-7']?.y ?? 0)).toBe((moved[0]?.y ?? 0) - (before['orders-7']?.y ?? 0));
  expect(moved[2]).toEqual(before['orders-8']);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await gestures.untilSaved(page);
  await expect.poll(() => placeOf('orders-7')).toEqual(before['orders-7']);
});

it('names a group that is made from afar, where a title is too small to be written', async () => {
  await open('named');
  await lassoDistrict();
  await page.keyboard.press('Control+g');
  await gestures.inspector(page).getByLabel('Title').and(page.locator(':focus')).waitFor();
  await page.keyboard.type('Middle');
  await page.keyboard.press('Enter');
  await title().getByText('Middle', { exact: true }).waitFor();
});

it('comes closer on a double click until the box is real, and goes back to the picture', async () => {
  await open('closer');
  const { x, y } = await gestures.farPlace(page, districts(300), 'export-15');
  await page.mouse.dblclick(x, y);
  await gestures.box(page, 'export-15').locator('.port').first().waitFor();
  await gestures.nameField(page, 'export-15').waitFor();
  await page.keyboard.press('Escape');
  expect(await page.locator('.canvas').getAttribute('data-level')).toBe('near');
  expect(await page.locator('.react-flow__node').count()).toBeLessThan(60);
  await page.getByRole('button', { name: 'Fit everything' }).click();
  await gestures.untilPainted(page);
});

it('renames a box that is painted: comes closer first, and is the same box then', async () => {
  await open('renamed');
  const { x, y } = await gestures.farPlace(page, districts(300), 'billing-14');
  await page.mouse.click(x, y);
  await title().getByText('billing-14').waitFor();
  await page.keyboard.press('F2');
  await gestures.nameField(page, 'billing-14').waitFor();
  expect(await page.locator('.canvas').getAttribute('data-level')).toBe('near');
  await page.keyboard.type('pays');
  await page.keyboard.press('Enter');
  await title().getByText('pays').waitFor();
  await gestures.untilSaved(page);
  await expect
    .poll(async () => (await plumbline.graph(scope)).nodes.find(({ id }) => id === 'billing-14')?.name)
    .toBe('pays');
});

it('lets what a search does not find step back, and brings it back when the search ends', async () => {
  await open('searched');
  const drawn = districts(300);
  const colors = async () => {
    const places = await Promise.all(['orders-7', 'billing-20'].map((id) => gestures.farPlace(page, drawn, id)));
    return Promise.all(places.map((place) => gestures.farColor(page, place)));
  };
  const [found, other] = await colors();
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Search the canvas' }).fill('name:orders-7');
  await expect.poll(async () => (await colors())[1]).not.toBe(other);
  expect((await colors())[0]).toBe(found);
  await page.keyboard.press('Escape');
  await expect.poll(colors).toEqual([found, other]);
});

it('lets what the access lens leaves out step back', async () => {
  await open('lens');
  const drawn = districts(300);
  const other = await gestures.farPlace(page, drawn, 'billing-20');
  const reached = await gestures.farPlace(page, drawn, 'ledger-14');
  const before = [await gestures.farColor(page, reached), await gestures.farColor(page, other)];
  const { x, y } = await gestures.farPlace(page, drawn, 'billing-14');
  await page.mouse.click(x, y);
  await title().getByText('billing-14').waitFor();
  await page.keyboard.press('i');
  await page.getByRole('status').getByText('Access of billing-14').waitFor();
  await expect.poll(() => gestures.farColor(page, other)).not.toBe(before[1]);
  expect(await gestures.farColor(page, reached)).toBe(before[0]);
});
