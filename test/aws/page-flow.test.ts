// The whole flow by hand on the page, on an endpoint: an environment is made, drawn, planned, applied, changed and destroyed.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { EnvironmentSummary } from '../../schemas/generated/types.ts';
import * as gestures from '../browser/gestures.ts';
import { DEMO, openPlumbline, type Plumbline, pathOf } from '../browser/plumbline.ts';
import { hasBrowser } from './carried-page.ts';
import { createRole, type DeployerRole } from './deployer-role.ts';
import { ROOT_KEYS } from './emulator.mjs';
import { callEmulator } from './emulator-call.ts';
import { takeInventory } from './inventory.ts';

const REGION = 'us-west-1';
const IMAGE = '123456789012.dkr.ecr.us-west-1.amazonaws.com/worker:1.0.0';
/** The real provider's starts and the waits of its services, on a busy machine. */
const PATIENCE = 300_000;
const boxes = ['table', 'function'];

let plumbline: Plumbline;
let role: DeployerRole;
let page: Page;
/** What the region has of its own. */
let given: string[] = [];

const place = { endpoint: inject('endpoint'), region: REGION, prefix: 'orders-page-' };
const held = async () => (await takeInventory(place)).map(({ kind, id }) => `${kind} ${id}`).sort();
async function sayYes(ended: RegExp): Promise<void> {
  await gestures.openReview(page);
  await gestures.sayYes(page);
  await gestures.untilRunSays(page, /applied|destroyed|failed/, PATIENCE);
  expect(await gestures.runBar(page).locator('.run-line').textContent()).toMatch(ended);
}
/** As the emulator has it. */
async function memoryOf(name: string): Promise<unknown> {
  const path = `/2015-03-31/functions/${name}/configuration`;
  return (JSON.parse(await callEmulator(place, { service: 'lambda', path })) as { MemorySize: unknown }).MemorySize;
}

describe.skipIf(!hasBrowser)('an environment at an endpoint, from the page alone', () => {
  beforeAll(async () => {
    role = await createRole(place.endpoint, 'page-deployer');
    await role.give([{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] }]);
    const { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY } = ROOT_KEYS;
    plumbline = await openPlumbline({ env: { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } });
    given = await held();
    ({ page } = await plumbline.page(DEMO));
    await gestures.untilDrawn(page);
  });
  afterAll(async () => {
    await plumbline?.close();
    await role?.remove();
  });

  it('is made in the dialog, and shows as whom it plans: account, role and region', async () => {
    await page.getByRole('button', { name: /^Environment development/ }).click();
    await page.getByRole('menuitem', { name: 'New environment' }).click();
    const dialog = page.getByRole('dialog', { name: 'New environment of orders' });
    await dialog.getByLabel('Name').fill('page');
    await dialog.getByText('AWS-compatible', { exact: true }).click();
    for (const [label, value] of [
      ['Region', REGION],
      ['Endpoint', place.endpoint],
      ['Role to assume', role.arn],
      ['External id', 'orders-page'],
    ] as const)
      await dialog.getByLabel(label).fill(value);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: 'Environment page, development' }).waitFor();
    await dialog.waitFor({ state: 'detached' });
    const { document } = await plumbline.call<EnvironmentSummary>('GET', pathOf('orders/page'));
    expect(document.target).toMatchObject({ kind: 'aws-endpoint', roleArn: role.arn, externalId: 'orders-page' });
    const asked = gestures.inspector(page).locator('section', { hasText: 'Plans and applies as' });
    await asked.getByText(/^role page-deployer \(session plumbline-/).waitFor();
    expect(await asked.locator('dd').allTextContents()).toEqual([
      '000000000000',
      expect.stringMatching(/^role page-deployer /),
      REGION,
    ]);
  });

  it('is drawn, planned, reviewed and applied', async () => {
    await gestures.dragModule(page, 'Table', { x: 480, y: 240 });
    await gestures.box(page, 'table').waitFor();
    await gestures.dragModule(page, 'Function', { x: 940, y: 220 });
    await gestures.box(page, 'function').waitFor();
    await gestures.selectBox(page, 'function');
    await gestures.typeParam(page, 'Image', IMAGE);
    await gestures.dragLine(page, { node: 'table', port: 'table' }, { node: 'function', port: 'tables' });
    await gestures.untilSaved(page);
    await gestures.plan(page, PATIENCE);
    for (const id of boxes) expect(await gestures.badge(page, id).textContent()).toMatch(/^\+ create \d+$/);
    await sayYes(/applied/);
    for (const id of boxes) expect(await gestures.footer(page, id).textContent()).toBe('live');
    expect(await page.locator('.line-path[data-live="true"]').count()).toBe(1);
    expect(await memoryOf('orders-page-function')).toBe(256);
  });

  it('takes a changed param to the one box', async () => {
    await gestures.selectBox(page, 'function');
    await gestures.openTab(page, 'Settings');
    await gestures.typeParam(page, 'Memory', '512');
    await gestures.plan(page, PATIENCE);
    expect(await page.locator('.box-badge').allTextContents()).toEqual(['~ change 1']);
    await sayYes(/applied/);
    expect(await memoryOf('orders-page-function')).toBe(512);
  });

  it('is destroyed, and nothing of it is left', async () => {
    await page.keyboard.press('Escape');
    await gestures
      .inspector(page)
      .getByRole('button', { name: /^Plan to destroy 2 boxes/ })
      .click();
    const review = page.locator('.top').getByRole('button', { name: /^Review and destroy/ });
    await review.waitFor({ timeout: PATIENCE });
    await sayYes(/destroyed/);
    for (const id of boxes) expect(await gestures.footer(page, id).textContent()).toBe('not applied');
    expect(await held()).toEqual(given);
    expect(await plumbline.closePages()).toEqual([]);
  });
});
