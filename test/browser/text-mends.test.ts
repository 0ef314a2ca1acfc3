// What the text offers to mend its problems with: a button each, and each is one step of undo.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { EnvironmentState } from '../../schemas/generated/types.ts';
import { graph, line, node } from '../fixtures/graphs.ts';
import * as gestures from './gestures.ts';
import { connected } from './graphs.ts';
import { type Drawn, openPlumbline, type Plumbline, pathOf } from './plumbline.ts';

let plumbline: Plumbline;
beforeAll(async () => {
  plumbline = await openPlumbline();
});
afterAll(() => plumbline.close());
afterEach(async () => expect(await plumbline.closePages()).toEqual([]));

async function openText(project: string, drawn: Drawn) {
  const scope = await plumbline.environment(project, drawn);
  const { page } = await plumbline.page(scope, { viewport: { width: 1440, height: 2400 } });
  await gestures.untilDrawn(page);
  await gestures.showPane(page, 'Both');
  const stored = async () => {
    await gestures.untilSaved(page);
    return plumbline.call<EnvironmentState>('GET', `${pathOf(scope)}/state`);
  };
  return { page, stored };
}

/** Two services in one network and cluster, of which one calls the other. */
function twoServices() {
  const image = { imageUri: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:1.0.0' };
  const services = ['api', 'shop'].flatMap((id) => [
    line(`network-${id}`, 'main.network', `${id}.network`),
    line(`cluster-${id}`, 'tasks.cluster', `${id}.cluster`),
  ]);
  return graph(
    [
      node('main', 'aws-network'),
      node('tasks', 'aws-container-cluster'),
      node('api', 'aws-container-service', image),
      node('shop', 'aws-container-service', image),
    ],
    [...services, line('api-shop', 'api.http', 'shop.calls', [], 'API')],
  );
}

it('connects an input that lacks a line to the output that is chosen', async () => {
  const nodes = [node('main', 'aws-network'), node('other', 'aws-network'), node('orders', 'aws-postgres')];
  const { page, stored } = await openText('missing', { graph: graph(nodes) });
  await gestures.mendInText(page, '{', 'Connect it to other.network');
  await gestures.line(page, 'other-to-orders').waitFor({ state: 'attached' });
  expect((await stored()).graph.connections).toEqual([line('other-to-orders', 'other.network', 'orders.network')]);
  await gestures.problemIn(page, '{').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await gestures.line(page, 'other-to-orders').waitFor({ state: 'detached' });
  await gestures.problemIn(page, '{').waitFor();
});

it('opens a cycle that was typed at the connection that is chosen', async () => {
  const { page, stored } = await openText('cycle', { graph: twoServices() });
  await gestures.clickInText(page, '"connections": [');
  await page.keyboard.insertText(`${JSON.stringify(line('back', 'shop.http', 'api.calls', [], 'SHOP'))},`);
  await gestures.textState(page).getByText('The canvas shows the last good text.').waitFor();
  await gestures.problemIn(page, '{').first().hover();
  await expect.poll(() => gestures.mends(page).allTextContents()).toEqual(['Remove api → shop', 'Remove shop → api']);
  await gestures.mends(page).first().click();
  await gestures.line(page, 'back').waitFor({ state: 'attached' });
  await gestures.line(page, 'api-shop').waitFor({ state: 'detached' });
  const ends = (await stored()).graph.connections.filter(({ to }) => to.port === 'calls');
  expect(ends.map(({ id }) => id)).toEqual(['back']);
  await page.keyboard.press('Control+z');
  await gestures.line(page, 'api-shop').waitFor({ state: 'attached' });
});

it('renames a box in all its lines, and it stays where it is, in its group', async () => {
  const { graph: drawn, layout } = connected();
  const groups = { work: { title: 'Work', color: 'blue' as const } };
  const { page, stored } = await openText('renaming', {
    graph: drawn,
    layout: { schemaVersion: 1, nodes: {}, ...layout, groups, members: { jobs: 'work', worker: 'work' } },
  });
  const before = await stored();
  await gestures.clickInText(page, '"id": "jobs"');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('-of-today');
  await gestures.textState(page).getByText('The canvas shows the last good text.').waitFor();
  await gestures.mendInText(page, '"jobs"', 'Rename everywhere to "jobs-of-today"');
  await gestures.box(page, 'jobs-of-today').waitFor();
  const { graph: renamed, layout: after } = await stored();
  const ends = renamed.connections.flatMap(({ from, to }) => [from.node, to.node]);
  expect(ends.filter((id) => id === 'jobs-of-today')).toHaveLength(2);
  expect(ends).not.toContain('jobs');
  expect(after.nodes['jobs-of-today']).toEqual(before.layout.nodes.jobs);
  expect(after.members).toEqual({ 'jobs-of-today': 'work', worker: 'work' });
  await page.keyboard.press('Control+z');
  await gestures.box(page, 'jobs').waitFor();
  const { graph: undone, layout: places } = await stored();
  expect({ undone, places }).toEqual({ undone: before.graph, places: before.layout });
});

it('makes an id that is refused one that is taken, with the lines that named the box', async () => {
  const { page, stored } = await openText('refused-id', connected());
  await gestures.clickInText(page, '"id": "jobs"');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('_Of--Today');
  await gestures.mendInText(page, '"jobs_Of--Today"', 'Replace with "jobs-of-today" everywhere');
  await gestures.box(page, 'jobs-of-today').waitFor();
  await gestures.textState(page).getByText('In step with the canvas').waitFor();
  expect((await stored()).graph.nodes.map(({ id }) => id)).toContain('jobs-of-today');
});
