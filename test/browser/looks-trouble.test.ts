// No serious finding of axe-core where something went wrong or is asked for rarely, light and dark.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { findings, letAxeIn } from './axe.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { openPlumbline, type Plumbline, pathOf } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

/** Looks at a state in both themes. */
async function look(page: Page, state: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    found.push(...(await findings(page, `${state}, ${colorScheme}`)));
  }
  return found;
}

it('has no serious finding in a conflict of two people', async () => {
  const scope = await plumbline.environment('conflict', connected());
  const { page } = await plumbline.page(scope, { reducedMotion: 'reduce' });
  const { page: other } = await plumbline.page(scope);
  for (const each of [page, other]) {
    await gestures.untilDrawn(each);
    await gestures.selectBox(each, 'jobs');
    await gestures.param(each, 'Tries').waitFor();
  }
  await letAxeIn(page);
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route('**/operations', async (route) => {
    await held;
    await route.continue();
  });
  for (const [title, mine, theirs] of [
    ['Tries', '6', '9'],
    ['Delay', '10', '20'],
  ] as const) {
    await gestures.typeParam(page, title, mine);
    await gestures.typeParam(other, title, theirs);
  }
  const conflict = page.locator('.conflict');
  await conflict.getByText('2 values set by two people at once.').waitFor();
  goOn();
  await conflict.getByText(/yours 6/).hover();
  await page.getByRole('note', { name: /Both versions of tries/ }).waitFor();
  expect(await look(page, 'conflict')).toEqual([]);
});

it('has no serious finding in the policies of the deploying role', async () => {
  const scope = await plumbline.environment('deployer', connected());
  const { page } = await plumbline.page(scope, { reducedMotion: 'reduce' });
  await gestures.untilDrawn(page);
  await letAxeIn(page);
  const inspector = gestures.inspector(page);
  await inspector.getByRole('button', { name: 'Work out the policies' }).click();
  const documents = inspector.getByRole('list', { name: 'Policy documents' });
  await documents.locator('summary').first().click();
  await documents.locator('pre').first().waitFor();
  await inspector.locator('summary', { hasText: 'bound by neither a name nor a tag' }).click();
  expect(await look(page, 'deploying role')).toEqual([]);
});

it('has no serious finding in the log of a run that failed', async () => {
  const scope = await plumbline.environment('failed', connected());
  const fault = { kind: 'denied', type: 'aws_sqs_queue', operation: 'create', node: 'jobs' };
  await plumbline.call('POST', `${pathOf(scope)}/sandbox/faults`, fault);
  expect((await plumbline.apply(scope)).status).toBe('failed');
  const { page } = await plumbline.page(scope, { reducedMotion: 'reduce' });
  await gestures.untilDrawn(page);
  await letAxeIn(page);
  await gestures.runBar(page).getByRole('button', { name: 'Open the run' }).click();
  const drawer = gestures.drawer(page);
  await drawer.locator('.phase-error').waitFor();
  await drawer.locator('.log-line[data-level="error"]').first().waitFor();
  const found = await look(page, 'failed run');
  await drawer.getByRole('searchbox', { name: 'Search the log' }).fill('queue');
  await drawer.locator('.log-line mark').first().waitFor();
  found.push(...(await look(page, 'search in the log')));
  await gestures.selectBox(page, 'jobs');
  await gestures.openTab(page, 'Plan');
  await gestures.inspector(page).locator('.causes').waitFor();
  found.push(...(await look(page, 'likely causes')));
  expect(found).toEqual([]);
});
