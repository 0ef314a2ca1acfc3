// Files that are pushed, a server that goes away, and a server that asks who is there.
import type { Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Graph, GraphNode } from '../../schemas/generated/types.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { AWAY, openPlumbline, type Plumbline, pathOf } from './plumbline.ts';

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

const paramsOf = (graph: Graph, id: string) => graph.nodes.find((node) => node.id === id)?.params;

it('shows a file that was pushed at once, and merges it with what is edited meanwhile', async () => {
  const scope = await plumbline.environment('together', connected());
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  await gestures.selectBox(page, 'jobs');
  const pushFirst = async (route: Route) => {
    await saveElsewhere(scope, renamed('announcements'));
    await route.continue();
  };
  await page.route('**/operations', pushFirst, { times: 1 });
  await gestures.typeParam(page, 'Tries', '8');
  await gestures.box(page, 'events').locator('.box-title').getByText('announcements').waitFor();
  await gestures.untilSaved(page);
  const saved = await plumbline.graph(scope);
  expect(paramsOf(saved, 'jobs')).toEqual({ maximumReceives: 8 });
  expect(saved.nodes.find(({ id }) => id === 'events')?.name).toBe('announcements');
});

it('keeps edits while the server is away and saves them when it is back', async () => {
  const scope = await plumbline.environment('away', connected());
  const watched = await plumbline.page(scope);
  const { page } = watched;
  watched.expect(AWAY);
  await gestures.untilDrawn(page);
  await gestures.selectBox(page, 'jobs');
  await gestures.param(page, 'Tries').waitFor();
  await plumbline.stopServer();
  await gestures.typeParam(page, 'Tries', '6');
  await gestures.focusModule(page, 'Topic');
  await page.keyboard.press('Enter');
  await gestures.saveMark(page).getByText('Offline, 2 edits kept').waitFor();
  await gestures.saveMark(page).click();
  await page.getByText('2 edits kept in this browser. They go out when the server is back').waitFor();
  await page.keyboard.press('Escape');
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

it('goes on without a network, and catches up at once when it is back: edits, the end of a run, the text', async () => {
  const scope = await plumbline.environment('no-network', connected());
  const watched = await plumbline.page(scope);
  const { page } = watched;
  watched.expect(AWAY, 'The server cannot be reached.');
  await gestures.untilDrawn(page);
  await page.context().setOffline(true);
  await page.getByRole('group', { name: 'What to show' }).getByRole('button', { name: 'Both', exact: true }).click();
  await page.getByText('The text cannot be shown.').waitFor();
  await gestures.selectBox(page, 'jobs');
  await gestures.rename(page, 'orders-in');
  await gestures.saveMark(page).getByText('Offline, 1 edit kept').waitFor();
  await gestures.box(page, 'jobs').focus();
  await page.keyboard.press('Shift+L');
  await page.getByText('The boxes were not arranged.').waitFor();
  const run = await plumbline.apply(scope);
  expect(run.status).toBe('succeeded');
  await page.context().setOffline(false);
  await gestures.untilSaved(page);
  await gestures.untilRunSays(page, /applied/);
  await gestures.param(page, 'Tries').waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await gestures.textEditor(page).waitFor();
  // It comes as it looks: its bar is a row above the text.
  expect(await page.locator('.text-bar').evaluate((bar) => getComputedStyle(bar).display)).toBe('flex');
  expect((await plumbline.graph(scope)).nodes.find(({ id }) => id === 'jobs')?.name).toBe('orders-in');
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
