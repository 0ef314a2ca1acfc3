// The demo graph built from an empty canvas by mouse, by keyboard and as text. Gestures and seconds are printed.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Graph } from '../../schemas/generated/types.ts';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import { graph } from '../fixtures/graphs.ts';
import * as gestures from './gestures.ts';
import { openPlumbline, type Plumbline } from './plumbline.ts';

const demo = (
  JSON.parse(readFileSync(new URL('../../server/services/demo/orders.json', import.meta.url), 'utf8')) as {
    graph: Graph;
  }
).graph;

/** Modules by their titles, with the name that each box gets and where a mouse drops it. */
const BOXES = [
  { title: 'Network', id: 'network', name: 'main-network', at: { x: 390, y: 100 } },
  { title: 'Container cluster', id: 'container-cluster', name: 'app-cluster', at: { x: 690, y: 80 } },
  { title: 'Postgres', id: 'postgres', name: 'orders-db', at: { x: 690, y: 280 } },
  { title: 'Topic', id: 'topic', name: 'order-events', at: { x: 390, y: 400 } },
  { title: 'Queue', id: 'queue', name: 'orders-queue', at: { x: 690, y: 480 } },
  { title: 'Bucket', id: 'bucket', name: 'invoices', at: { x: 390, y: 640 } },
  { title: 'Container service', id: 'container-service', name: 'orders-api', at: { x: 960, y: 160 } },
  { title: 'Function', id: 'function', name: 'invoice-worker', at: { x: 960, y: 520 } },
] as const;
const LINES = [
  { from: { node: 'network', port: 'network' }, to: { node: 'postgres', port: 'network' } },
  { from: { node: 'network', port: 'network' }, to: { node: 'container-service', port: 'network' } },
  { from: { node: 'container-cluster', port: 'cluster' }, to: { node: 'container-service', port: 'cluster' } },
  { from: { node: 'postgres', port: 'postgres' }, to: { node: 'container-service', port: 'database' } },
  { from: { node: 'topic', port: 'topic' }, to: { node: 'container-service', port: 'publishes' } },
  { from: { node: 'topic', port: 'topic' }, to: { node: 'queue', port: 'subscribesTo' } },
  { from: { node: 'queue', port: 'queue' }, to: { node: 'function', port: 'events' } },
  { from: { node: 'bucket', port: 'bucket' }, to: { node: 'function', port: 'files' } },
] as const;
const IMAGE = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/invoice-worker:1.0.0';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

/** What a graph says, whatever ids its boxes were given. */
function sense({ nodes, connections }: Graph) {
  const nameOf = new Map(nodes.map(({ id, name }) => [id, name]));
  return {
    boxes: nodes.map(({ name, module, preset, params }) => ({ name, module, preset, params })).sort(byName),
    lines: connections
      .map(({ from, to, grants }) => ({
        name: `${nameOf.get(from.node)}.${from.port} -> ${nameOf.get(to.node)}.${to.port}`,
        grants: [...grants].sort((a, b) => a.localeCompare(b)),
      }))
      .sort(byName),
  };
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

/** Counts what a person does: a click, a drag, a key, a word that is typed. */
async function build(
  project: string,
  way: (page: Page, did: (count?: number) => void) => Promise<void>,
): Promise<void> {
  const scope = await plumbline.environment(project, { graph: graph([]) });
  const { page } = await plumbline.page(scope);
  await page.getByText('Nothing here yet').waitFor();
  let count = 0;
  const begun = performance.now();
  await way(page, (more = 1) => {
    count += more;
  });
  const seconds = (performance.now() - begun) / 1000;
  await gestures.untilSaved(page);
  expect(sense(await plumbline.graph(scope))).toEqual(sense(demo));
  console.log(`The demo graph ${project}: ${count} gestures, ${seconds.toFixed(0)} s`);
}

it('by mouse', () =>
  build('by-mouse', async (page, did) => {
    for (const { title, id, name, at } of BOXES) {
      await gestures.dragModule(page, title, at);
      await gestures.box(page, id).waitFor();
      await gestures.rename(page, name);
      did(4);
    }
    await gestures.typeParam(page, 'Image', IMAGE);
    await gestures.typeParam(page, 'Memory', '512');
    did(4);
    await gestures.selectBox(page, 'bucket');
    await gestures.inspector(page).getByRole('combobox', { name: 'Preset' }).click();
    await page.getByRole('option', { name: 'Standard' }).click();
    did(3);
    await gestures.selectBox(page, 'container-service');
    await gestures.typeParam(page, 'Least tasks', '2');
    await gestures.typeParam(page, 'Most tasks', '2');
    did(5);
    for (const { from, to } of LINES) {
      await gestures.dragLine(page, from, to);
      did();
    }
    // The last line is still selected: the bucket is written to, not read.
    await gestures.tickGrant(page, 'write');
    await gestures.tickGrant(page, 'read');
    did(2);
  }));

/** Keys as fast as they can be pressed: none waits for what the one before it did. */
function hands(page: Page, did: (count?: number) => void) {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
    did(keys.length);
  };
  const type = async (words: string) => {
    await page.keyboard.type(words);
    did();
  };
  const isIn = (field: string) =>
    page.evaluate((label) => {
      const [name] = (document.activeElement as HTMLInputElement | null)?.labels ?? [];
      return name?.textContent?.startsWith(label) === true;
    }, field);
  return {
    press,
    type,
    /** A command that asks for words: they are typed and taken. */
    async say(command: string, words: string) {
      await press(command);
      await type(words);
      await press('Enter');
    },
    async fill(field: string, words: string) {
      for (let presses = 0; !(await isIn(field)); presses += 1) {
        if (presses === 30) throw new Error(`Tab does not come to ${field}.`);
        await press('Tab');
      }
      await type(words);
    },
  };
}

it('by keyboard', () =>
  build('by-keyboard', async (page, did) => {
    const { press, say, fill } = hands(page, did);
    const names = new Map<string, string>(BOXES.map(({ id, name }) => [id, name]));
    const nameOf = (id: string) => names.get(id) ?? id;
    for (const { title, name } of BOXES) {
      await say('a', title);
      await say('F2', name);
    }
    await press('Enter');
    await fill('Image', IMAGE);
    await fill('Memory', '512');
    await say('Control+k', 'invoices');
    // Past the name to the preset, which is the second of the list.
    await press('Enter', 'Tab', 'ArrowDown', 'ArrowUp', 'Enter');
    await say('Control+k', 'orders-api');
    await press('Enter');
    await fill('Least tasks', '2');
    await fill('Most tasks', '2');
    let standsAt = '';
    for (const { from, to } of LINES) {
      if (from.node === standsAt) await press('[');
      else await say('Control+k', nameOf(from.node));
      await say('c', nameOf(to.node));
      standsAt = from.node;
    }
    // On the last line, whose first two grants are read and write.
    await press('Enter', 'Space', 'Tab', 'Space');
  }));

it('as text', () =>
  build('as-text', async (page, did) => {
    await gestures.showPane(page, 'Text');
    await gestures.textEditor(page).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(canonicalText(demo));
    did(4);
    await gestures.showPane(page, 'Canvas');
    await gestures.box(page, 'orders-api').waitFor();
    did();
  }));
