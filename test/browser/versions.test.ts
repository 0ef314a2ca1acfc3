// A newer version of a module: what it would mean is said before it is taken, and taking it can be undone.
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { graph, node } from '../fixtures/graphs.ts';
import * as gestures from './gestures.ts';
import { openPlumbline, type Plumbline } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  const server = fileURLToPath(new URL('./fixture-server.ts', import.meta.url));
  plumbline = await openPlumbline({ program: ['--import', 'tsx', server] });
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

it('offers a newer version with what it changes, and takes it with its form', async () => {
  const scope = await plumbline.environment('versions', { graph: graph([node('relay', 'test-relay')]) });
  const version = async () => (await plumbline.graph(scope)).nodes[0]?.version;
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.selectBox(page, 'relay');
  const inspector = gestures.inspector(page);
  await inspector.getByText('Takes the newest of ^1.0.0.').waitFor();
  await gestures.param(page, 'Delay').waitFor();
  expect(await gestures.param(page, 'Note').count()).toBe(0);

  const offer = inspector.locator('.version', { hasText: '2.0.0' });
  expect(await offer.locator('.version-level').textContent()).toBe('minor');
  await offer.getByRole('button', { name: 'Move to 2.0.0' }).click();
  await inspector.getByText('Nothing newer is published.').waitFor();
  await gestures.param(page, 'Note').waitFor();
  await gestures.untilSaved(page);
  expect(await version()).toBe('^2.0.0');

  await gestures.undo(page);
  await offer.waitFor();
  await gestures.untilSaved(page);
  expect(await version()).toBe('^1.0.0');
});
