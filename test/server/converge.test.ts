// Two pages that edit at random, each on what it has heard so far, end with the document of the server, byte for byte.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connection, EnvironmentState, GraphNode, Operation } from '../../schemas/generated/types.ts';
import { canonicalLayoutText, canonicalText } from '../../schemas/rules/canonical.ts';
import { contentOf, type DocumentContent, EMPTY_CONTENT, graphOf, layoutOf } from '../../schemas/rules/content.ts';
import { applyOperations, diffOperations } from '../../schemas/rules/operations.ts';
import { line, node } from '../fixtures/graphs.ts';
import { openApp, type TestApp } from './open-app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await openApp();
});
afterAll(async () => {
  await server.close();
  server.remove();
});

const boxes: Record<string, string> = {
  jobs: 'aws-queue',
  more: 'aws-queue',
  news: 'aws-topic',
  maker: 'test-token-maker',
};
const ids = Object.keys(boxes);
const id = fc.constantFrom(...ids);

/** One gesture, as a change of what the page shows. */
type Gesture = (content: DocumentContent) => DocumentContent;

const set = <K extends keyof DocumentContent>(
  content: DocumentContent,
  collection: K,
  key: string,
  value: unknown,
) => ({
  ...content,
  [collection]: { ...content[collection], [key]: value },
});
const edit =
  (at: string, change: (box: GraphNode) => GraphNode): Gesture =>
  (content) => {
    const box = content.nodes[at];
    return box ? set(content, 'nodes', at, change(box)) : content;
  };
const take =
  (collection: keyof DocumentContent, key: string): Gesture =>
  (content) =>
    applyOperations(content, [{ path: [collection, key] }]);

const gesture: fc.Arbitrary<Gesture> = fc.oneof(
  id.map(
    (at): Gesture =>
      (content) =>
        set(content, 'nodes', at, content.nodes[at] ?? node(at, boxes[at] ?? '')),
  ),
  id.map((at) => take('nodes', at)),
  fc.tuple(id, fc.constantFrom('One', 'Two')).map(([at, name]) => edit(at, (box) => ({ ...box, name }))),
  fc
    .tuple(id, fc.constantFrom('a', 'b', 'token'), fc.constantFrom('x', 'y'))
    .map(([at, key, value]) => edit(at, (box) => ({ ...box, params: { ...box.params, [key]: value } }))),
  fc.tuple(id, fc.nat(5)).map(
    ([at, x]): Gesture =>
      (content) =>
        content.nodes[at] ? set(content, 'positions', at, { x, y: x }) : content,
  ),
  fc.constantFrom('jobs', 'more').map(
    (to): Gesture =>
      (content) =>
        content.nodes.news && content.nodes[to]
          ? set(
              content,
              'connections',
              `news-${to}`,
              line(`news-${to}`, 'news.topic', `${to}.subscribesTo`, ['subscribe']),
            )
          : content,
  ),
  fc.constantFrom('news-jobs', 'news-more').map(
    (at): Gesture =>
      (content) => {
        const drawn: Connection | undefined = content.connections[at];
        return drawn
          ? set(content, 'connections', at, { ...drawn, grants: drawn.grants.length > 0 ? [] : ['subscribe'] })
          : content;
      },
  ),
  fc.constantFrom('red', 'blue').map(
    (color): Gesture =>
      (content) =>
        set(content, 'groups', 'back', { title: 'Back', color }),
  ),
  fc.constant(take('groups', 'back')),
  id.map(
    (at): Gesture =>
      (content) =>
        content.nodes[at] && content.groups.back ? set(content, 'members', at, 'back') : content,
  ),
  fc.constantFrom('hello', '').map(
    (text): Gesture =>
      (content) =>
        set(content, 'notes', 'first', { text, color: 'amber', x: 0, y: 0, width: 100, height: 100 }),
  ),
);

const text = (content: DocumentContent) => canonicalText(graphOf(content)) + canonicalLayoutText(layoutOf(content));

/** A page: what it has heard, and how far. */
interface Page {
  client: string;
  content: DocumentContent;
  lastEvent: number;
  batches: number;
}

test('two pages and the server end with the same document', async () => {
  let round = 0;
  const steps = fc.array(fc.tuple(fc.nat(1), gesture, fc.boolean()), { minLength: 10, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const name = `round-${++round}`;
      await server.services.environments.create('shop', { name, class: 'preview', target: { kind: 'sandbox' } }, 'ada');
      const environment = await server.store.environments.find('shop', name);
      const path = `/api/projects/shop/environments/${name}`;
      const listen = async (page: Page) => {
        for (const event of await server.store.events.since(environment?.id ?? '', page.lastEvent)) {
          page.lastEvent = event.id;
          page.content = applyOperations(page.content, event.operations?.operations ?? []);
        }
      };
      const begin = { content: EMPTY_CONTENT, lastEvent: 0, batches: 0 };
      const pages: Page[] = [
        { ...begin, client: 'page-one' },
        { ...begin, client: 'page-two' },
      ];
      const statuses = new Set<number>();
      for (const [who, change, hears] of script) {
        const page = pages[who];
        if (!page) continue;
        if (hears) await listen(page);
        const operations: Operation[] = diffOperations(page.content, change(page.content));
        if (operations.length === 0) continue;
        const body = { client: page.client, batch: ++page.batches, operations };
        const { status } = await server.call('POST', `${path}/operations`, body);
        statuses.add(status);
      }
      expect([...statuses].filter((status) => ![200, 409, 422].includes(status))).toEqual([]);
      const seen = async () => {
        const { graph, layout } = (await server.call('GET', `${path}/state`)).json as EnvironmentState;
        return text(contentOf(graph, layout));
      };
      const live = await seen();
      for (const page of pages) {
        await listen(page);
        expect(text(page.content)).toBe(live);
      }
      // And so does whoever reads it from the disk.
      await server.documents.release(environment?.id ?? '');
      expect(await seen()).toBe(live);
    }),
    { numRuns: 25 },
  );
});
