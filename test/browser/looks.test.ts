// What every state must keep to, light and dark: no serious finding of axe-core, and a layout that holds on narrow windows.
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { openPlumbline, type Plumbline } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

interface Finding {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

/** Serious and critical findings, each with the first element that it concerns. */
async function findings(page: Page, state: string): Promise<string[]> {
  const { violations } = await page.evaluate(async () => {
    // What moves into place is seen at its end.
    for (const motion of document.getAnimations())
      if (motion.effect?.getTiming().iterations !== Infinity) motion.finish();
    return (globalThis as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }).axe.run();
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${state}: ${id} at ${nodes.length}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`,
    );
}

for (const colorScheme of ['light', 'dark'] as const) {
  it(`has no serious finding of axe-core in the main states, ${colorScheme}`, async () => {
    const scope = await plumbline.environment(`looks-${colorScheme}`, connected(), { class: 'production' });
    const { page } = await plumbline.page(scope, { colorScheme, reducedMotion: 'reduce' });
    await gestures.untilDrawn(page);
    // Past the page's own policy, which lets no script in that the server did not send.
    await page.evaluate(axe.source);
    const found = await findings(page, 'first open');
    await gestures.selectBox(page, 'jobs');
    await gestures.param(page, 'Tries').waitFor();
    found.push(...(await findings(page, 'settings')));
    await gestures.openTab(page, 'Lines');
    found.push(...(await findings(page, 'lines of a box')));
    await gestures.openTab(page, 'Runbook');
    found.push(...(await findings(page, 'runbook')));
    await gestures.selectLine(page, 'jobs-worker');
    await gestures.inspector(page).locator('.policy').waitFor();
    found.push(...(await findings(page, 'line')));
    await gestures.openTab(page, 'Contract');
    found.push(...(await findings(page, 'contract')));
    await gestures.plan(page);
    await gestures.selectBox(page, 'jobs');
    await gestures.openTab(page, 'Plan');
    found.push(...(await findings(page, 'plan')));
    await gestures.openReview(page);
    found.push(...(await findings(page, 'review')));
    await gestures.sayYes(page);
    await gestures.untilRunSays(page, /applied/);
    found.push(...(await findings(page, 'applied')));
    await page.getByRole('button', { name: /^Theme/ }).click();
    await page.getByRole('menu').waitFor();
    found.push(...(await findings(page, 'menu')));
    await page.keyboard.press('Escape');
    await gestures.selectBox(page, 'events');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.getByText('Nothing here yet').waitFor();
    found.push(...(await findings(page, 'empty')));
    expect(found).toEqual([]);
  });
}

it('keeps its primary button and its panels within a window of 1024 pixels', async () => {
  const scope = await plumbline.environment('narrow', connected());
  const { page } = await plumbline.page(scope, { viewport: { width: 1024, height: 768 } });
  await gestures.untilDrawn(page);
  await gestures.plan(page);
  await gestures.selectBox(page, 'jobs');
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBe(1024);
  for (const part of [page.getByRole('button', { name: 'Review and apply' }), gestures.inspector(page)]) {
    const area = await part.boundingBox();
    expect((area?.x ?? 0) + (area?.width ?? 9999)).toBeLessThanOrEqual(1024);
  }
});

it('keeps every box in view while the drawer opens beside it', async () => {
  const scope = await plumbline.environment('drawer', connected());
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.plan(page);
  await gestures.runBar(page).getByRole('button', { name: 'Open the run' }).click();
  await gestures.drawer(page).waitFor();
  const isInView = async (id: string) => {
    const [area, canvas] = await Promise.all([
      gestures.box(page, id).boundingBox(),
      page.locator('.canvas').boundingBox(),
    ]);
    return area && canvas ? area.y + area.height <= canvas.y + canvas.height && area.y >= canvas.y : false;
  };
  for (const id of ['events', 'jobs', 'worker', 'reports']) await expect.poll(() => isInView(id)).toBe(true);
});
