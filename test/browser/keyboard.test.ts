// Without a mouse: everything from an empty canvas to a live environment, and what screen readers hear on the way.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Layout } from '../../schemas/generated/types.ts';
import { graph } from '../fixtures/graphs.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { openPlumbline, type Plumbline } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

const image = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/worker:1.0.0';

const heard = (page: Page) => page.locator('.unseen[role="status"]');
/** The box or line that the keyboard stands on. */
const stoodOn = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-id') ?? null);
const standsOn = (page: Page, id: string) => expect.poll(() => stoodOn(page)).toBe(id);

/** Tab until something has the focus. */
async function tabTo(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await isThere()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not come there.');
}

const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');
const focusedLabel = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent ?? '');

async function addModule(page: Page, words: string, id: string): Promise<void> {
  await page.keyboard.press('a');
  await gestures.commands(page).waitFor();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await standsOn(page, id);
}

it('adds, connects, configures, plans, reviews and applies', async () => {
  const scope = await plumbline.environment('hands', { graph: graph([]) });
  const { page } = await plumbline.page(scope);
  await page.getByText('Nothing here yet').waitFor();
  await addModule(page, 'queue', 'queue');
  expect(await heard(page).textContent()).toBe('queue added');
  await addModule(page, 'function', 'function');

  await page.keyboard.press('Enter');
  await tabTo(page, async () => (await focusedLabel(page)).startsWith('Image'));
  await page.keyboard.type(image);
  await page.keyboard.press('Escape');
  await standsOn(page, 'function');

  await page.keyboard.press('ArrowLeft');
  await standsOn(page, 'queue');
  await page.keyboard.press('c');
  await gestures.connectMenu(page).waitFor();
  await page.keyboard.type('events');
  await page.keyboard.press('Enter');
  await expect.poll(() => heard(page).textContent()).toBe('Line drawn from queue to function');

  await page.keyboard.press('Control+Enter');
  await gestures.badge(page, 'queue').waitFor({ timeout: 60_000 });
  await page.locator('.top').getByRole('button', { name: 'Review and apply' }).waitFor({ timeout: 60_000 });
  await page.keyboard.press('Control+Shift+Enter');
  await gestures.review(page).waitFor();
  await tabTo(page, async () => /^Apply \d/.test(await focusedText(page)));
  await page.keyboard.press('Enter');
  await gestures.untilRunSays(page, /applied/);
  for (const id of ['queue', 'function']) expect(await gestures.footer(page, id).textContent()).toBe('live');
});

it('comes to the canvas by one Tab, walks over boxes and lines, moves them as one step, and leaves by the next', async () => {
  const scope = await plumbline.environment('walking', connected());
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await tabTo(page, async () => (await stoodOn(page)) !== null);
  await standsOn(page, 'events');
  await page.keyboard.press('ArrowRight');
  await standsOn(page, 'jobs');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'Box jobs, Queue. Takes from events (subscribes to). Feeds worker (queue).',
  );
  await page.keyboard.press(']');
  await standsOn(page, 'jobs-worker');
  await page.keyboard.press(']');
  await standsOn(page, 'worker');
  await page.keyboard.press('[');
  await page.keyboard.press('ArrowDown');
  await standsOn(page, 'reports-worker');
  await page.keyboard.press('[');
  await standsOn(page, 'reports');

  const before = await gestures.box(page, 'reports').boundingBox();
  await page.keyboard.down('Control');
  for (let held = 0; held < 3; held += 1) await page.keyboard.down('ArrowRight');
  await page.keyboard.up('ArrowRight');
  await page.keyboard.up('Control');
  await expect.poll(() => heard(page).textContent()).toBe('reports moved');
  const x = async () => (await gestures.box(page, 'reports').boundingBox())?.x ?? 0;
  await expect.poll(x).toBeGreaterThan((before?.x ?? 0) + 20);
  await page.keyboard.press('Control+z');
  await expect.poll(x).toBe(before?.x ?? 0);
  expect(await heard(page).textContent()).toBe('Taken back: reports moved');

  await page.keyboard.press('F2');
  await page.keyboard.type('invoices');
  await page.keyboard.press('Enter');
  await standsOn(page, 'reports');
  expect(await heard(page).textContent()).toBe('reports renamed to invoices');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('.react-flow__node'))).toBeNull();
});

