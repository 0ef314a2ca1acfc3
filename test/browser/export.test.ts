// Pictures of the canvas and links to a box.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { graph, line, node } from '../fixtures/graphs.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { openPlumbline, type Plumbline } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

async function save(page: Page, format: 'SVG' | 'PNG') {
  await page.getByRole('button', { name: /^Save a picture/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Save a picture' });
  await dialog.getByText(format, { exact: true }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: /^Save \S+\.(svg|png)$/ }).click(),
  ]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

it('saves every line of 300 boxes as SVG, though few of them are in view', async () => {
  const topics = Array.from({ length: 150 }, (_, index) => node(`topic-${index}`, 'aws-topic'));
  const queues = Array.from({ length: 150 }, (_, index) => node(`queue-${index}`, 'aws-queue'));
  const lines = queues.map(({ id }, index) =>
    line(`line-${index}`, `topic-${index}.topic`, `${id}.subscribesTo`, ['subscribe']),
  );
  const scope = await plumbline.environment('large', { graph: graph([...topics, ...queues], lines) });
  const { page } = await plumbline.page(scope);
  await gestures.untilReady(page);
  const { name, bytes } = await save(page, 'SVG');
  expect(name).toBe('large-dev.svg');
  const svg = bytes.toString();
  expect(svg.match(/<path d="M[^"]+" stroke="#[0-9a-f]{6}" stroke-width="1.75"/g)).toHaveLength(150);
  for (const { id } of [...topics, ...queues]) expect(svg).toContain(`>${id}<`);
  expect(svg).toContain('src:url(data:');
  expect(svg).not.toContain('var(--');
});

it('saves a PNG at twice the size', async () => {
  const scope = await plumbline.environment('small', connected());
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  const { name, bytes } = await save(page, 'PNG');
  expect(name).toBe('small-dev.png');
  // Width and height stand in the header: 800 by about 370, a margin of 32 around, times two.
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(bytes.readUInt32BE(16)).toBe((800 + 64) * 2);
  expect(bytes.readUInt32BE(20)).toBeGreaterThan(600);
});

it('copies a link that opens the environment at the box, also inside a collapsed group', async () => {
  const drawn = connected();
  const groups = {
    groups: { workers: { title: 'Workers', color: 'blue' as const, collapsed: true } },
    members: { jobs: 'workers', worker: 'workers' },
  };
  const scope = await plumbline.environment('linking', {
    graph: drawn.graph,
    layout: { schemaVersion: 1, nodes: {}, ...drawn.layout, ...groups },
  });
  const { page } = await plumbline.page(scope, { permissions: ['clipboard-read', 'clipboard-write'] });
  await gestures.untilDrawn(page);
  await gestures.selectBox(page, 'events');
  await page.keyboard.press('Alt+Shift+C');
  await page.getByText('Link copied').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).hash).toBe('#/linking/dev?box=events');

  const { page: other } = await plumbline.page(`${scope}?box=worker`);
  await other.locator('.react-flow__node.selected[data-id="worker"]').waitFor();
  await other.getByRole('navigation', { name: 'Breadcrumbs' }).waitFor();
  expect(await gestures.inspector(other).getByRole('heading', { level: 2 }).textContent()).toBe('worker');
});
