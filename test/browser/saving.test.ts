// Two people at one graph, a server that goes away, and a server that asks who is there.

import type { Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Graph, GraphNode } from '../../schemas/generated/types.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { openPlumbline, type Plumbline, pathOf } from './plumbline.ts';

const token = 'a-token-for-the-browser-tests';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

/** Somebody else saves `change` on the newest revision. */
async function saveElsewhere(scope: string, change: (nodes: GraphNode[]) => GraphNode[]): Promise<void> {
  const { revision, graph } = await plumbline.call<{ revision: number; graph: Graph }>('GET', `${pathOf(scope)}/graph`);
  const saved = { base: revision, mode: 'draft', graph: { ...graph, nodes: change(graph.nodes) } };
  await plumbline.call('PUT', `${pathOf(scope)}/graph`, saved);
}

const renamed = (name: string) => (nodes: GraphNode[]) =>
  nodes.map((node) => (node.id === 'events' ? { ...node, name } : node));

const nameOf = (page: Page, id: string) => gestures.box(page, id).locator('.box-title strong');

/** Both edit the same revision: ours is held back on its way until theirs is saved. */
async function openConflict(project: string) {
  const scope = await plumbline.environment(project, connected());
  const watched = await plumbline.page(scope);
  const { page } = watched;
  watched.expect('409');
  await gestures.untilDrawn(page);
  const saveTheirsFirst = async (route: Route) => {
    await saveElsewhere(scope, renamed('theirs'));
    await route.continue();
  };
  await page.route('**/graph', saveTheirsFirst, { times: 1 });
  await gestures.selectBox(page, 'jobs');
  await gestures.typeParam(page, 'Tries', '8');
  await page.locator('.conflict').getByText('Somebody saved revision 2 while you were editing 1.').waitFor();
  return { scope, page };
}

const paramsOf = (graph: Graph, id: string) => graph.nodes.find((node) => node.id === id)?.params;

it('shows a change of somebody else at once', async () => {
  const scope = await plumbline.environment('together', connected());
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await saveElsewhere(scope, renamed('announcements'));
  await nameOf(page, 'events').getByText('announcements').waitFor();
});

it('asks which version stays when both edited, and keeps mine on top of theirs', async () => {
  const { scope, page } = await openConflict('mine');
  await page.locator('.conflict').getByText('They changed theirs. You changed jobs.').waitFor();
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await gestures.untilSaved(page);
  expect(paramsOf(await plumbline.graph(scope), 'jobs')).toEqual({ maximumReceives: 8 });
  const { revision } = await plumbline.call<{ revision: number }>('GET', `${pathOf(scope)}/graph`);
  expect(revision).toBe(3);
});

it('takes theirs, and an undo brings mine back', async () => {
  const { scope, page } = await openConflict('theirs');
  await page.getByRole('button', { name: 'Choose theirs' }).click();
  await nameOf(page, 'events').getByText('theirs').waitFor();
  await gestures.untilSaved(page);
  expect(paramsOf(await plumbline.graph(scope), 'jobs')).toBeUndefined();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await gestures.untilSaved(page);
  expect(paramsOf(await plumbline.graph(scope), 'jobs')).toEqual({ maximumReceives: 8 });
});

it('keeps edits while the server is away and saves them when it is back', async () => {
  const scope = await plumbline.environment('away', connected());
  const watched = await plumbline.page(scope);
  const { page } = watched;
  watched.expect('ERR_CONNECTION_REFUSED', 'ERR_INCOMPLETE_CHUNKED_ENCODING', 'ERR_CONNECTION_RESET', 'ERR_NETWORK');
  await gestures.untilDrawn(page);
  await gestures.selectBox(page, 'jobs');
  await gestures.param(page, 'Tries').waitFor();
  await plumbline.stopServer();
  await gestures.typeParam(page, 'Tries', '6');
  await gestures.focusModule(page, 'Topic');
  await page.keyboard.press('Enter');
  await gestures.saveMark(page).getByText('Offline, kept in this browser').waitFor();
  await plumbline.restartServer();
  await gestures.untilSaved(page);
  const saved = await plumbline.graph(scope);
  expect(saved.nodes.map(({ id }) => id)).toContain('topic');
  expect(paramsOf(saved, 'jobs')).toEqual({ maximumReceives: 6 });
  await gestures
    .saveMark(page)
    .getByText(/^Saved$/)
    .waitFor();
});

it('asks once for the token of a server that has one, again after a wrong one, and not after a reload', async () => {
  const guarded = await openPlumbline({ env: { PLUMBLINE_TOKEN: token } });
  try {
    const watched = await guarded.page();
    const { page } = watched;
    watched.expect('401');
    const dialog = page.getByRole('dialog', { name: 'Access token' });
    await dialog.waitFor();
    await dialog.getByLabel('Token').fill('a-token-that-is-not-the-right-one');
    await dialog.getByRole('button', { name: 'Open' }).click();
    await dialog.getByText('The server refused this token.').waitFor();
    await dialog.getByLabel('Token').fill(token);
    await dialog.getByRole('button', { name: 'Open' }).click();
    await gestures.untilDrawn(page);
    await dialog.waitFor({ state: 'hidden' });
    await page.reload();
    await gestures.untilDrawn(page);
    expect(await dialog.isVisible()).toBe(false);
    expect(await page.evaluate(() => JSON.stringify(Object.entries(localStorage)) + document.cookie)).not.toContain(
      token,
    );
    expect(await guarded.closePages()).toEqual([]);
  } finally {
    await guarded.close();
  }
});
