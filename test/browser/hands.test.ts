// Keys, clicks, drags and words in any order: no fault of the page, nothing unsaved, and the server has what the page shows.
// PLUMBLINE_HANDS_SEEDS (1,2,3) and PLUMBLINE_HANDS_STEPS say how long to try.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import { graphOf } from '../../schemas/rules/content.ts';
import { pipelines } from '../bench/graphs.ts';
import * as gestures from './gestures.ts';
import { contentOf } from './page-contents.ts';
import { type Drawn, openPlumbline, type Plumbline, pathOf, type WatchedPage } from './plumbline.ts';
import { createRandom } from './random-gestures.ts';
import { anything } from './random-hands.ts';

const demo = JSON.parse(
  readFileSync(new URL('../../server/services/demo/orders.json', import.meta.url), 'utf8'),
) as Drawn;
const seeds = (process.env.PLUMBLINE_HANDS_SEEDS ?? '1,2').split(',').map(Number);
const steps = Number(process.env.PLUMBLINE_HANDS_STEPS ?? 250);
/** How much of the way to a fault is told. */
const TOLD = 25;

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());

async function use({ page, complaints }: WatchedPage, scope: string, seed: number): Promise<string[]> {
  const random = createRandom(seed * 7919);
  const done: string[] = [];
  while (done.length < steps && complaints.length === 0) {
    done.push(await anything(page, random));
    // Some controls lead to another environment.
    if (!page.url().includes(scope)) {
      await page.goto(`${plumbline.address}/#/${scope}`);
      // Behind the text the canvas is there and not to be seen.
      await page.locator('.canvas').waitFor({ state: 'attached' });
    }
  }
  return done.slice(-TOLD);
}

const CASES = [
  { name: 'small', drawn: demo, window: { viewport: { width: 1440, height: 900 } } },
  {
    name: 'large',
    drawn: { graph: pipelines(20) },
    window: { viewport: { width: 1024, height: 768 }, colorScheme: 'dark' as const },
  },
];

it.each(CASES.flatMap((each) => seeds.map((seed) => ({ ...each, seed }))))(
  'random hands on the $name graph, $seed',
  async ({ name, drawn, window, seed }) => {
    const scope = await plumbline.environment(`hands-${name}-${seed}`, drawn);
    const watched = await plumbline.page(scope, window);
    const { page } = watched;
    // A graph that was spoiled is refused by the server in its own words.
    watched.expect('status of 4');
    await gestures.untilReady(page);
    const way = await use(watched, scope, seed);
    await gestures.untilSaved(page).catch(() => way.push('nothing more, and it was never saved'));
    const shown = canonicalText(graphOf(await contentOf(page)));
    const stored = await (await fetch(`${plumbline.address}/api/${pathOf(scope)}/text`)).text();
    if (shown !== stored) way.push('nothing more, and the server has another graph');
    const faults = await plumbline.closePages();
    expect(faults, way.join('\n')).toEqual([]);
    expect(way.filter((what) => what.startsWith('nothing more'))).toEqual([]);
  },
);
