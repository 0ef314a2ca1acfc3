// Two people at one environment: each sees the other at once, what collides is shown with both versions, and nothing is lost.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { canonicalLayoutText, canonicalText } from '../../schemas/rules/canonical.ts';
import { graphOf, layoutOf } from '../../schemas/rules/content.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { contentOf } from './page-contents.ts';
import { openPlumbline, type Plumbline, pathOf } from './plumbline.ts';
import { createRandom, RANDOM_GESTURES } from './random-gestures.ts';

/** What a person may wait for the other's pointer, selection or edit. */
const atOnce = { timeout: 2000 };
const seconds = Number(process.env.PLUMBLINE_TOGETHER_SECONDS ?? 15);

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

async function openTwo(project: string) {
  const scope = await plumbline.environment(project, connected());
  const [ada, ben] = [await plumbline.page(scope), await plumbline.page(scope)];
  // What somebody looks at may be taken away by the other before it was asked for.
  for (const { expect: expected } of [ada, ben]) expected('Not Found');
  for (const { page } of [ada, ben]) await gestures.untilDrawn(page);
  await gestures.callOneself(ada.page, 'Ada');
  await gestures.callOneself(ben.page, 'Ben');
  await gestures.person(ada.page, 'Ben').waitFor();
  await gestures.person(ben.page, 'Ada').waitFor();
  return { scope, ada, ben };
}

const textsOf = async (page: Page) => {
  const content = await contentOf(page);
  return { graph: canonicalText(graphOf(content)), layout: canonicalLayoutText(layoutOf(content)) };
};

const serverText = async (scope: string, query = '') => {
  const answer = await fetch(`${plumbline.address}/api/${pathOf(scope)}/text${query}`);
  return answer.text();
};

it('shows a box that the other moves on its way to its new place', async () => {
  const { ada, ben } = await openTwo('moving');
  const places = await gestures.watchBox(ben.page, 'jobs');
  await gestures.dragBox(ada.page, 'jobs', { x: 0, y: 160 });
  const place = (page: Page) => gestures.box(page, 'jobs').boundingBox();
  const there = await place(ada.page);
  await expect.poll(() => place(ben.page), atOnce).toEqual(there);
  expect(await places()).toBeGreaterThan(3);
});

it("shows the other's pointer, selection and edits at once", async () => {
  const { ada, ben } = await openTwo('seeing');
  await gestures.pointAt(ada.page, { x: 700, y: 300 });
  await gestures.pointAt(ada.page, { x: 720, y: 320 });
  await ben.page.locator('.cursor', { hasText: 'Ada' }).waitFor({ ...atOnce, state: 'visible' });
  await gestures.selectBox(ada.page, 'jobs');
  await ben.page.locator('.peer-outline[data-node="jobs"]').waitFor(atOnce);
  await gestures.rename(ada.page, 'orders-in');
  await gestures.box(ben.page, 'jobs').locator('.box-title').getByText('orders-in').waitFor(atOnce);
  await gestures.selectLine(ada.page, 'reports-worker');
  await gestures.tickGrant(ada.page, 'write');
  await gestures
    .line(ben.page, 'reports-worker')
    .and(ben.page.getByLabel(/Grants read, write/))
    .waitFor(atOnce);
  // What Ben undoes is his own; Ada's edits are no step of his.
  expect(await ben.page.getByRole('button', { name: /^Undo/ }).first().isEnabled()).toBe(false);
});

it('leaves a name that the other gave while its field stood open here and nothing was typed', async () => {
  const { scope, ada, ben } = await openTwo('naming');
  await gestures.box(ada.page, 'jobs').focus();
  await ada.page.keyboard.press('F2');
  const title = ada.page.getByRole('textbox', { name: /^Name of / });
  await title.waitFor();
  await gestures.selectBox(ben.page, 'jobs');
  await gestures.rename(ben.page, 'orders-in');
  await expect.poll(async () => (await contentOf(ada.page)).nodes.jobs?.name, atOnce).toBe('orders-in');
  await ada.page.keyboard.press('Enter');
  await title.waitFor({ state: 'detached' });
  // The field of the inspector shows the other's name too, and going through it writes nothing.
  await ada.page.keyboard.press('Enter');
  const field = gestures.inspector(ada.page).getByLabel('Name', { exact: true });
  expect(await field.inputValue()).toBe('orders-in');
  await gestures.rename(ben.page, 'orders-out');
  await expect.poll(() => field.inputValue(), atOnce).toBe('orders-out');
  await ada.page.keyboard.press('Tab');
  for (const { page } of [ada, ben]) await gestures.untilSaved(page);
  expect((await plumbline.graph(scope)).nodes.find(({ id }) => id === 'jobs')?.name).toBe('orders-out');
});

