// From a drawn graph to a live environment and on: plan, review, apply, look, change, plan again.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Artifact, Run, RunHead, SandboxObject } from '../../schemas/generated/types.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { openPlumbline, type Plumbline, pathOf } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

const lastRun = async (scope: string): Promise<Run> => {
  const [head] = await plumbline.call<RunHead[]>('GET', `${pathOf(scope)}/runs`);
  return plumbline.call<Run>('GET', `runs/${head?.id}`);
};

it('plans, shows each change, applies, and goes live box by box and line by line', async () => {
  const scope = await plumbline.environment('whole', connected());
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.plan(page);
  for (const id of ['events', 'jobs', 'worker', 'reports'])
    expect(await gestures.badge(page, id).textContent()).toMatch(/^\+ create \d+$/);
  await gestures.selectBox(page, 'jobs');
  await gestures.openTab(page, 'Plan');
  const queue = gestures.inspector(page).locator('.resource', { hasText: 'aws_sqs_queue.queue' });
  await queue.locator('summary').first().click();
  await queue.getByText(/\d+ more values/).click();
  const value = (path: RegExp) =>
    queue.locator('.attribute', { has: page.locator('.attribute-path', { hasText: path }) });
  await value(/^visibility_timeout_seconds$/)
    .getByText('180')
    .waitFor();
  await value(/^url$/).getByText('known after apply').waitFor();

  await gestures.openReview(page);
  await gestures.sayYes(page);
  await gestures.untilRunSays(page, /applied/);
  for (const id of ['events', 'jobs', 'worker', 'reports'])
    expect(await gestures.footer(page, id).textContent()).toBe('live');
  expect(await gestures.badge(page, 'jobs').count()).toBe(0);
  for (const id of ['events-jobs', 'jobs-worker', 'reports-worker'])
    expect(await gestures.line(page, id).locator('.line-path').getAttribute('data-live')).toBe('true');
  const log = gestures.drawer(page).getByRole('log');
  await log
    .getByText(/Apply complete!/)
    .first()
    .waitFor();
  expect(await gestures.drawer(page).getByRole('list', { name: 'Steps' }).locator('.step').count()).toBe(4);
  await gestures.drawer(page).locator('.step', { hasText: 'jobs' }).click();
  await gestures.drawer(page).locator('.filter-chip', { hasText: 'jobs' }).waitFor();
  expect([...new Set(await log.locator('.log-name').allTextContents())]).toEqual(['jobs']);
});

it('shows what flows along a live line: the artifact, the policy as it stands, and the variables', async () => {
  const scope = await plumbline.environment('flowing', connected());
  expect((await plumbline.apply(scope)).status).toBe('succeeded');
  const artifacts = await plumbline.call<Artifact[]>('GET', `${pathOf(scope)}/artifacts?node=jobs`);
  const published = artifacts.find(({ port }) => port === 'queue')?.value;
  const [url, arn] = [String(published?.url), String(published?.arn)];
  expect(arn).toMatch(/^arn:aws:sqs:/);
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.selectLine(page, 'jobs-worker');
  const inspector = gestures.inspector(page);
  await inspector.getByText('It stands like this in applied state.').waitFor();
  await inspector.locator('.policy-resource', { hasText: arn }).waitFor();
  await inspector.locator('.values > div', { hasText: 'JOBS_URL' }).getByText(url).waitFor();
  await gestures.openTab(page, 'Contract');
  await inspector.locator('.fields > div', { hasText: 'arn' }).getByText(arn).first().waitFor();
  await gestures.openTab(page, 'Access policy');
  await inspector.getByText('Through jobs').waitFor();
  await inspector.getByText('"sqs:ReceiveMessage"').first().waitFor();
});

it('plans and applies again after one change, and only that box changes', async () => {
  const scope = await plumbline.environment('again', connected());
  expect((await plumbline.apply(scope)).status).toBe('succeeded');
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.selectBox(page, 'jobs');
  await gestures.typeParam(page, 'Tries', '9');
  await gestures.plan(page);
  expect(await page.locator('.box-badge').allTextContents()).toEqual(['~ change 1']);
  for (const id of ['events', 'worker', 'reports'])
    expect(await gestures.box(page, id).locator('.box').getAttribute('data-back')).toBe('true');
  const change = gestures.inspector(page).locator('.attribute', { hasText: 'redrive_policy' });
  await change.waitFor();
  await gestures.openReview(page);
  await gestures.sayYes(page);
  await gestures.untilRunSays(page, /applied/);
  const { steps } = await lastRun(scope);
  expect(steps.filter(({ status }) => status === 'succeeded').map(({ node }) => node)).toEqual(['jobs']);
  expect(await gestures.footer(page, 'jobs').textContent()).toBe('live');
});

it('tells a grant that changed from the policy that stands, before and after the apply', async () => {
  const scope = await plumbline.environment('regrant', connected());
  await plumbline.apply(scope);
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.selectLine(page, 'reports-worker');
  await gestures.tickGrant(page, 'write');
  await gestures
    .inspector(page)
    .getByText(/The next apply adds \d+ actions?\./)
    .waitFor();
  await gestures.tickGrant(page, 'read');
  await gestures
    .inspector(page)
    .getByRole('list', { name: /takes away/ })
    .getByText('s3:GetObject')
    .waitFor();
  await gestures.plan(page);
  await gestures.openReview(page);
  await gestures.sayYes(page);
  await gestures.untilRunSays(page, /applied/);
  await gestures.inspector(page).getByText('It stands like this in applied state.').waitFor();
});

it('finds what was deleted behind its back only when it is asked to look, and puts it back', async () => {
  const scope = await plumbline.environment('drifting', connected());
  await plumbline.apply(scope);
  const where = `${pathOf(scope)}/sandbox/objects`;
  const topics = async () =>
    (await plumbline.call<SandboxObject[]>('GET', where)).filter(({ type }) => type === 'aws_sns_topic');
  const [topic] = await topics();
  const query = new URLSearchParams({ type: 'aws_sns_topic', id: topic?.id ?? '' });
  await plumbline.call('DELETE', `${pathOf(scope)}/sandbox/object?${query}`);
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await page.locator('.top').getByRole('button', { name: 'Plan', exact: true }).click();
  await gestures.untilRunSays(page, /nothing to change/i);
  await gestures.inspector(page).getByRole('button', { name: 'Plan and look for drift' }).click();
  await page.locator('.top').getByRole('button', { name: 'Review and apply' }).waitFor({ timeout: 60_000 });
  expect(await gestures.badge(page, 'events').textContent()).toMatch(/^\+ create \d+$/);
  await gestures.openReview(page);
  await gestures.sayYes(page);
  await gestures.untilRunSays(page, /applied/);
  expect((await topics()).map(({ id }) => id)).toEqual([topic?.id]);
});

it('destroys everything from the page, after a review', async () => {
  const scope = await plumbline.environment('ending', connected());
  await plumbline.apply(scope);
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures
    .inspector(page)
    .getByRole('button', { name: /^Plan to destroy 4 boxes/ })
    .click();
  await gestures.openReview(page);
  expect(await gestures.badge(page, 'jobs').textContent()).toMatch(/^− delete \d+$/);
  await gestures.sayYes(page);
  await gestures.untilRunSays(page, /destroyed/);
  expect(await gestures.footer(page, 'jobs').textContent()).toBe('not applied');
  expect(await plumbline.call('GET', `${pathOf(scope)}/sandbox/objects`)).toEqual([]);
});
