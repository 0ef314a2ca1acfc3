// Who can reach what: on the canvas, as tables, and as a file.
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

async function open(project: string) {
  const scope = await plumbline.environment(project, connected());
  const { page } = await plumbline.page(scope);
  await gestures.untilDrawn(page);
  return page;
}

it('lights the lines over which a box reaches others and is reached, and no other', async () => {
  const page = await open('lens');
  await gestures.selectBox(page, 'jobs');
  await page.keyboard.press('i');
  await page.getByRole('status').getByText('Access of jobs: 2 lines').waitFor();
  expect(await gestures.inLens(page, 'line')).toEqual(['events-jobs', 'jobs-worker']);
  expect(await gestures.inLens(page, 'box')).toEqual(['events', 'jobs', 'worker']);

  // It goes along with the selection ...
  await gestures.selectBox(page, 'reports');
  await page.getByText('Access of reports: 1 line').waitFor();
  expect(await gestures.inLens(page, 'line')).toEqual(['reports-worker']);
  expect(await gestures.inLens(page, 'box')).toEqual(['reports', 'worker']);

  // ... and with the graph.
  await gestures.selectLine(page, 'reports-worker');
  await page.keyboard.press('Delete');
  await page.getByText('no line hands out a permission').waitFor();
  expect(await gestures.inLens(page, 'line')).toEqual([]);

  await page.getByRole('button', { name: 'Leave the access lens' }).click();
  await page.locator('.box[data-lens]').first().waitFor({ state: 'detached' });
});

it('tells of a box who reaches it and what it may do, and a click goes to the line', async () => {
  const page = await open('tables');
  await gestures.selectBox(page, 'jobs');
  await gestures.openTab(page, 'Access');
  expect(await gestures.accessRows(page, 'Who can reach jobs')).toEqual([
    'events: subscribe',
    'worker: receive, delete',
  ]);
  const inspector = gestures.inspector(page);
  await inspector.getByText('Put messages on the queue.').waitFor();
  await inspector.getByText('as sns.amazonaws.com').waitFor();

  await gestures.selectBox(page, 'worker');
  expect(await gestures.accessRows(page, 'What worker may do')).toEqual(['jobs: receive, delete', 'reports: read']);
  await inspector.getByLabel('Search the access').fill('s3:getobject');
  expect(await gestures.accessRows(page, 'What worker may do')).toEqual(['reports: read']);
  await inspector.getByRole('button', { name: 'reports' }).click();
  await inspector.getByRole('heading', { level: 2, name: /reports.*worker/ }).waitFor();
});

it('tells the same of the whole environment, searched and copied as a table', async () => {
  const page = await open('whole');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('i');
  const table = 'Who may do what to whom';
  expect(await gestures.accessRows(page, table)).toEqual([
    'events on jobs: subscribe',
    'worker on jobs: receive, delete',
    'worker on reports: read',
  ]);
  await gestures.inspector(page).getByLabel('Search the access').fill('reports');
  await gestures.inspector(page).getByRole('button', { name: 'Copy as CSV' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe(
      'who,on,grants,actions,resources,by,line\r\nworker,reports,read,s3:ListBucket s3:GetBucketLocation s3:GetObject,{reports.arn} {reports.arn}/*,its own role,reports-worker\r\n',
    );
});
