// Boxes and lines by their panels: what is locked and why, what differs and the way back, variables, tags, many at once.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { EnvironmentSummary } from '../../schemas/generated/types.ts';
import { graph, node } from '../fixtures/graphs.ts';
import * as gestures from './gestures.ts';
import { connected, oneTable } from './graphs.ts';
import { AWAY, openPlumbline, type Plumbline, pathOf } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

async function open(...environment: Parameters<Plumbline['environment']>) {
  const scope = await plumbline.environment(...environment);
  const watched = await plumbline.page(scope);
  await gestures.untilDrawn(watched.page);
  const own = async (id: string) => (await plumbline.graph(scope)).nodes.find((each) => each.id === id)?.params;
  return { scope, ...watched, inspector: gestures.inspector(watched.page), own };
}

it('locks what cannot change in place once the box is live, with the reason, and unlocks it when told to', async () => {
  const { scope, page, inspector, own } = await open('locks', oneTable());
  await gestures.selectBox(page, 'orders');
  const field = gestures.param(page, 'Partition key');
  await field.waitFor();
  expect(await field.isEnabled()).toBe(true);

  await plumbline.apply(scope);
  const lock = inspector.locator('.lock').first();
  await lock.getByText('Another value needs a new one in its place.').waitFor();
  expect(await field.isEnabled()).toBe(false);
  await lock.getByRole('button', { name: 'Unlock: this replaces the box' }).click();
  await lock.getByText(/the next apply makes a new one and deletes this one\. Lost: /).waitFor();
  await field.fill('customer');
  await gestures.untilSaved(page);
  expect(await own('orders')).toMatchObject({ partitionKey: 'customer' });
  await lock.getByRole('button', { name: 'Lock again' }).click();
  expect(await field.isEnabled()).toBe(false);

  // What was done is worded as done.
  await gestures.openTab(page, 'Plan');
  await inspector.getByText('What run 1 did').waitFor();
  await inspector.getByText(/^\d+ created$/).waitFor();
  expect(await inspector.getByText('known after apply').count()).toBe(0);
});

it('lists the fields that differ from the preset, and returns one or all of them', async () => {
  const { page, inspector, own } = await open('differs', connected());
  await gestures.selectBox(page, 'jobs');
  await gestures.typeParam(page, 'Tries', '7');
  await gestures.typeParam(page, 'Delay', '30');
  await gestures.typeParam(page, 'Keep messages', '9');
  await inspector.getByText('Differs from the preset in 3 fields').waitFor();
  const fields = inspector.getByRole('list', { name: 'Fields that differ from the preset' }).getByRole('listitem');
  expect(await fields.allTextContents()).toEqual(['Delay30preset 0', 'Tries7preset 5', 'Keep messages9preset 4']);

  await inspector.getByRole('button', { name: 'Return Tries to the preset' }).click();
  await inspector.getByText('Differs from the preset in 2 fields').waitFor();
  expect(await gestures.param(page, 'Tries').inputValue()).toBe('5');
  await gestures.untilSaved(page);
  expect(await own('jobs')).toEqual({ delaySeconds: 30, retentionDays: 9 });

  await inspector.getByRole('button', { name: 'Return all' }).click();
  await inspector.getByText('Differs from the preset').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await inspector.getByText('Differs from the preset in 2 fields').waitFor();
});

it('knows a region before the first apply, and lets the prefix of variables be changed where no other line has it', async () => {
  const { scope, page, inspector } = await open('variables', connected());
  await gestures.selectLine(page, 'jobs-worker');
  const variables = inspector.locator('.section', { hasText: 'Variables it receives' }).locator('.values > div');
  await expect
    .poll(() => variables.allTextContents())
    .toEqual(['JOBS_REGIONeu-central-1', 'JOBS_URLknown after apply']);

  // What settings alone decide is known too, and what only the cloud can say is named as unknown.
  await gestures.openTab(page, 'Contract');
  const field = (name: string) =>
    inspector.locator('.fields > div', { has: page.locator('dt code', { hasText: name }) });
  await field('fifo').getByText('false').waitFor();
  await field('arn').getByText('known after apply').waitFor();
  await gestures.openTab(page, 'Grants');

  const prefix = inspector.getByLabel('Prefix');
  await prefix.fill('reports');
  await inspector.getByText('REPORTS_REGION comes from reports already.').waitFor();
  await prefix.press('Enter');
  await prefix.fill('work');
  await inspector.getByText('worker then finds WORK_REGION in place of JOBS_REGION.').waitFor();
  await prefix.press('Enter');
  await expect
    .poll(() => variables.allTextContents())
    .toEqual(['WORK_REGIONeu-central-1', 'WORK_URLknown after apply']);
  await gestures.untilSaved(page);
  const { connections } = await plumbline.graph(scope);
  expect(connections.find(({ id }) => id === 'jobs-worker')?.envPrefix).toBe('WORK');
});

