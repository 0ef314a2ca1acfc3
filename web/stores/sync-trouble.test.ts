import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiFailure } from '../api/failure.ts';
import * as edits from './edits.ts';
import { createOrder, type Order, settled, textOf } from './order-double.ts';
import { memoryStorage, openPage, type PageOptions, placed, together } from './page-double.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a server that is away', () => {
  it('gets the edits when it is back, once, even if it had taken them before its answer was lost', async () => {
    const order = createOrder();
    const a = openPage(order, 'client-a');
    a.add('one');
    void a.sync.flush();
    await settled();
    await a.line.request('answer is lost');
    expect(a.status()).toBe('offline');
    expect(a.sync.state.getState().pending).toBe(1);
    a.add('two');
    await vi.advanceTimersByTimeAsync(20_000);
    await a.settle();
    expect(a.status()).toBe('saved');
    expect(order.events.map(({ batch }) => batch)).toEqual([1, 2]);
    expect(Object.keys(order.content.nodes)).toEqual(['one', 'two']);
  });

  it('finds them again after a reload, with the numbers that they were sent under', async () => {
    const order = createOrder(placed('jobs'));
    const storage = memoryStorage();
    const a = openPage(order, 'client-a', { storage });
    a.param('jobs', 'tries', 5);
    void a.sync.flush();
    await settled();
    await a.line.request('answer is lost');
    a.param('jobs', 'tries', 6);
    a.sync.stop();
    const b = openPage(order, 'client-b', { storage });
    expect(b.params('jobs')).toEqual({ tries: 6 });
    await b.settle();
    expect(order.events.map(({ client, batch }) => `${client} ${batch}`)).toEqual(['client-a 1', 'client-b 1']);
    expect(order.content.nodes.jobs?.params).toEqual({ tries: 6 });
    expect([...storage.entries.keys()]).toEqual([]);
  });

  it('leaves the edits of a page that is still open to that page', async () => {
    const order = createOrder();
    const storage = memoryStorage();
    const a = openPage(order, 'client-a', { storage });
    a.add('one');
    const b = openPage(order, 'client-b', { storage, isOpen: (client) => client === 'client-a' });
    expect(b.document.content().nodes).toEqual({});
    expect(storage.entries.size).toBe(1);
  });

  it('sends of many edits of one value only the last', async () => {
    const order = createOrder(placed('jobs'));
    const a = openPage(order, 'client-a');
    await a.offline();
    for (const tries of [1, 2, 3]) a.param('jobs', 'tries', tries);
    await a.settle();
    expect(order.events.flatMap(({ operations }) => operations)).toEqual([
      { path: ['nodes', 'jobs', 'params', 'tries'], value: 3 },
    ]);
  });
});

describe('an edit that the server refuses', () => {
  const refuseName = (order: Order) => {
    order.judge = (operations) => {
      if (operations.some(({ value }) => value === 'bad'))
        throw new ApiFailure(422, { code: 'operations-refused', message: 'The name is bad.' });
      return operations;
    };
  };

  it('is taken out alone and kept with the reason, and can be tried again', async () => {
    const order = createOrder(placed('jobs'));
    refuseName(order);
    const a = openPage(order, 'client-a');
    a.param('jobs', 'tries', 5);
    a.document.edit((now) => edits.updateNode(now, 'jobs', { name: 'bad' }), { label: 'rename' });
    a.param('jobs', 'timeout', 90);
    await a.settle();
    expect(a.document.content().nodes.jobs).toMatchObject({ name: 'jobs', params: { tries: 5, timeout: 90 } });
    expect(textOf(a.document.content())).toBe(textOf(order.content));
    const [item] = a.sync.state.getState().refused;
    expect(item).toMatchObject({
      problem: 'The name is bad.',
      operations: [{ path: ['nodes', 'jobs', 'name'], value: 'bad' }],
    });
    expect(a.status()).toBe('refused');
    order.judge = (operations) => operations;
    if (item) a.sync.retry(item);
    await a.settle();
    expect(order.content.nodes.jobs?.name).toBe('bad');
    expect(a.status()).toBe('saved');
  });

  it('is still there after a reload', async () => {
    const order = createOrder(placed('jobs'));
    refuseName(order);
    const storage = memoryStorage();
    const a = openPage(order, 'client-a', { storage });
    a.document.edit((now) => edits.updateNode(now, 'jobs', { name: 'bad' }), { label: 'rename' });
    await a.settle();
    a.sync.stop();
    expect(openPage(order, 'client-b', { storage }).status()).toBe('refused');
  });
});

