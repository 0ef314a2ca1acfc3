import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NewEvent } from '../../server/store/events.ts';
import { home, openApp, type TestApp } from './open-app.ts';

let server: TestApp;
beforeEach(async () => {
  server = await openApp();
});
afterEach(async () => {
  await server.close();
  server.remove();
});

const event = (revision: number): NewEvent => ({ project: 'shop', environment: 'dev', type: 'revision', revision });

async function listen(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ stream: Readable; until(text: string): Promise<string> }> {
  const answer = await server.app.inject({
    method: 'GET',
    url,
    headers: { host: '127.0.0.1', ...headers },
    payloadAsStream: true,
  });
  expect(answer.headers['content-type']).toContain('text/event-stream');
  expect(answer.headers['content-security-policy']).toBeDefined();
  const stream = answer.stream();
  let heard = '';
  stream.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  const until = async (text: string) => {
    while (!heard.includes(text)) await once(stream, 'data');
    return heard;
  };
  return { stream, until };
}

const idsOf = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

test('what was missed is replayed from the id that was seen last, and goes on without a gap', async () => {
  const stored = await server.store.events.append(server.environmentId, [event(1), event(2), event(3)]);
  const [first, second, third] = stored.map(({ id }) => id);
  const { stream, until } = await listen(`${home}/events`, { 'last-event-id': String(first) });
  await until('"revision":3');
  await server.events.publish(server.environmentId, [event(4)]);
  const heard = await until('"revision":4');
  const ids = idsOf(heard);
  expect(ids.slice(0, 2)).toEqual([second, third]);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  expect(heard).toContain('event: plumbline\n');
  stream.destroy();
});

test('the query names the id where the header is missing; without both, only news come', async () => {
  await server.store.events.append(server.environmentId, [event(1)]);
  const all = await listen(`${home}/events?after=0`);
  const news = await listen(`${home}/events`);
  await all.until('"revision":1');
  await server.events.publish(server.environmentId, [event(2)]);
  expect(await news.until('"revision":2')).not.toContain('"revision":1');
  all.stream.destroy();
  news.stream.destroy();
});

test('more than one page of missed events comes whole and in order', async () => {
  await server.store.events.append(
    server.environmentId,
    Array.from({ length: 1203 }, (_, index) => event(index + 1)),
  );
  const { stream, until } = await listen(`${home}/events?after=0`);
  const revisions = [...(await until('"revision":1203,')).matchAll(/"revision":(\d+)/g)].map(([, number]) =>
    Number(number),
  );
  expect(revisions).toEqual(Array.from({ length: 1203 }, (_, index) => index + 1));
  stream.destroy();
});

test('events of another environment are not heard', async () => {
  await server.services.environments.create(
    'shop',
    { name: 'other', class: 'preview', target: { kind: 'sandbox' } },
    'ada',
  );
  const other = await server.store.environments.find('shop', 'other');
  const { stream, until } = await listen(`${home}/events`);
  await server.events.publish(other?.id ?? '', [event(8)]);
  await server.events.publish(server.environmentId, [event(9)]);
  expect(await until('"revision":9')).not.toContain('"revision":8');
  stream.destroy();
});

test('what a transaction takes back is never told', async () => {
  const heard: unknown[] = [];
  server.events.subscribe(server.environmentId, (events) => heard.push(...events));
  const failing = server.store.transaction(async () => {
    await server.events.publish(server.environmentId, [event(5)]);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await server.events.publish(server.environmentId, [event(6)]);
  expect(heard).toMatchObject([{ revision: 6 }]);
});

test('closing the server ends open streams', async () => {
  const { stream, until } = await listen(`${home}/events`);
  await until('retry:');
  const ended = once(stream, 'end');
  await server.app.close();
  await ended;
});

const presence = (client: string, x = 0) => ({
  client,
  name: client,
  cursor: { x, y: 0 },
  nodes: ['jobs'],
  connections: [],
});
const say = async (body: object) => expect((await server.call('POST', `${home}/presence`, body)).status).toBe(204);

test('where people are is told to the others and to who comes later, and that they left', async () => {
  const closing = new AbortController();
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 });
  await fetch(`${address}${home}/events?client=page-one`, { signal: closing.signal });
  const two = await listen(`${home}/events?client=page-two`);
  await say(presence('page-one', 5));
  const told = await two.until('"client":"page-one"');
  expect(told).toContain(`event: presence\ndata: ${JSON.stringify(presence('page-one', 5))}\n\n`);
  expect(idsOf(told)).toEqual([]);
  const late = await listen(`${home}/events?client=page-three`);
  await late.until('"x":5');
  closing.abort();
  await two.until('"left":true');
  expect(await late.until('"left":true')).toContain('"client":"page-one"');
  const later = await listen(`${home}/events?client=page-four`);
  await say(presence('page-two', 7));
  expect(await later.until('"x":7')).not.toContain('page-one');
  two.stream.destroy();
  late.stream.destroy();
  later.stream.destroy();
});

test('a page does not hear of itself, people of another environment are elsewhere, and a program hears of nobody', async () => {
  await server.services.environments.create(
    'shop',
    { name: 'other', class: 'preview', target: { kind: 'sandbox' } },
    'ada',
  );
  const one = await listen(`${home}/events?client=page-one`);
  const other = await listen('/api/projects/shop/environments/other/events?client=page-four');
  const nobody = await listen(`${home}/events`);
  await say(presence('page-one'));
  await say(presence('page-two'));
  expect(await one.until('page-two')).not.toContain('"client":"page-one"');
  await server.call('POST', '/api/projects/shop/environments/other/presence', presence('page-three'));
  expect(await other.until('page-three')).not.toContain('page-two');
  await server.events.publish(server.environmentId, [event(1)]);
  expect(await nobody.until('"revision":1')).not.toContain('page-');
  nobody.stream.destroy();
  one.stream.destroy();
  other.stream.destroy();
});

test('a page says itself that it leaves, and is told of again when it moves again', async () => {
  const { stream, until } = await listen(`${home}/events?client=page-two`);
  const { stream: own } = await listen(`${home}/events?client=page-one`);
  await say(presence('page-one', 1));
  await until('"x":1');
  await say({ client: 'page-one', name: 'Ada', nodes: [], connections: [], left: true });
  await until('"left":true');
  await say(presence('page-one', 2));
  await until('"x":2');
  own.destroy();
  stream.destroy();
});

test('of many moves a moment ago only the newest is told, and nothing is stored', async () => {
  const { stream, until } = await listen(`${home}/events?client=page-two`);
  for (let x = 1; x <= 50; x++) await say(presence('page-one', x));
  const heard = await until('"x":50,');
  expect([...heard.matchAll(/event: presence/g)].length).toBeLessThan(50);
  expect(await server.store.events.last(server.environmentId)).toBe(1);
  stream.destroy();
});
