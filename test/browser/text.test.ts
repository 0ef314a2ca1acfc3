// Text beside the picture: an edit on either side shows on the other, broken text harms nothing, undo is one history.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Graph } from '../../schemas/generated/types.ts';
import * as gestures from './gestures.ts';
import { connected, unconnected } from './graphs.ts';
import { openPlumbline, type Plumbline } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

async function openBoth(project: string, drawn = connected()) {
  const scope = await plumbline.environment(project, drawn);
  // Tall, so that the whole text is in view.
  const { page } = await plumbline.page(scope, { viewport: { width: 1440, height: 2400 } });
  await gestures.untilDrawn(page);
  await gestures.showPane(page, 'Both');
  return {
    scope,
    page,
    graph: () => plumbline.graph(scope),
    title: (id: string) => gestures.box(page, id).locator('.box-title strong'),
  };
}

it('shows a box that is typed, renames one by text, and draws a line that is typed', async () => {
  const { page, graph, title } = await openBoth('typing', unconnected());
  await gestures.clickInText(page, '"name": "jobs');
  await page.keyboard.type(' of today');
  await expect.poll(() => title('jobs').textContent()).toBe('jobs of today');

  // A list of its own: completion offers the modules.
  await gestures.clickInText(page, '"nodes": [');
  await page.keyboard.press('Control+Space');
  await gestures.takeSuggestion(page, 'new Table');
  await gestures.box(page, 'table').waitFor();

  await gestures.clickInText(page, '"connections": [');
  await page.keyboard.press('Control+Space');
  await gestures.takeSuggestion(page, 'jobs.queue → worker.events');
  await page.locator('.react-flow__edge').waitFor();
  await gestures.untilSaved(page);
  const saved = await graph();
  expect(saved.connections[0]).toMatchObject({
    from: { node: 'jobs', port: 'queue' },
    to: { node: 'worker', port: 'events' },
  });
  expect(saved.nodes.map(({ id }) => id)).toContain('table');
});

it('shows the lines of what is drawn, and marks what the canvas selects', async () => {
  const { page } = await openBoth('drawn', unconnected());
  expect(await gestures.readText(page)).not.toContain('"subscribe"');
  await gestures.dragLine(page, { node: 'events', port: 'topic' }, { node: 'jobs', port: 'subscribesTo' });
  await expect.poll(() => gestures.readText(page)).toContain('"subscribe"');
  await gestures.selectBox(page, 'worker');
  await expect
    .poll(async () => (await page.locator('.cm-linked').allTextContents()).join(''))
    .toContain('"aws-function"');
  // Selected in the text, shown on the canvas and in the inspector.
  await gestures.clickInText(page, '"id": "reports');
  await page.locator('.react-flow__node.selected[data-id="reports"]').waitFor();
  expect(await gestures.inspector(page).getByRole('heading', { level: 2 }).textContent()).toBe('reports');
});

it('leaves the canvas as it was while the text is broken, says the line, and takes it when it is mended', async () => {
  const { page, title } = await openBoth('breaking');
  await gestures.clickInText(page, '"name": "jobs"');
  await page.keyboard.type(' "x"');
  const state = gestures.textState(page);
  await state.getByText(/Line \d+: expected "," or "}", got/).waitFor();
  await state.getByText('The canvas shows the last good text.').waitFor();
  expect(await page.locator('.react-flow__node').count()).toBe(4);
  // An edit on the canvas meanwhile comes in elsewhere and takes nothing away.
  await gestures.selectBox(page, 'reports');
  await page.keyboard.press('Delete');
  await expect.poll(() => gestures.readText(page)).not.toContain('aws-bucket');
  expect(await gestures.readText(page)).toContain('"name": "jobs" "x"');
  // Undo takes back what was typed and never was in the document, and then the document's own edits.
  await gestures.textEditor(page).focus();
  await page.keyboard.press('Control+z');
  await state.getByText('In step with the canvas').waitFor();
  expect(await gestures.readText(page)).not.toContain('"x"');
  await page.keyboard.press('Control+z');
  await gestures.box(page, 'reports').waitFor();
  await expect.poll(() => gestures.readText(page)).toContain('aws-bucket');
  await page.keyboard.press('Control+Shift+Z');
  await gestures.box(page, 'reports').waitFor({ state: 'detached' });
  expect(await title('jobs').textContent()).toBe('jobs');
});

it('has one history over both sides', async () => {
  const { page, title } = await openBoth('history');
  await gestures.clickInText(page, '"name": "jobs');
  await page.keyboard.type('-a');
  await expect.poll(() => title('jobs').textContent()).toBe('jobs-a');
  await gestures.selectBox(page, 'reports');
  await page.keyboard.press('Delete');
  await gestures.box(page, 'reports').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Undo/ }).click();
  await gestures.box(page, 'reports').waitFor();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect.poll(() => title('jobs').textContent()).toBe('jobs');
  await expect.poll(() => gestures.readText(page)).not.toContain('jobs-a');
  await gestures.textEditor(page).focus();
  await page.keyboard.press('Control+y');
  await expect.poll(() => title('jobs').textContent()).toBe('jobs-a');
  await page.keyboard.press('Control+y');
  await gestures.box(page, 'reports').waitFor({ state: 'detached' });
});

