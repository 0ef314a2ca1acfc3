// Drawing on the page: boxes, lines, grants, params, undo, and what a reload finds.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as gestures from './gestures.ts';
import { connected, unconnected } from './graphs.ts';
import { DEMO, openPlumbline, type Plumbline } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

async function openDrawn(...environment: Parameters<Plumbline['environment']>) {
  const scope = await plumbline.environment(...environment);
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  return { scope, page, graph: () => plumbline.graph(scope) };
}

it('shows the demo graph on the first open, saved and without an issue', async () => {
  const { page } = await plumbline.page();
  await gestures.untilDrawn(page);
  const { nodes, connections } = await plumbline.graph(DEMO);
  for (const { id, name } of nodes) {
    expect(await gestures.box(page, id).locator('.box-title strong').textContent()).toBe(name);
    expect(await gestures.footer(page, id).textContent()).toBe('not applied');
  }
  for (const { id } of connections) expect(await gestures.line(page, id).count()).toBe(1);
  expect(await gestures.saveMark(page).textContent()).toBe('Saved');
  await gestures.inspector(page).getByText('Every line fits and every setting is valid.').waitFor();
  expect(new URL(page.url()).hash).toBe(`#/${DEMO}`);
});

it('places a module where it is dropped, and one in the middle on Enter', async () => {
  const { page, graph } = await openDrawn('placing', unconnected());
  await gestures.dragModule(page, 'Topic', { x: 640, y: 640 });
  await gestures.box(page, 'topic').waitFor();
  const area = await gestures.box(page, 'topic').boundingBox();
  // The header lands under the pointer; the grid may pull it by a few pixels.
  expect(Math.abs((area?.x ?? 0) + (area?.width ?? 0) / 2 - 640)).toBeLessThan(12);
  expect(Math.abs((area?.y ?? 0) + 25 - 640)).toBeLessThan(12);

  await gestures.focusModule(page, 'Bucket');
  await page.keyboard.press('Enter');
  await gestures.box(page, 'bucket').waitFor();
  expect(await gestures.inspector(page).getByRole('heading', { level: 2 }).textContent()).toBe('bucket');
  await gestures.untilSaved(page);
  expect((await graph()).nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(['topic', 'bucket']));
});

it('lights the ports that take a line, says why the others do not, and draws it with the least grants', async () => {
  const { page, graph } = await openDrawn('drawing', unconnected());
  const pulled = await gestures.pullLine(page, { node: 'jobs', port: 'queue' });
  const fit = (node: string, name: string) => gestures.portRow(page, node, name, 'target').getAttribute('data-fit');
  await gestures.portRow(page, 'worker', 'events', 'target').and(page.locator('[data-fit="yes"]')).waitFor();
  expect(await fit('worker', 'queues')).toBe('yes');
  expect(await fit('jobs', 'subscribesTo')).toBe(null);
  await pulled.aim({ node: 'jobs', port: 'subscribesTo' });
  expect(await page.locator('.connect-hint').textContent()).toBe('A box cannot be connected to itself.');
  await pulled.aim({ node: 'worker', port: 'events' });
  expect(await page.locator('.connect-hint').count()).toBe(0);
  await pulled.drop();

  await page.locator('.react-flow__edge').waitFor();
  expect(await page.locator('.line-chip').textContent()).toContain('receive');
  await gestures.untilSaved(page);
  const [drawn] = (await graph()).connections;
  expect(drawn).toMatchObject({ from: { node: 'jobs', port: 'queue' }, to: { node: 'worker', port: 'events' } });
  expect([...(drawn?.grants ?? [])].sort()).toEqual(['delete', 'receive']);
});

it('draws nothing where the contract does not fit, and says why', async () => {
  const { page, graph } = await openDrawn('refusing', connected());
  await gestures.dragLine(page, { node: 'reports', port: 'bucket' }, { node: 'jobs', port: 'subscribesTo' });
  await page.locator('.canvas[data-drawing="false"]').waitFor();
  expect(await page.locator('.connect-hint').textContent()).toMatch(/carries aws-bucket.*takes aws-topic/);
  expect(await page.locator('.react-flow__edge').count()).toBe(3);
  expect((await graph()).connections).toHaveLength(3);
});

