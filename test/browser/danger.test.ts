// What must not happen by accident, and the way on after what went wrong.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { SandboxFault, SandboxObject } from '../../schemas/generated/types.ts';
import * as gestures from './gestures.ts';
import { connected, oneTable } from './graphs.ts';
import { openPlumbline, type Plumbline, pathOf } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

it('deletes a protected box that holds data only after its name was typed', async () => {
  const scope = await plumbline.environment('guarded', oneTable(), { class: 'production' });
  expect((await plumbline.apply(scope)).status).toBe('succeeded');
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.selectBox(page, 'orders');
  await page.keyboard.press('Delete');
  await gestures.box(page, 'orders').waitFor({ state: 'detached' });
  await gestures.inspector(page).getByText('The next apply deletes orders.').waitFor();
  await gestures.plan(page);
  await gestures.runBar(page).getByText('1 needs your word').waitFor();

  await gestures.openReview(page);
  const dialog = gestures.review(page);
  await dialog.getByText('This destroys orders, which holds data.').waitFor();
  await dialog.getByText('Lost: The table with every item in it.').waitFor();
  await dialog.getByText(/^Stays: /).waitFor();
  const yes = dialog.getByRole('button', { name: /^Apply \d/ });
  expect(await yes.isDisabled()).toBe(true);
  await dialog.getByLabel('Type orders to go on').fill('order');
  expect(await yes.isDisabled()).toBe(true);
  await dialog.getByLabel('Type orders to go on').fill('orders');
  await yes.click();
  await gestures.untilRunSays(page, /applied/);
  const left = await plumbline.call<SandboxObject[]>('GET', `${pathOf(scope)}/sandbox/objects`);
  expect(left.map(({ type }) => type)).not.toContain('aws_dynamodb_table');
});

it("shows a failure in the provider's words with what to do, and resumes to the end", async () => {
  const scope = await plumbline.environment('failing', connected());
  const fault = { kind: 'denied', type: 'aws_sqs_queue', operation: 'create', node: 'jobs' };
  const { id } = await plumbline.call<SandboxFault>('POST', `${pathOf(scope)}/sandbox/faults`, fault);
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.plan(page);
  await gestures.openReview(page);
  await gestures.sayYes(page);
  await gestures.runBar(page).getByRole('button', { name: 'Resume' }).waitFor({ timeout: 60_000 });
  expect(await gestures.footer(page, 'jobs').textContent()).toBe('failed');
  expect(await gestures.footer(page, 'worker').textContent()).toBe('blocked');
  expect(await gestures.footer(page, 'reports').textContent()).toBe('live');
  const failure = gestures.drawer(page).locator('.phase-error');
  await failure.getByText(/AccessDenied.*is not authorized to perform: sqs:CreateQueue/).waitFor();
  await gestures.selectBox(page, 'jobs');
  await gestures.openTab(page, 'Plan');
  const notice = gestures.inspector(page).getByRole('alert');
  expect(await notice.locator('.provider-words').textContent()).toContain('sqs:CreateQueue');
  // Its title, the provider's words, and a sentence on what to do.
  expect((await notice.locator('p').allTextContents()).join(' ')).toMatch(/allow|permission|right/i);

  await plumbline.call('DELETE', `${pathOf(scope)}/sandbox/faults/${id}`);
  await gestures.runBar(page).getByRole('button', { name: 'Resume' }).click();
  await gestures.untilRunSays(page, /applied/);
  for (const node of ['events', 'jobs', 'worker', 'reports'])
    expect(await gestures.footer(page, node).textContent()).toBe('live');
});

it('cancels a running apply, says so, and goes on with it afterwards', async () => {
  const scope = await plumbline.environment('stopping', connected());
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.plan(page);
  await gestures.openReview(page);
  await gestures.sayYes(page);
  await gestures.runBar(page).getByRole('button', { name: 'Cancel' }).click();
  await gestures.untilRunSays(page, /cancelled/);
  expect(await gestures.footer(page, 'worker').textContent()).toBe('not applied');
  await gestures.runBar(page).getByRole('button', { name: 'Resume' }).click();
  await gestures.untilRunSays(page, /applied/);
  expect(await gestures.footer(page, 'worker').textContent()).toBe('live');
});

it('discards a plan without touching anything', async () => {
  const scope = await plumbline.environment('discarding', oneTable());
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.plan(page);
  await gestures.runBar(page).getByRole('button', { name: 'Discard plan' }).click();
  await gestures.untilRunSays(page, /discarded/);
  expect(await page.locator('.box-badge').count()).toBe(0);
  expect(await plumbline.call('GET', `${pathOf(scope)}/sandbox/objects`)).toEqual([]);
});