it('selects the box of a found place, and leaves the cursor there', async () => {
  const { page, title } = await openBoth('found');
  await gestures.textEditor(page).focus();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('"name": "jobs');
  await page.keyboard.press('Enter');
  await page.locator('.react-flow__node.selected[data-id="jobs"]').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('-found');
  await expect.poll(() => title('jobs').textContent()).toBe('jobs-found');
});

it('keeps the edits of two people apart, and tells when both changed the same lines', async () => {
  const { page, scope, graph } = await openBoth('two-people');
  const other = await plumbline.page(scope);
  await gestures.untilDrawn(other.page);
  // Broken for the moment, in the lines of jobs.
  await gestures.clickInText(page, '"name": "jobs');
  await page.keyboard.press('Delete');
  await gestures
    .textState(page)
    .getByText(/Line \d+/)
    .waitFor();
  await gestures.selectBox(other.page, 'jobs');
  await gestures.inspector(other.page).getByRole('textbox', { name: /name/i }).first().fill('theirs');
  await other.page.keyboard.press('Enter');
  await gestures.untilSaved(other.page);
  await gestures.textState(page).getByText('The same lines were changed').waitFor();
  await page.getByRole('button', { name: "Take the document's text" }).click();
  await expect.poll(() => gestures.readText(page)).toContain('"name": "theirs"');
  await gestures.textState(page).getByText('In step with the canvas').waitFor();
  const saved: Graph = await graph();
  expect(saved.nodes.find(({ id }) => id === 'jobs')?.name).toBe('theirs');
});

it('switches by key and keeps what was typed, completes from the schemas, and explains on hover', async () => {
  const { page } = await openBoth('assisting');
  await gestures.clickInText(page, '"preset": "standard"');
  await page.keyboard.type(',');
  await page.keyboard.press('Enter');
  await page.keyboard.type('"par');
  await gestures.takeSuggestion(page, 'params');
  await page.keyboard.type('"max');
  await gestures.takeSuggestion(page, 'maximumReceives');
  await page.keyboard.type('7');
  await gestures.box(page, 'jobs').getByText('1 ≠').waitFor();
  await page.locator('.cm-line', { hasText: '"maximumReceives"' }).locator('.tok-key').first().hover();
  await page.locator('.cm-card').getByText('Tries').waitFor();
  await page.keyboard.press('Control+\\');
  await page.locator('.split[data-pane="text"]').waitFor();
  await page.keyboard.press('Control+\\');
  await gestures.textEditor(page).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+\\');
  expect(await gestures.readText(page)).toContain('"maximumReceives": 7');
});

it('keeps broken text over a reload, and offers it back until it is mended', async () => {
  const { page, title } = await openBoth('reloading');
  await gestures.clickInText(page, '"name": "jobs');
  await page.keyboard.type('-today');
  await page.keyboard.press('Delete');
  await gestures.textState(page).getByText('The canvas shows the last good text.').waitFor();
  await page.reload();
  await gestures.textEditor(page).waitFor();
  expect(await gestures.readText(page)).not.toContain('-today');
  const offer = page.getByRole('complementary', { name: 'Kept text' });
  await offer.getByRole('button', { name: 'Put it back' }).click();
  await gestures.textState(page).getByText('The canvas shows the last good text.').waitFor();
  expect(await gestures.readText(page)).toContain('"name": "jobs-today,');
  await gestures.clickInText(page, '"name": "jobs-today');
  await page.keyboard.type('"');
  await expect.poll(() => title('jobs').textContent()).toBe('jobs-today');
  await gestures.untilSaved(page);
  await page.reload();
  await gestures.textEditor(page).waitFor();
  await gestures.textState(page).getByText('In step with the canvas').waitFor();
  expect(await offer.isVisible()).toBe(false);
});

it('mends a wrong grant by the button of its problem, as one step of undo', async () => {
  const { page, graph } = await openBoth('mending');
  await gestures.clickInText(page, '"receive');
  for (let typed = 0; typed < 'receive'.length; typed += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('recieve');
  const wrong = page.locator('.cm-lintRange', { hasText: 'recieve' });
  await wrong.waitFor();
  await gestures.untilSaved(page);
  await wrong.hover();
  await page.getByRole('button', { name: /Replace with "receive"/ }).click();
  await wrong.waitFor({ state: 'detached' });
  await page.getByTitle(/^Grants (delete, receive|receive, delete)$/).waitFor();
  await gestures.untilSaved(page);
  const grants = async () => (await graph()).connections.find(({ id }) => id === 'jobs-worker')?.grants;
  expect((await grants())?.sort()).toEqual(['delete', 'receive']);
  await page.keyboard.press('Control+z');
  await wrong.waitFor();
  expect(await gestures.readText(page)).toContain('"recieve"');
});