it('explains every action of a policy', async () => {
  const { page, inspector } = await open('words', connected());
  await gestures.selectLine(page, 'jobs-worker');
  const actions = inspector.locator('.policy-actions > div');
  await actions.first().waitFor();
  for (const action of await actions.all()) expect(await action.locator('p').textContent()).toMatch(/^[A-Z].+\.$/);
});

it('changes a setting of many boxes of one module at once, as one step', async () => {
  const queues = ['one', 'two', 'three'].map((id) => node(id, 'aws-queue'));
  const [, second] = queues;
  if (second) second.params = { maximumReceives: 9 };
  const nodes = Object.fromEntries(queues.map(({ id }, at) => [id, { x: at * 304, y: 0 }]));
  const { page, inspector, own } = await open('many', { graph: graph(queues), layout: { schemaVersion: 1, nodes } });
  await gestures.selectBox(page, 'one');
  await page.keyboard.press('Control+a');
  await inspector.getByRole('heading', { name: '3 boxes selected' }).waitFor();
  const tries = gestures.param(page, 'Tries');
  await tries.waitFor();
  expect(await tries.inputValue()).toBe('');
  expect(await tries.getAttribute('placeholder')).toBe('Several values');
  await gestures.typeParam(page, 'Delay', '15');
  await gestures.untilSaved(page);
  expect(await Promise.all(queues.map(({ id }) => own(id)))).toEqual([
    { delaySeconds: 15 },
    { maximumReceives: 9, delaySeconds: 15 },
    { delaySeconds: 15 },
  ]);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await gestures.untilSaved(page);
  expect(await own('three')).toBeUndefined();
});

it('tags the environment', async () => {
  const { scope, inspector } = await open('tags', connected());
  await inspector.getByRole('button', { name: 'Add tags' }).click();
  await inspector.getByLabel('Name of tag 1').fill('team');
  await inspector.getByLabel('Value of tag 1').fill('shop');
  await inspector.getByRole('button', { name: 'Save tags' }).click();
  await inspector.locator('.values', { hasText: 'teamshop' }).waitFor();
  const { document } = await plumbline.call<EnvironmentSummary>('GET', pathOf(scope));
  expect(document.tags).toEqual({ team: 'shop' });
});

it('draws a form that was never opened, without the server', async () => {
  const { page, expect: expectComplaint } = await open('offline', connected());
  const published = (await plumbline.call<unknown[]>('GET', 'modules')).length;
  const fetched = () =>
    page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('validator.js')).length,
    );
  await expect.poll(fetched, { timeout: 20_000 }).toBe(published);
  expectComplaint(AWAY);
  await plumbline.stopServer();
  await gestures.selectBox(page, 'worker');
  await gestures.param(page, 'Image').waitFor();
  await plumbline.restartServer();
});

it('leaves the run bar free where the inspector lies over the canvas', async () => {
  const scope = await plumbline.environment('narrow', connected());
  const { page } = await plumbline.page(scope, { viewport: { width: 1024, height: 768 } });
  await gestures.untilDrawn(page);
  await gestures.plan(page);
  await gestures.selectBox(page, 'jobs');
  await gestures.inspector(page).waitFor();
  await gestures.runBar(page).getByRole('button', { name: 'Open the run' }).click();
  await gestures.drawer(page).waitFor();
  await gestures.runBar(page).getByRole('button', { name: 'Close the run' }).click();
  await gestures.drawer(page).waitFor({ state: 'detached' });
});
