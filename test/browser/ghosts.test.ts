// A box that was taken away and is still deployed: it stays in sight until an apply has deleted it.
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

it('shows what a plan will delete where it stood, by its name, until the apply has deleted it', async () => {
  const scope = await plumbline.environment('ghosts', connected());
  expect((await plumbline.apply(scope)).status).toBe('succeeded');
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  const ghosts = gestures.ghosts(page);
  await gestures.selectBox(page, 'events');
  await gestures.rename(page, 'announcements');
  await gestures.box(page, 'events').locator('.box-title').getByText('announcements').waitFor();
  const stood = await gestures.box(page, 'events').boundingBox();
  expect(await ghosts.count()).toBe(0);

  await page.keyboard.press('Escape');
  await gestures.selectBox(page, 'events');
  await page.keyboard.press('Delete');
  await ghosts.getByText('still deployed').waitFor();
  await gestures.plan(page);
  await ghosts.getByText('will be deleted').waitFor();
  expect(await ghosts.count()).toBe(1);
  // By the name and module that it was deployed with.
  expect(await ghosts.locator('.box-title').textContent()).toBe('eventsaws-topic');
  const stands = await ghosts.boundingBox();
  expect([stands?.x, stands?.y].map((at) => Math.round(at ?? 0))).toEqual(
    [stood?.x, stood?.y].map((at) => Math.round(at ?? 0)),
  );

  // What exactly is deleted is a click away.
  await ghosts.click();
  const drawer = gestures.drawer(page);
  await drawer.getByRole('button', { name: 'events', expanded: true }).waitFor();
  await gestures.openReview(page);
  await gestures.sayYes(page);
  await gestures.untilRunSays(page, /applied/);
  await ghosts.waitFor({ state: 'detached' });
});