it('begins anew from the whole state where events were forgotten meanwhile, and loses no edit of its own', async () => {
  const order = createOrder(placed('jobs'));
  const a = openPage(order, 'client-a');
  const b = openPage(order, 'client-b');
  a.param('jobs', 'tries', 5);
  await a.offline();
  for (const timeout of [30, 60, 90]) {
    b.param('jobs', 'timeout', timeout);
    await b.settle();
  }
  // The server has forgotten all but the newest.
  a.line.miss(order.events.length - 1);
  await together(a, b);
  expect(order.content.nodes.jobs?.params).toEqual({ timeout: 90, tries: 5 });
  expect(textOf(a.document.content())).toBe(textOf(order.content));
  expect(a.status()).toBe('saved');
});

describe('a conflict', () => {
  const meet = async (order: Order, storage = memoryStorage(), conceal?: PageOptions['conceal']) => {
    const a = openPage(order, 'client-a', { storage, ...(conceal ? { conceal } : {}) });
    const b = openPage(order, 'client-b');
    a.param('jobs', 'tries', 5);
    b.param('jobs', 'tries', 7);
    await b.settle();
    await together(a, b);
    expect(a.status()).toBe('conflict');
    a.sync.stop();
    return storage;
  };

  it('is still open after a reload, can be settled then, and is gone for good', async () => {
    const order = createOrder(placed('jobs'));
    const storage = await meet(order);
    const again = openPage(order, 'client-c', { storage });
    const [open] = again.sync.state.getState().collisions;
    expect(open).toMatchObject({ mine: 5, theirs: 7 });
    if (open) again.sync.settle(open, 'theirs');
    await again.settle();
    expect(order.content.nodes.jobs?.params).toEqual({ tries: 7 });
    again.sync.stop();
    expect(openPage(order, 'client-d', { storage }).status()).toBe('saved');
    expect(storage.entries.size).toBe(0);
  });

  it('is no question any more where somebody has set a third value meanwhile', async () => {
    const order = createOrder(placed('jobs'));
    const storage = await meet(order);
    const other = openPage(order, 'client-e');
    other.param('jobs', 'tries', 9);
    await other.settle();
    expect(openPage(order, 'client-c', { storage }).status()).toBe('saved');
  });

  it('over a secret does not leave the page', async () => {
    const storage = await meet(createOrder(placed('jobs')), memoryStorage(), () => []);
    expect([...storage.entries.values()].join()).not.toContain('tries');
  });
});

it('replaces a secret by its sealed form, in what is shown and in the whole history', async () => {
  const order = createOrder(placed('keeper'));
  order.judge = (operations) =>
    operations.map((operation) =>
      typeof operation.value === 'string' && operation.path.at(-1) === 'token'
        ? { ...operation, value: { $secret: `id-${order.events.length}` } }
        : operation,
    ) as typeof operations;
  const a = openPage(order, 'client-a');
  a.param('keeper', 'token', 'canary-1');
  a.param('keeper', 'token', 'canary-2');
  await a.settle();
  expect(a.params('keeper')).toEqual({ token: { $secret: 'id-0' } });
  a.param('keeper', 'token', 'canary-3');
  a.document.undo();
  a.document.redo();
  await a.settle();
  const { past, future } = a.document.store.getState();
  expect(JSON.stringify([past, future])).not.toContain('canary');
  while (a.document.store.getState().past.length > 0) a.document.undo();
  await a.settle();
  expect(a.params('keeper')).toBeUndefined();
});
