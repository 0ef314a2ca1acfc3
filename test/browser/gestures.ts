// What a person does on the page, by the words that a person would use for it.
import type { Locator, Page } from 'playwright-core';

export const box = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
export const line = (page: Page, id: string) => page.locator(`.react-flow__edge[data-id="${id}"]`);
export const badge = (page: Page, id: string) => box(page, id).locator('.box-badge');
export const footer = (page: Page, id: string) => box(page, id).locator('.box-state');
export const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });
export const saveMark = (page: Page) => page.locator('.save');
export const runBar = (page: Page) => page.locator('.run-bar');
export const drawer = (page: Page) => page.locator('.drawer');
const module = (page: Page, title: string) =>
  page.getByRole('navigation', { name: 'Modules' }).getByRole('button', { name: new RegExp(`^${title}\\b`) });

const port = (page: Page, node: string, name: string, side: 'source' | 'target') =>
  box(page, node).locator(`.react-flow__handle.${side}[data-handleid="${name}"]`);
/** The row of a port: its dot and name; it says whether it takes the line that is being drawn. */
export const portRow = (page: Page, node: string, name: string, side: 'source' | 'target') =>
  box(page, node).locator('.port', { has: page.locator(`.react-flow__handle.${side}[data-handleid="${name}"]`) });

/** Waits until the graph is drawn. */
export async function untilDrawn(page: Page): Promise<void> {
  await page.locator('.react-flow__node').first().waitFor();
}

/** Waits until everything that was edited is on the server. */
export async function untilSaved(page: Page): Promise<void> {
  await page.locator('.save[data-status="saved"]').waitFor();
}

async function middle(target: Locator): Promise<{ x: number; y: number }> {
  const area = await target.boundingBox();
  if (!area) throw new Error(`Nothing to point at: ${target.toString()}`);
  return { x: area.x + area.width / 2, y: area.y + area.height / 2 };
}

/** Takes a module from the palette and drops it on the canvas, at a place in the window. */
export async function dragModule(page: Page, title: string, to: { x: number; y: number }): Promise<void> {
  const from = await middle(module(page, title));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 12, from.y + 4, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

export const focusModule = (page: Page, title: string) => module(page, title).focus();

export interface PortName {
  node: string;
  port: string;
}

/** Pulls a line out of an output and holds it; `aim` moves its end, `drop` lets it go. */
export async function pullLine(page: Page, from: PortName) {
  const start = await middle(port(page, from.node, from.port, 'source'));
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 16, start.y + 8, { steps: 3 });
  return {
    async aim(to: PortName) {
      const end = await middle(port(page, to.node, to.port, 'target'));
      await page.mouse.move(end.x, end.y, { steps: 8 });
    },
    drop: () => page.mouse.up(),
  };
}

export async function dragLine(page: Page, from: PortName, to: PortName): Promise<void> {
  const pulled = await pullLine(page, from);
  await pulled.aim(to);
  await pulled.drop();
}

export async function selectBox(page: Page, id: string): Promise<void> {
  await box(page, id).locator('.box-title').click();
}

/** Selects a line by the keyboard, which reaches it wherever boxes cover it. */
export async function selectLine(page: Page, id: string): Promise<void> {
  await line(page, id).focus();
  await page.keyboard.press('Enter');
}

export async function openTab(page: Page, name: string): Promise<void> {
  await inspector(page).getByRole('tab', { name }).click();
}

export async function tickGrant(page: Page, name: string): Promise<void> {
  await inspector(page).locator(`#grant-${name}`).click();
}

/** The field of a param in the settings, by its title. */
export const param = (page: Page, title: string) =>
  inspector(page)
    .getByLabel(new RegExp(`^${title}`))
    .first();

export async function typeParam(page: Page, title: string, value: string): Promise<void> {
  await param(page, title).fill(value);
}

const button = (page: Page, name: string) => page.locator('.top').getByRole('button', { name, exact: true });

/** Presses Plan and waits until the plan waits for a person. */
export async function plan(page: Page): Promise<void> {
  await ((await button(page, 'Plan again').isVisible()) ? button(page, 'Plan again') : button(page, 'Plan')).click();
  await button(page, 'Review and apply').waitFor({ timeout: 60_000 });
}

export const review = (page: Page) => page.getByRole('dialog', { name: /^Review and/ });

export async function openReview(page: Page): Promise<void> {
  await page
    .locator('.top')
    .getByRole('button', { name: /^Review and/ })
    .click();
  await review(page).waitFor();
}

/** Says yes in the review; does not wait for the apply. */
export async function sayYes(page: Page): Promise<void> {
  await review(page)
    .getByRole('button', { name: /^(Apply|Destroy) \d/ })
    .click();
}

/** Waits until the shown run says one of these words in the bar. */
export async function untilRunSays(page: Page, words: RegExp): Promise<void> {
  await runBar(page).locator('.run-line', { hasText: words }).waitFor({ timeout: 60_000 });
}