it('stands on the nearest box when what it stood on is deleted or taken back', async () => {
  const scope = await plumbline.environment('standing', connected());
  const { page } = await plumbline.page(scope);
  const isBehindPalette = async () =>
    expect(await page.evaluate(() => document.activeElement?.matches('body, .top *, .palette *'))).toBe(false);
  await gestures.untilDrawn(page);
  await tabTo(page, async () => (await stoodOn(page)) !== null);
  await page.keyboard.press('ArrowRight');
  await standsOn(page, 'jobs');
  await page.keyboard.press('Delete');
  await gestures.box(page, 'jobs').waitFor({ state: 'detached' });
  await standsOn(page, 'worker');
  expect(await page.locator('.box[data-selected="true"]').count()).toBe(0);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => stoodOn(page)).toMatch(/^(events|reports)$/);
  await addModule(page, 'queue', 'queue');
  await page.keyboard.press('Control+z');
  await gestures.box(page, 'queue').waitFor({ state: 'detached' });
  await expect.poll(() => stoodOn(page)).toMatch(/^(events|worker|reports)$/);
  await page.keyboard.press('Tab');
  await isBehindPalette();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.getByText('Nothing here yet').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('canvas');
  await page.keyboard.press('Tab');
  await isBehindPalette();
});

it('walks over groups and notes too: expands, enters, renames, moves, writes and deletes them', async () => {
  const drawn = connected();
  const layout: Layout = {
    schemaVersion: 1,
    nodes: {},
    ...drawn.layout,
    groups: { workers: { title: 'Workers', color: 'violet' } },
    members: { jobs: 'workers', worker: 'workers' },
    notes: { hint: { text: 'Ask first', color: 'amber', x: 304, y: 320, width: 200, height: 120 } },
  };
  const scope = await plumbline.environment('grouped', { ...drawn, layout });
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  const label = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  const isHeard = (words: string) => expect.poll(() => heard(page).textContent()).toBe(words);
  await tabTo(page, async () => (await stoodOn(page)) !== null);
  await standsOn(page, 'events');
  await page.keyboard.press('ArrowRight');
  await standsOn(page, 'group:workers');
  expect(await label()).toBe('Group Workers, 2 boxes: jobs, worker.');
  await page.keyboard.press('F2');
  await page.keyboard.type('Order work');
  await page.keyboard.press('Enter');
  await standsOn(page, 'group:workers');
  await isHeard('Group Workers renamed to Order work');
  await page.keyboard.press('Control+ArrowDown');
  await isHeard('jobs, worker moved');
  await page.keyboard.press('Shift+c');
  await isHeard('Group Order work collapsed');
  await expect
    .poll(label)
    .toBe('Collapsed group Order work, 2 boxes: jobs, worker. Takes aws-bucket (1), aws-topic (1).');
  await page.keyboard.press('Control+ArrowRight');
  await isHeard('jobs, worker moved');
  await page.keyboard.press('Enter');
  await isHeard('Group Order work expanded');
  await page.keyboard.press('Enter');
  await standsOn(page, 'jobs');

  await page.keyboard.press('ArrowDown');
  await standsOn(page, 'note:hint');
  expect(await label()).toBe('Note: Ask first');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Ask twice');
  await page.keyboard.press('Escape');
  await standsOn(page, 'note:hint');
  await expect.poll(label).toBe('Note: Ask twice');
  await page.keyboard.press('Control+ArrowRight');
  await isHeard('Note moved');
  await page.keyboard.press('Delete');
  await gestures.box(page, 'note:hint').waitFor({ state: 'detached' });
  await page.keyboard.press('n');
  await page.keyboard.type('Mind the gap');
  await page.keyboard.press('Escape');
  await standsOn(page, 'note:note');
  // Its menu and its grip, and no button of what is not selected.
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('.react-flow__node'))).toBeNull();
});

it('opens the menu of what it stands on, and gives the keyboard back', async () => {
  const scope = await plumbline.environment('menus', connected());
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await tabTo(page, async () => (await stoodOn(page)) !== null);
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: 'Box' });
  await menu.waitFor();
  expect(await menu.getByRole('menuitem', { name: /^Duplicate/ }).textContent()).toContain('Ctrl+D');
  // In haste: no key waits for what the one before it did.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+F10');
  await arrowTo(page, /^Duplicate/);
  await page.keyboard.press('Enter');
  await gestures.box(page, 'events-2').waitFor();
});

/** Arrow down in an open menu until an item has the focus. */
async function arrowTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    if (name.test(await focusedText(page))) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`No item ${name} in the menu.`);
}
