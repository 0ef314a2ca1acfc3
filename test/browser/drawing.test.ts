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
  expect(await fit('jobs', 'subscribesTo')).toBe('no');
  await pulled.aim({ node: 'jobs', port: 'subscribesTo' });
  expect((await page.locator('.connect-hint').textContent())?.length).toBeGreaterThan(20);
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

it('draws nothing where the contract does not fit', async () => {
  const { page, graph } = await openDrawn('refusing', connected());
  await gestures.dragLine(page, { node: 'reports', port: 'bucket' }, { node: 'jobs', port: 'subscribesTo' });
  await page.locator('.canvas[data-drawing="false"]').waitFor();
  expect(await page.locator('.react-flow__edge').count()).toBe(3);
  expect((await graph()).connections).toHaveLength(3);
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
  await page.keyboard.press('/');
  await page.keyboard.type('topic');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await gestures.box(page, 'topic').waitFor();
  await gestures.box(page, 'events').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  const heading = gestures.inspector(page).getByRole('heading', { level: 2 });
  await expect.poll(() => heading.textContent()).not.toBe('events');
  await gestures.box(page, 'topic').focus();
  await page.keyboard.press('Enter');
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
