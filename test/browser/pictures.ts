// Takes the pictures of the root README, by hand: a demo environment that is live, and a plan with changes on it.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Graph } from '../../schemas/generated/types.ts';
import * as gestures from './gestures.ts';
import { DEMO, openPlumbline, pathOf } from './plumbline.ts';

const folder = process.argv[2] ?? fileURLToPath(new URL('../../web/pictures', import.meta.url));
mkdirSync(folder, { recursive: true });

/** Pictures that show more than the README does are taken when a folder is named. */
const isThorough = process.argv[2] !== undefined;

const plumbline = await openPlumbline();

/** Takes a picture when all has come to rest: fonts are there, nothing moves, the pointer is elsewhere. */
async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((motion) => motion.finished.catch(() => undefined)));
  });
  await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
}

/** Everything but the function is live; then the queue and the function are drawn on. */
async function prepareDemo(): Promise<void> {
  const path = `${pathOf(DEMO)}/graph`;
  const { graph } = await plumbline.call<{ graph: Graph }>('GET', path);
  const without = (id: string): Graph => ({
    ...graph,
    nodes: graph.nodes.filter((node) => node.id !== id),
    connections: graph.connections.filter(({ from, to }) => from.node !== id && to.node !== id),
  });
  await plumbline.call('PUT', path, { base: 1, mode: 'draft', graph: without('invoice-worker') });
  const run = await plumbline.apply(DEMO);
  if (run.status !== 'succeeded') throw new Error(`The demo is ${run.status}: ${run.error?.message}`);
  const nodes = graph.nodes.map((node) =>
    node.id === 'orders-queue' ? { ...node, params: { maximumReceives: 8, visibilityTimeoutSeconds: 360 } } : node,
  );
  await plumbline.call('PUT', path, { base: 2, mode: 'draft', graph: { ...graph, nodes } });
}

async function takeSmallScreens(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await plumbline.page(DEMO, { viewport: { width: 1024, height: 768 }, colorScheme });
    await gestures.untilDrawn(page);
    await take(page, `small-${colorScheme}`);
    await gestures.selectBox(page, 'orders-queue');
    await gestures.openTab(page, 'Plan');
    await take(page, `small-inspector-${colorScheme}`);
    await gestures.openReview(page);
    await take(page, `small-review-${colorScheme}`);
  }
}

async function takeMore(page: Page, colorScheme: string): Promise<void> {
  await gestures.openReview(page);
  await take(page, `review-${colorScheme}`);
  await page.keyboard.press('Escape');
  await gestures.review(page).waitFor({ state: 'hidden' });
  await gestures.selectLine(page, 'events-to-api');
  await gestures.inspector(page).locator('.policy').waitFor();
  await take(page, `line-${colorScheme}`);
  await gestures.openTab(page, 'Contract');
  await take(page, `contract-${colorScheme}`);
  await gestures.openTab(page, 'Access policy');
  await gestures.inspector(page).locator('.policy').first().waitFor();
  await take(page, `access-${colorScheme}`);
  await gestures.selectBox(page, 'orders-api');
  for (const tab of ['Settings', 'Lines', 'Runs', 'Runbook']) {
    await gestures.openTab(page, tab);
    await take(page, `${tab.toLowerCase()}-${colorScheme}`);
  }
}

try {
  await prepareDemo();
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await plumbline.page(DEMO, { colorScheme });
    await gestures.untilDrawn(page);
    if (colorScheme === 'light') await gestures.plan(page);
    await gestures.selectBox(page, 'orders-queue');
    await gestures.openTab(page, 'Plan');
    await gestures.inspector(page).locator('.attribute').first().waitFor();
    await take(page, `canvas-${colorScheme}`);
    if (isThorough) await takeMore(page, colorScheme);
  }
  if (isThorough) await takeSmallScreens();
  const complaints = await plumbline.closePages();
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
} finally {
  await plumbline.close();
}