it('shows both versions of a value that both set, and makes the chosen one stand for both', async () => {
  const { scope, ada, ben } = await openTwo('colliding');
  for (const { page } of [ada, ben]) {
    await gestures.selectBox(page, 'jobs');
    await gestures.param(page, 'Tries').waitFor();
  }
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await ada.page.route('**/operations', async (route) => {
    await held;
    await route.continue();
  });
  await gestures.typeParam(ada.page, 'Tries', '6');
  await gestures.typeParam(ben.page, 'Tries', '9');
  await gestures.rename(ben.page, 'merged');
  const conflict = ada.page.locator('.conflict');
  await conflict.getByText('1 value set by two people at once.').waitFor();
  await gestures.box(ada.page, 'jobs').locator('.box-title').getByText('merged').waitFor();
  goOn();
  await conflict.getByText('yours 6, Ben 9').hover();
  const versions = ada.page.getByRole('note', { name: /Both versions of tries/ });
  await versions.getByText('Ben').waitFor();
  expect(await versions.locator('dd').allTextContents()).toEqual(['6', '9']);
  await expect.poll(() => gestures.param(ben.page, 'Tries').inputValue()).toBe('6');
  // A reload settles nothing.
  await gestures.saveMark(ada.page).getByText('conflict').waitFor();
  await ada.page.reload();
  await gestures.untilDrawn(ada.page);
  await conflict.getByText(/yours 6/).waitFor();
  await conflict.getByRole('button', { name: 'Keep theirs' }).click();
  await expect.poll(() => gestures.param(ben.page, 'Tries').inputValue()).toBe('9');
  await gestures.untilSaved(ada.page);
  await conflict.waitFor({ state: 'detached' });
  await gestures.undo(ada.page);
  await expect.poll(() => gestures.param(ben.page, 'Tries').inputValue()).toBe('6');
  await gestures.untilSaved(ada.page);
  const saved = await plumbline.graph(scope);
  expect(saved.nodes.find(({ id }) => id === 'jobs')?.params).toEqual({ maximumReceives: 6 });
});

it('ends with the same graph and layout on both pages and the server, after random gestures of both', async () => {
  const { scope, ada, ben } = await openTwo('random');
  // A line that closes a circle with one of the other's is refused, which the console of a browser notes.
  for (const watched of [ada, ben]) watched.expect('409', '422');
  const seed = Number(process.env.PLUMBLINE_TOGETHER_SEED ?? Date.now() % 1_000_000);
  const done = new Map<string, number>();
  const end = Date.now() + seconds * 1000;
  const play = async (page: Page, mine: number) => {
    const random = createRandom(mine);
    while (Date.now() < end) {
      const [name, perform] = random.pick(Object.entries(RANDOM_GESTURES));
      // The other may have taken away what it was meant for.
      const isDone = await perform(page, random).catch(() => false);
      if (isDone) done.set(name, (done.get(name) ?? 0) + 1);
    }
  };
  await Promise.all([play(ada.page, seed), play(ben.page, seed + 1)]);
  for (const { page } of [ada, ben]) {
    await page.keyboard.press('Escape');
    await page.locator('.save:is([data-status="saved"], [data-status="conflict"], [data-status="refused"])').waitFor();
  }
  const server = () =>
    Promise.all([serverText(scope), serverText(scope, '?layout')]).then(([graph, layout]) => ({ graph, layout }));
  const played = `seed ${seed}: ${JSON.stringify([...done])}`;
  const both = async () => [await textsOf(ada.page), await textsOf(ben.page)];
  await expect.poll(both, { timeout: 10_000, message: played }).toEqual([await server(), await server()]);
  expect(done.size, played).toBeGreaterThan(Object.keys(RANDOM_GESTURES).length / 2);
});
