// The run panel: changes by danger, a long log, progress, what is the likely cause of a failure, messages read again.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { EnvironmentState, LogLine, Run, RunHead } from '../../schemas/generated/types.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { openPlumbline, type Plumbline, pathOf } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

it('lists what a plan changes, deletions before changes before creations, each a click from its box', async () => {
  const scope = await plumbline.environment('ranked', connected());
  await plumbline.apply(scope);
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.selectBox(page, 'events');
  await page.keyboard.press('Delete');
  await gestures.selectBox(page, 'jobs');
  await gestures.typeParam(page, 'Tries', '9');
  await gestures.plan(page);
  await page.getByRole('button', { name: 'Open the run' }).click();
  const changes = gestures.drawer(page).getByRole('list', { name: 'Changes, the most dangerous first' });
  await changes.locator('.change-row', { hasText: 'jobs' }).waitFor();
  const signs = await changes.locator('.sign').allTextContents();
  expect(signs).toEqual([...signs].sort((a, b) => '−±~+'.indexOf(a) - '−±~+'.indexOf(b)));
  expect(signs[0]).toBe('−');
  await changes.locator('.change-row', { hasText: 'jobs' }).click();
  await gestures.inspector(page).locator('.resource', { hasText: 'aws_sqs_queue.queue' }).waitFor();
});

it('reviews the worst changes of a large plan first, and all of them for those who ask', async () => {
  const scope = await plumbline.environment('reviewed', connected());
  const { id } = await plumbline.call<Run>('POST', `${pathOf(scope)}/runs`, { kind: 'plan' });
  const status = async () => (await plumbline.call<Run>('GET', `runs/${id}`)).status;
  await expect.poll(status, { timeout: 60_000 }).not.toBe('planning');
  const { page } = await plumbline.page();
  await page.route('**/environments/dev/state', async (route) => {
    const answer = await route.fetch();
    const state = (await answer.json()) as EnvironmentState;
    const [step] = state.run?.steps ?? [];
    if (!state.run || !step) return route.fulfill({ response: answer });
    const steps = Array.from({ length: 160 }, (_, at) => ({
      ...step,
      id: `${step.id}-${at}`,
      node: `n${at}`,
      name: `n${at}`,
    }));
    return route.fulfill({ response: answer, json: { ...state, run: { ...state.run, steps } } });
  });
  await page.goto(`${plumbline.address}/#/${scope}`);
  await gestures.untilDrawn(page);
  await gestures.openReview(page);
  const review = gestures.review(page);
  await expect.poll(() => review.locator('.review-step').count()).toBe(150);
  expect(await review.locator('.resource').count()).toBe(0);
  await review.locator('.review-step').first().locator('summary').click();
  await review.locator('.resource').first().waitFor();
  await review.getByRole('button', { name: 'Show the other 10 boxes' }).click();
  await expect.poll(() => review.locator('.review-step').count()).toBe(160);
});

it('shows ten thousand lines of log, finds one of them, and draws only what is seen', async () => {
  const scope = await plumbline.environment('wordy', connected());
  await plumbline.apply(scope);
  const [head] = await plumbline.call<RunHead[]>('GET', `${pathOf(scope)}/runs`);
  const run = await plumbline.call<Run>('GET', `runs/${head?.id}`);
  const lines = Array.from(
    { length: 10_000 },
    (_, index): LogLine => ({
      id: index + 1,
      at: run.createdAt,
      run: run.id,
      step: 'jobs',
      phase: 'apply',
      level: index === 7_777 ? 'error' : 'info',
      text: index === 7_777 ? 'the needle in the log' : `still creating, ${index} s elapsed`,
    }),
  );
  const { page } = await plumbline.page(scope);
  await page.route('**/logs?*', (route) => route.fulfill({ json: lines }));
  await page.reload();
  await gestures.untilDrawn(page);
  await page.getByRole('button', { name: 'Open the run' }).click();
  const drawer = gestures.drawer(page);
  const count = drawer.locator('.log-head').getByRole('status');
  await count.filter({ hasText: '10000 lines' }).waitFor();
  expect(await drawer.locator('.log-line').count()).toBeLessThan(120);
  await drawer.getByRole('searchbox', { name: 'Search the log' }).fill('needle');
  await count.filter({ hasText: /^1 line$/ }).waitFor();
  expect(await drawer.locator('.log-line mark').allTextContents()).toEqual(['needle']);
  await drawer.getByRole('searchbox', { name: 'Search the log' }).fill('');
  await drawer.getByRole('button', { name: 'Warnings and errors' }).click();
  await count.filter({ hasText: /^1 line$/ }).waitFor();
});

it('gives the panel the height that is asked for by keys, and keeps it over a reload', async () => {
  const scope = await plumbline.environment('tall', connected());
  await plumbline.apply(scope);
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await page.getByRole('button', { name: 'Open the run' }).click();
  const edge = page.getByRole('separator', { name: 'Height of the run panel' });
  const height = async () => Math.round((await gestures.drawer(page).boundingBox())?.height ?? 0);
  const before = await height();
  await edge.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect.poll(height).toBe(before + 64);
  await page.reload();
  await gestures.untilDrawn(page);
  await page.getByRole('button', { name: 'Open the run' }).click();
  await expect.poll(height).toBe(before + 64);
});

it('names the permission that a failure most likely lacks, and keeps a message to be read again', async () => {
  const scope = await plumbline.environment('lacking', connected());
  const fault = { kind: 'denied', type: 'aws_sqs_queue', operation: 'create', node: 'jobs' };
  await plumbline.call('POST', `${pathOf(scope)}/sandbox/faults`, fault);
  const { page, expect: expected } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.plan(page);
  await gestures.openReview(page);
  await gestures.sayYes(page);
  await gestures.untilRunSays(page, /failed|allowed/i);
  await gestures.selectBox(page, 'jobs');
  await gestures.openTab(page, 'Plan');
  await gestures.inspector(page).locator('.causes', { hasText: 'sqs:CreateQueue' }).waitFor();

  expected('500', 'Failed to load');
  await page.route('**/resume', (route) => route.fulfill({ status: 500, json: { message: 'The disk is full.' } }));
  await gestures.runBar(page).getByRole('button', { name: 'Resume' }).click();
  await page.locator('.toast-problem').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Messages, 1 not read' }).click();
  await page.getByRole('listitem').filter({ hasText: 'The disk is full.' }).waitFor();
});
