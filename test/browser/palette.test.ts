// The palette and its cards, how an empty canvas begins, and the tour of a first visit.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { DEMO, openPlumbline, type Plumbline } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

const empty = { graph: { schemaVersion: 1 as const, nodes: [], connections: [] } };

it('keeps favourites and what was placed last in this browser, and finds by words', async () => {
  const { page } = await plumbline.page(await plumbline.environment('marking', connected()));
  await gestures.untilDrawn(page);
  const palette = page.getByRole('navigation', { name: 'Modules' });
  await palette.locator('.module[data-module="aws-queue"]').hover();
  await palette.getByRole('button', { name: 'Keep Queue among the favourites' }).first().click();
  const favourites = palette.getByRole('region', { name: 'Favourites' });
  await favourites.getByRole('button', { name: /^Queue/ }).waitFor();
  await page.keyboard.press('m');
  await page.keyboard.type('dynamo');
  await page.keyboard.press('Enter');
  await gestures.box(page, 'table').waitFor();
  await page.reload();
  await gestures.untilDrawn(page);
  await favourites.getByRole('button', { name: /^Queue/ }).waitFor();
  await palette.getByRole('button', { name: 'Another Table' }).focus();
  await page.keyboard.press('Enter');
  await gestures.box(page, 'table-2').waitFor();
});

it('shows every module while it is folded, whatever was searched for', async () => {
  const { page } = await plumbline.page(await plumbline.environment('folding', connected()));
  await gestures.untilDrawn(page);
  const palette = page.getByRole('navigation', { name: 'Modules' });
  const all = await palette.locator('.module').count();
  await page.keyboard.press('m');
  await page.keyboard.type('no such thing');
  await palette.getByText('No module is called that.').waitFor();
  await palette.getByRole('button', { name: 'Fold the palette' }).click();
  expect(await palette.locator('.module').count()).toBe(all);
  await palette.getByRole('button', { name: 'Unfold the palette' }).click();
  await palette.getByText('No module is called that.').waitFor();
});

it('shows on a card what a module makes, where it fits, its ports and presets', async () => {
  const { page } = await plumbline.page(await plumbline.environment('cards', connected()));
  await gestures.untilDrawn(page);
  const card = page.getByRole('dialog', { name: 'About Queue' });
  await page.locator('.module[data-module="aws-queue"]').hover();
  await card.getByText(/^An SQS queue and a second one for dead letters/).waitFor();
  await card.getByText('official').waitFor();
  await card.getByRole('img', { name: 'Queue takes from Topic; feeds Container service, Function.' }).waitFor();
  await card.getByText('subscribes to').waitFor();
  await card.getByText('For slow consumers: 15 minutes a message, two weeks of backlog.').waitFor();
  await page.mouse.move(900, 700);
  await card.waitFor({ state: 'detached' });

  await gestures.focusModule(page, 'Bucket');
  await page.keyboard.press('ArrowRight');
  await page
    .getByRole('dialog', { name: 'About Bucket' })
    .getByRole('button', { name: 'Place it' })
    .and(page.locator(':focus'))
    .waitFor();
  await page.keyboard.press('Enter');
  await gestures.box(page, 'bucket').waitFor();
});

it('begins an empty canvas with an example, as one step, or with text', async () => {
  const { page } = await plumbline.page(await plumbline.environment('beginning', empty));
  await page.getByRole('button', { name: /^Queue and worker/ }).click();
  await gestures.box(page, 'worker').waitFor();
  expect(await page.locator('.react-flow__edge').count()).toBe(2);
  await page.keyboard.press('Control+z');
  await page.getByText('Nothing here yet').waitFor();

  await page.getByRole('button', { name: 'Paste a graph as text' }).click();
  await page.getByLabel("The graph's text").fill(canonicalText(connected().graph));
  await page.getByRole('button', { name: 'Put it on the canvas' }).click();
  await gestures.line(page, 'jobs-worker').waitFor({ state: 'attached' });
  expect(await page.locator('.react-flow__node').count()).toBe(4);
});

it('leads through three steps on a first visit, by keys, and never again unless asked', async () => {
  const { page } = await plumbline.page(DEMO, { isFirstVisit: true });
  const step = (title: string) => page.getByRole('dialog', { name: `Tour: ${title}` });
  await step('Place modules').waitFor();
  await page.keyboard.press('Enter');
  await step('Draw lines').waitFor();
  await page.keyboard.press('Enter');
  await step('Plan, then apply').getByRole('button', { name: 'Done' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.tour-card').waitFor({ state: 'detached' });
  await page.reload();
  await gestures.untilDrawn(page);
  expect(await page.locator('.tour-card').count()).toBe(0);
});

it('can be skipped at once', async () => {
  const { page } = await plumbline.page(DEMO, { isFirstVisit: true });
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.locator('.tour-card').waitFor({ state: 'detached' });
  await page.reload();
  await gestures.untilDrawn(page);
  expect(await page.locator('.tour-card').count()).toBe(0);
});