it('offers on empty canvas what takes the line, and adds the box with it in one step', async () => {
  const { page, graph } = await openDrawn('offering', unconnected());
  const pulled = await gestures.pullLine(page, { node: 'jobs', port: 'queue' });
  const place = await gestures.emptyPlace(page);
  await pulled.aimAt(place);
  await pulled.drop();
  await gestures.offers(page).first().waitFor();
  expect(await gestures.offers(page).allTextContents()).toEqual([
    expect.stringContaining('Container service'),
    expect.stringContaining('Function events'),
    expect.stringContaining('Function queues'),
  ]);
  await page.keyboard.type('call the function');
  await expect.poll(() => gestures.offers(page).count()).toBe(1);
  await page.keyboard.press('Enter');
  await gestures.box(page, 'function').waitFor();
  await gestures.line(page, 'jobs-to-function').waitFor();
  const area = await gestures.box(page, 'function').boundingBox();
  expect(Math.abs((area?.x ?? 0) - place.x)).toBeLessThan(12);
  await gestures.untilSaved(page);
  expect((await graph()).connections).toMatchObject([
    { from: { node: 'jobs', port: 'queue' }, to: { node: 'function', port: 'events' }, grants: ['delete', 'receive'] },
  ]);
  await page.keyboard.press('Control+z');
  await gestures.box(page, 'function').waitFor({ state: 'detached' });
  expect(await page.locator('.react-flow__edge').count()).toBe(0);
  expect(await page.locator('.react-flow__node').count()).toBe(4);
});

it('offers backwards from an input what gives it, and Escape leaves everything as it was', async () => {
  const { page } = await openDrawn('backwards', unconnected());
  const pulled = await gestures.pullBack(page, { node: 'jobs', port: 'subscribesTo' });
  await gestures.portRow(page, 'events', 'topic', 'source').and(page.locator('[data-fit="yes"]')).waitFor();
  await pulled.aimAt(await gestures.emptyPlace(page));
  await pulled.drop();
  await gestures.offers(page).first().waitFor();
  await page.keyboard.press('Escape');
  await gestures.connectMenu(page).waitFor({ state: 'detached' });
  expect(await page.locator('.react-flow__node').count()).toBe(4);

  const again = await gestures.pullBack(page, { node: 'jobs', port: 'subscribesTo' });
  await again.aimAt(await gestures.emptyPlace(page));
  await again.drop();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await gestures.line(page, 'topic-to-jobs').waitFor();
});

it('asks on a box with several fitting ports, takes the only one, and says why a box takes none', async () => {
  const { page, graph } = await openDrawn('boxes', unconnected());
  const asked = await gestures.pullLine(page, { node: 'jobs', port: 'queue' });
  await asked.aimAtBox('worker');
  expect(await page.locator('.connect-hint').textContent()).toBe('2 ports take it. Let go to choose.');
  await asked.drop();
  expect(await gestures.offers(page).count()).toBe(2);
  await gestures.offers(page).filter({ hasText: 'worker queues' }).click();
  await page.locator('.react-flow__edge').waitFor();

  const only = await gestures.pullLine(page, { node: 'events', port: 'topic' });
  await only.aimAtBox('jobs');
  await only.drop();
  await gestures.line(page, 'events-to-jobs').waitFor();

  const none = await gestures.pullLine(page, { node: 'reports', port: 'bucket' });
  await none.aimAtBox('events');
  await none.drop();
  expect(await page.locator('.connect-hint').textContent()).toBe('events has no input for the contract Bucket.');
  await gestures.untilSaved(page);
  expect((await graph()).connections.map(({ to }) => `${to.node}.${to.port}`).sort()).toEqual([
    'jobs.subscribesTo',
    'worker.queues',
  ]);
});

it('moves the end of a line: its id, prefix and fitting grants stay; where it does not fit it snaps back', async () => {
  const { page, graph } = await openDrawn('moving', connected());
  const toQueues = await gestures.takeLineEnd(page, 'jobs-worker', 'target');
  // Ports that were folded away and take it have come out.
  await gestures.portRow(page, 'worker', 'queues', 'target').waitFor();
  await toQueues.aim({ node: 'worker', port: 'queues' });
  await toQueues.drop();
  await gestures.untilSaved(page);
  const moved = async () => (await graph()).connections.find(({ id }) => id === 'jobs-worker');
  await expect.poll(async () => (await moved())?.to.port).toBe('queues');
  expect(await moved()).toMatchObject({ grants: ['delete', 'receive'], envPrefix: 'JOBS' });

  const refused = await gestures.takeLineEnd(page, 'jobs-worker', 'target');
  await refused.aimAtBox('reports');
  await refused.drop();
  expect(await page.locator('.connect-hint').textContent()).toContain('reports has no input');
  await gestures.line(page, 'jobs-worker').waitFor();
  await page.keyboard.press('Control+z');
  await gestures.untilSaved(page);
  await expect.poll(async () => (await moved())?.to.port).toBe('events');
});

