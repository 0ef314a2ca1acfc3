// What every state must keep to, light and dark: no serious finding of axe-core, and a layout that holds on narrow windows.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { findings, letAxeIn } from './axe.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { openPlumbline, type Plumbline } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

const TOUR = [
  ['Place modules', 'Next'],
  ['Draw lines', 'Next'],
  ['Plan, then apply', 'Done'],
] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  it(`has no serious finding of axe-core in the main states, ${colorScheme}`, async () => {
    const scope = await plumbline.environment(`looks-${colorScheme}`, connected(), { class: 'production' });
    const { page } = await plumbline.page(scope, { colorScheme, reducedMotion: 'reduce' });
    await gestures.untilDrawn(page);
    await letAxeIn(page);
    const found = await findings(page, 'first open');
    await gestures.selectBox(page, 'jobs');
    await gestures.param(page, 'Tries').waitFor();
    found.push(...(await findings(page, 'settings')));
    await gestures.openTab(page, 'Lines');
    found.push(...(await findings(page, 'lines of a box')));
    await gestures.openTab(page, 'Runbook');
    found.push(...(await findings(page, 'runbook')));
    await gestures.selectLine(page, 'jobs-worker');
    await gestures.inspector(page).locator('.policy').waitFor();
    found.push(...(await findings(page, 'line')));
    await gestures.openTab(page, 'Contract');
    found.push(...(await findings(page, 'contract')));
    await gestures.plan(page);
    await gestures.selectBox(page, 'jobs');
    await gestures.openTab(page, 'Plan');
    found.push(...(await findings(page, 'plan')));
    await gestures.openReview(page);
    found.push(...(await findings(page, 'review')));
    await gestures.sayYes(page);
    await gestures.untilRunSays(page, /applied/);
    found.push(...(await findings(page, 'applied')));
    await page.getByRole('button', { name: /^Theme/ }).click();
    await page.getByRole('menu').waitFor();
    found.push(...(await findings(page, 'menu')));
    await page.keyboard.press('Escape');
    await gestures.selectBox(page, 'events');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.getByText('Nothing here yet').waitFor();
    found.push(...(await findings(page, 'empty')));
    expect(found).toEqual([]);
  });
}

it('keeps its primary button and its panels within a window of 1024 pixels', async () => {
  const scope = await plumbline.environment('narrow', connected());
  const { page } = await plumbline.page(scope, { viewport: { width: 1024, height: 768 } });
  await gestures.untilDrawn(page);
  await gestures.plan(page);
  await gestures.selectBox(page, 'jobs');
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBe(1024);
  await page.getByRole('button', { name: 'Do anything' }).getByText('Do anything').waitFor();
  for (const part of [page.getByRole('button', { name: 'Review and apply' }), gestures.inspector(page)]) {
    const area = await part.boundingBox();
    expect((area?.x ?? 0) + (area?.width ?? 9999)).toBeLessThanOrEqual(1024);
  }
});

it('keeps every box in view while the drawer opens beside it', async () => {
  const scope = await plumbline.environment('drawer', connected());
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.plan(page);
  await gestures.runBar(page).getByRole('button', { name: 'Open the run' }).click();
  await gestures.drawer(page).waitFor();
  const isInView = async (id: string) => {
    const [area, canvas] = await Promise.all([
      gestures.box(page, id).boundingBox(),
      page.locator('.canvas').boundingBox(),
    ]);
    return area && canvas ? area.y + area.height <= canvas.y + canvas.height && area.y >= canvas.y : false;
  };
  for (const id of ['events', 'jobs', 'worker', 'reports']) await expect.poll(() => isInView(id)).toBe(true);
});

