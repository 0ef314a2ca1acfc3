// What two people may do in any order, each with what happens to be on the canvas.
import type { Page } from 'playwright-core';
import * as gestures from './gestures.ts';

export interface Random {
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
}

/** Numbers that look random and come again with the same seed. */
export function createRandom(seed: number): Random {
  let state = seed + 1;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return {
    below,
    pick(list) {
      const item = list[below(list.length)];
      if (item === undefined) throw new Error('Nothing to pick from.');
      return item;
    },
  };
}

const boxes = (page: Page): Promise<string[]> =>
  page
    .locator('.react-flow__node-box')
    .evaluateAll((all) => all.map((element) => element.getAttribute('data-id') ?? '').filter(Boolean));

/** How long a gesture may take before it is given up for another. */
const patience = { timeout: 1500 };

async function selectOne(page: Page, random: Random): Promise<string> {
  const id = random.pick(await boxes(page));
  await gestures.box(page, id).locator('.box-title').click(patience);
  return id;
}

const LINES = [
  ['queue', 'events'],
  ['topic', 'subscribesTo'],
  ['bucket', 'files'],
] as const;

/** Each returns whether it could be done. */
export const RANDOM_GESTURES: Record<string, (page: Page, random: Random) => Promise<boolean>> = {
  async add(page, random) {
    await gestures.focusModule(page, random.pick(['Topic', 'Queue', 'Bucket']));
    await page.keyboard.press('Enter');
    return true;
  },
  async move(page, random) {
    const title = gestures.box(page, random.pick(await boxes(page))).locator('.box-title');
    const area = await title.boundingBox(patience);
    if (!area) return false;
    const [x, y] = [area.x + area.width / 2, area.y + area.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + random.below(160) - 80, y + random.below(120) - 60, { steps: 4 });
    await page.mouse.up();
    return true;
  },
  async rename(page, random) {
    await selectOne(page, random);
    await gestures
      .inspector(page)
      .getByLabel('Name', { exact: true })
      .fill(`name ${random.below(50)}`, patience);
    await page.keyboard.press('Enter');
    return true;
  },
  async param(page, random) {
    await gestures
      .box(page, random.pick(['jobs', 'queue', 'jobs']))
      .locator('.box-title')
      .click(patience);
    await gestures.param(page, 'Tries').fill(String(1 + random.below(20)), patience);
    return true;
  },
  async connect(page, random) {
    const [from, to] = random.pick(LINES);
    const source = page.locator(`.react-flow__handle.source[data-handleid="${from}"]`);
    const target = page.locator(`.react-flow__handle.target[data-handleid="${to}"]`);
    const ends = await Promise.all([source.count(), target.count()]);
    if (ends.includes(0)) return false;
    const start = await source.nth(random.below(ends[0])).boundingBox(patience);
    const end = await target.nth(random.below(ends[1])).boundingBox(patience);
    if (!start || !end) return false;
    await page.mouse.move(start.x + 5, start.y + 5);
    await page.mouse.down();
    await page.mouse.move(start.x + 20, start.y + 10, { steps: 2 });
    await page.mouse.move(end.x + 5, end.y + 5, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.press('Escape');
    return true;
  },
  async remove(page, random) {
    if ((await boxes(page)).length < 5) return false;
    await selectOne(page, random);
    await page.keyboard.press('Delete');
    return true;
  },
  async undo(page) {
    await page.keyboard.press('Control+z');
    return true;
  },
  async group(page, random) {
    await selectOne(page, random);
    await page.keyboard.press('Control+g');
    await page.keyboard.press('Escape');
    return true;
  },
};
