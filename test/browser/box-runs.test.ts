// What runs did to one box, and from its failure to the setting that most likely caused it.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Graph } from '../../schemas/generated/types.ts';
import { graph, node } from '../fixtures/graphs.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { openPlumbline, type Plumbline, pathOf } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

it('lists what each run did to a box, and opens the run that is clicked at the log of the box', async () => {
  const jobs = node('jobs', 'aws-queue');
  const scope = await plumbline.environment('history', { graph: graph([jobs]) });
  await plumbline.apply(scope);
  const { revision } = await plumbline.call<{ revision: number; graph: Graph }>('GET', `${pathOf(scope)}/graph`);
  const changed = graph([{ ...jobs, params: { maximumReceives: 9 } }, node('late', 'aws-topic')]);
  await plumbline.call('PUT', `${pathOf(scope)}/graph`, { base: revision, mode: 'draft', graph: changed });
  await plumbline.apply(scope);

  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  const runs = gestures.inspector(page).getByRole('button', { name: /\bRun \d+\b/ });
  await gestures.selectBox(page, 'late');
  await gestures.openTab(page, 'Runs');
  await runs.filter({ hasText: /^Run 2\d+ created, / }).waitFor();
  expect(await runs.count()).toBe(1);

  await gestures.selectBox(page, 'jobs');
  await runs.filter({ hasText: /^Run 1\d+ created, / }).waitFor();
  await runs.filter({ hasText: /^Run 21 changed, / }).waitFor();
  expect(await runs.count()).toBe(2);
  expect(await runs.first().getAttribute('aria-current')).toBe('true');
  await runs.last().click();
  const first = page.getByRole('region', { name: 'Run 1' });
  await first.getByRole('button', { name: 'jobs', expanded: true }).waitFor();
  await first.locator('.log-line', { hasText: 'jobs' }).first().waitFor();
  await gestures.inspector(page).getByText('In run 1').waitFor();
});

it('opens the log of a box, whatever the drawer showed before', async () => {
  const drawn = graph([node('jobs', 'aws-queue'), node('late', 'aws-topic')]);
  const scope = await plumbline.environment('logs', { graph: drawn });
  await plumbline.apply(scope);
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.openDrawer(page, 'Changes');
  const drawer = gestures.drawer(page);
  const search = drawer.getByRole('searchbox', { name: 'Search the log' });
  await search.fill('nothing is called that');
  await drawer.getByRole('status').getByText('0 lines').waitFor();
  await gestures.selectBox(page, 'jobs');
  await gestures.openTab(page, 'Runs');
  await gestures.inspector(page).getByRole('button', { name: 'Show its log' }).click();
  await drawer.getByRole('button', { name: 'jobs', expanded: true }).waitFor();
  await drawer.getByRole('button', { name: 'jobs ×' }).waitFor();
  expect(await search.inputValue()).toBe('');
  const names = drawer.locator('.log-line .log-name');
  await names.first().waitFor();
  expect([...new Set(await names.allTextContents())]).toEqual(['jobs']);
});

it('words what was applied as done, in the plan of a box and in the changes of the run', async () => {
  const drawn = graph([node('jobs', 'aws-queue'), node('late', 'aws-topic')]);
  const scope = await plumbline.environment('done', { graph: drawn });
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.plan(page);
  await gestures.selectBox(page, 'jobs');
  await gestures.openTab(page, 'Plan');
  const inspector = gestures.inspector(page);
  await inspector.getByRole('heading', { name: 'Resources' }).waitFor();
  const [words] = await inspector.getByText(/^create \d+$/).allTextContents();
  const count = words?.replace('create ', '');
  await gestures.openDrawer(page, 'Changes');
  const row = gestures.drawer(page).locator('.change-row', { hasText: 'jobs' });
  expect(await row.textContent()).toBe(`+jobscreate ${count}`);

  await gestures.openReview(page);
  await gestures.sayYes(page);
  await gestures.untilRunSays(page, /applied/);
  await inspector.getByRole('heading', { name: 'What run 1 did' }).waitFor();
  await inspector.getByText(`${count} created`).waitFor();
  expect(await inspector.locator('.resource-count').allTextContents()).toEqual(Array(Number(count)).fill('created'));
  expect(await inspector.getByText(/known after apply|^create\b|will be/).count()).toBe(0);
  await gestures.openDrawer(page, 'Changes');
  expect(await row.textContent()).toBe(`+jobs${count} created`);
});

it('leads from a failure to the field of the value that the provider names', async () => {
  const { graph: drawn, layout } = connected();
  const image = '000000000000.dkr.ecr.eu-central-1.amazonaws.com/nowhere:1.0.0';
  const nodes = drawn.nodes.map((each) => (each.id === 'worker' ? { ...each, params: { imageUri: image } } : each));
  const scope = await plumbline.environment('causes', { graph: { ...drawn, nodes }, layout });
  expect((await plumbline.apply(scope)).status).toBe('failed');
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.selectBox(page, 'worker');
  await gestures.openTab(page, 'Plan');
  const causes = gestures.inspector(page).locator('.causes');
  await causes
    .getByRole('listitem')
    .filter({ hasText: `Image, which is ${image}` })
    .waitFor();
  await causes.getByRole('button', { name: 'Image' }).click();
  const field = gestures.param(page, 'Image');
  await field.and(page.locator(':focus')).waitFor();
  expect(await field.inputValue()).toBe(image);
});
