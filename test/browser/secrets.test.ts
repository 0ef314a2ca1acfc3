// A secret that was typed into the page is never seen on it again.
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { graph, line, node } from '../fixtures/graphs.ts';
import * as gestures from './gestures.ts';
import { everything, listenToAnswers } from './page-contents.ts';
import { openPlumbline, type Plumbline } from './plumbline.ts';

const canary = 'canary5e2b7d9f1a3ckq';

let plumbline: Plumbline;
beforeAll(async () => {
  const server = fileURLToPath(new URL('./fixture-server.ts', import.meta.url));
  plumbline = await openPlumbline({ program: ['--import', 'tsx', server] });
});
afterAll(() => plumbline.close());

it('shows a secret param and a secret field nowhere, from the save to the live artifact', async () => {
  const drawn = graph(
    [node('maker', 'test-token-maker'), node('user', 'test-token-user')],
    [line('maker-user', 'maker.token', 'user.token')],
  );
  const scope = await plumbline.environment('shop', { graph: drawn });
  const first = await plumbline.page(scope);
  await gestures.untilDrawn(first.page);
  await gestures.selectBox(first.page, 'maker');
  const kept = () => first.page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
  let letSave = () => {};
  const held = new Promise<void>((resolve) => {
    letSave = resolve;
  });
  await first.page.route('**/operations', async (route) => {
    await held;
    await route.continue();
  });
  await gestures.typeParam(first.page, 'Token', canary);
  await gestures.rename(first.page, 'Maker');
  // Until the server has it, the field holds it, which the search must find; the browser's storage never does.
  await expect.poll(kept).toContain('maker');
  expect(await everything(first.page)).toContain(canary);
  expect(await kept()).not.toContain(canary);
  letSave();
  await gestures.runBar(first.page).getByRole('button', { name: 'Issues 0' }).waitFor();
  await gestures.untilSaved(first.page);
  await expect.poll(() => everything(first.page)).not.toContain(canary);

  const { page } = await plumbline.page(scope);
  const answers: string[] = [];
  listenToAnswers(page, (_url, text) => answers.push(text));
  await page.reload();
  await gestures.untilDrawn(page);
  const seen: string[] = [];
  const look = async () => seen.push(await everything(page));
  await gestures.selectBox(page, 'maker');
  await gestures.param(page, 'Token').waitFor();
  expect(await gestures.param(page, 'Token').inputValue()).toBe('');
  await look();
  await gestures.plan(page);
  await gestures.openTab(page, 'Plan');
  await look();
  await gestures.openReview(page);
  await look();
  await gestures.sayYes(page);
  await gestures.untilRunSays(page, /applied/);
  await look();
  await gestures.selectLine(page, 'maker-user');
  await gestures.openTab(page, 'Contract');
  await gestures.inspector(page).getByText('secret, hidden').first().waitFor();
  await look();
  expect(seen.filter((text) => text.includes(canary))).toEqual([]);
  expect(answers.filter((text) => text !== '').length).toBeGreaterThan(5);
  expect(answers.filter((text) => text.includes(canary))).toEqual([]);
  expect(await plumbline.closePages()).toEqual([]);
});