it('connects by keyboard alone, to a port of a box and to a module that it adds', async () => {
  const { page, graph } = await openDrawn('by-keys', unconnected());
  await gestures.box(page, 'jobs').focus();
  await page.keyboard.press('c');
  await gestures.offers(page).first().waitFor();
  await page.keyboard.type('subscribes events');
  await page.keyboard.press('Enter');
  await gestures.line(page, 'events-to-jobs').waitFor();
  await gestures.box(page, 'reports').focus();
  await page.keyboard.press('c');
  await page.keyboard.type('container service');
  await page.keyboard.press('Enter');
  await gestures.box(page, 'container-service').waitFor();
  await gestures.untilSaved(page);
  expect((await graph()).connections.map(({ from, to }) => `${from.node} to ${to.node}`)).toContain(
    'reports to container-service',
  );
});

it('changes the policy with the grants that are ticked', async () => {
  const { page, graph } = await openDrawn('granting', connected());
  await gestures.selectLine(page, 'reports-worker');
  const policy = gestures.inspector(page).locator('.policy');
  await policy.getByText('"s3:GetObject"').waitFor();
  expect(await policy.getByText('"s3:PutObject"').count()).toBe(0);
  await gestures.tickGrant(page, 'write');
  await policy.getByText('"s3:PutObject"').waitFor();
  await gestures.tickGrant(page, 'read');
  await policy.getByText('"s3:GetObject"').waitFor({ state: 'detached' });
  await gestures.untilSaved(page);
  expect((await graph()).connections.find(({ id }) => id === 'reports-worker')?.grants).toEqual(['write']);
});

it('edits a param in the form, counts what differs from the preset, and shows what is wrong with a value', async () => {
  const { page, graph } = await openDrawn('setting', connected());
  await gestures.selectBox(page, 'jobs');
  await gestures.typeParam(page, 'Tries', '7');
  await gestures.box(page, 'jobs').getByText('1 ≠').waitFor();
  await gestures.inspector(page).getByText('Differs from the preset in 1 field').waitFor();
  await gestures.untilSaved(page);
  expect((await graph()).nodes.find(({ id }) => id === 'jobs')?.params).toEqual({ maximumReceives: 7 });

  await gestures.typeParam(page, 'Tries', '5000');
  await gestures.box(page, 'jobs').locator('.box[data-issue]').waitFor();
  await gestures.runBar(page).getByRole('button', { name: 'Issues 1' }).waitFor();
  await gestures.typeParam(page, 'Tries', '5');
  await gestures.runBar(page).getByRole('button', { name: 'Issues 0' }).waitFor();
  await gestures.box(page, 'jobs').getByText('≠').waitFor({ state: 'detached' });
});

it('takes back and does again, and a reload finds everything', async () => {
  const { page, scope, graph } = await openDrawn('undoing', connected());
  await gestures.focusModule(page, 'Topic');
  await page.keyboard.press('Enter');
  await gestures.box(page, 'topic').waitFor();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await gestures.box(page, 'topic').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Redo/ }).click();
  await gestures.box(page, 'topic').waitFor();
  // Not waiting for the save: what is not on the server yet is kept in the browser.
  await page.reload();
  await gestures.box(page, 'topic').waitFor();
  await gestures.untilSaved(page);
  expect((await graph()).nodes.map(({ id }) => id)).toContain('topic');
  expect(new URL(page.url()).hash).toBe(`#/${scope}`);
});

it('goes by keyboard alone: place, select, delete, undo, plan', async () => {
  const { page, graph } = await openDrawn('keys', connected());
  await page.keyboard.press('a');
  await gestures.commands(page).waitFor();
  await page.keyboard.type('topic');
  await page.keyboard.press('Enter');
  await gestures.box(page, 'topic').waitFor();
  await gestures.box(page, 'events').focus();
  await page.keyboard.press('ArrowRight');
  const heading = gestures.inspector(page).getByRole('heading', { level: 2 });
  await expect.poll(() => heading.textContent()).not.toBe('events');
  await page.keyboard.press('Control+k');
  await gestures.commands(page).waitFor();
  await page.keyboard.type('topic');
  await page.keyboard.press('Enter');
  await expect.poll(() => heading.textContent()).toBe('topic');
  const focused = () => page.evaluate(() => document.activeElement?.closest('[data-id], .inspector')?.className ?? '');
  await page.keyboard.press('Enter');
  await expect.poll(focused, { timeout: 10_000 }).toContain('inspector');
  await page.keyboard.press('Escape');
  await expect.poll(focused, { timeout: 10_000 }).toContain('react-flow__node');
  await page.keyboard.press('Delete');
  await gestures.box(page, 'topic').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await gestures.box(page, 'topic').waitFor();
  await page.keyboard.press('Control+Shift+z');
  await gestures.box(page, 'topic').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Enter');
  await gestures.badge(page, 'jobs').waitFor();
  expect((await graph()).nodes).toHaveLength(4);
});