for (const colorScheme of ['light', 'dark'] as const) {
  it(`has no serious finding of axe-core in what opens over the canvas, ${colorScheme}`, async () => {
    const scope = await plumbline.environment(`over-${colorScheme}`, connected());
    const { page } = await plumbline.page(scope, { colorScheme, reducedMotion: 'reduce', isFirstVisit: true });
    await gestures.untilDrawn(page);
    await letAxeIn(page);
    const found: string[] = [];
    const look = async (state: string) => found.push(...(await findings(page, state)));
    for (const [title, button] of TOUR) {
      await page.getByRole('dialog', { name: `Tour: ${title}` }).waitFor();
      await look(`tour: ${title}`);
      await page.getByRole('button', { name: button }).click();
    }
    await page.keyboard.press('Control+k');
    await gestures.commands(page).waitFor();
    await look('command palette');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Zoom to selection').waitFor();
    await look('shortcut sheet');
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('grant:receive');
    await page.getByText('1 of 1').waitFor();
    await look('search');
    await page.keyboard.press('Escape');
    await gestures.selectBox(page, 'jobs');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menu', { name: 'Box' }).waitFor();
    await look('menu of a box');
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    await gestures.offers(page).first().waitFor();
    await look('connect menu');
    await page.keyboard.press('Escape');
    await gestures.inspector(page).getByRole('combobox', { name: 'Preset' }).click();
    await page.getByRole('option', { name: /Standard/ }).waitFor();
    await look('presets');
    await page.keyboard.press('Escape');
    await gestures.selectLine(page, 'jobs-worker');
    await gestures.line(page, 'jobs-worker').focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menu', { name: 'Line' }).waitFor();
    await look('menu of a line');
    await page.keyboard.press('Escape');
    const empty = await gestures.emptyPlace(page);
    await page.mouse.click(empty.x, empty.y, { button: 'right' });
    await page.getByRole('menu', { name: 'Canvas' }).waitFor();
    await look('menu of the canvas');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /: you are / }).click();
    await page.getByLabel('Your name', { exact: true }).waitFor();
    await look('people');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Shift+e');
    await page.getByRole('dialog', { name: 'Save a picture' }).waitFor();
    await look('picture');
    await page.keyboard.press('Escape');
    await gestures.plan(page);
    await gestures.runBar(page).getByRole('button', { name: 'Open the run' }).click();
    await gestures.drawer(page).waitFor();
    await look('run drawer');
    expect(found).toEqual([]);
  });
}

it('moves nothing by itself where people asked for that', async () => {
  const scope = await plumbline.environment('still', connected());
  const { page } = await plumbline.page(scope, { reducedMotion: 'reduce' });
  await gestures.untilDrawn(page);
  // Every view that is shown, as long as the page is open.
  await page.evaluate(() => {
    const viewport = document.querySelector('.react-flow__viewport');
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    if (!viewport) return;
    new MutationObserver(() => seen.push(viewport.getAttribute('style') ?? '')).observe(viewport, {
      attributeFilter: ['style'],
    });
  });
  const views = () => page.evaluate(() => new Set((globalThis as unknown as { seen: string[] }).seen).size);
  /** The first fit follows what is measured late (letters that load, a panel that opens): not before it has come to rest. */
  const atRest = async () => {
    for (let before = -1, now = await views(); now !== before; now = await views()) {
      before = now;
      await delay(500);
    }
    return views();
  };
  const inOneStep = async (gesture: () => Promise<void>) => {
    const before = await atRest();
    await gesture();
    await expect.poll(views).toBe(before + 1);
  };
  await inOneStep(() => page.keyboard.press('='));
  await inOneStep(() => page.keyboard.press('Shift+1'));
  await gestures.plan(page);
  const running = () => page.evaluate(() => document.getAnimations().map((motion) => motion.playState));
  expect(await running()).toEqual([]);
  await inOneStep(() => gestures.runBar(page).getByRole('button', { name: 'Open the run' }).click());
  await gestures.openReview(page);
  await gestures.sayYes(page);
  await gestures.untilRunSays(page, /applying|applied/);
  expect(await running()).toEqual([]);
  await gestures.untilRunSays(page, /applied/);
  expect(await running()).toEqual([]);
});
