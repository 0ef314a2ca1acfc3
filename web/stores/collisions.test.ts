import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as edits from './edits.ts';
import { createOrder, type Order, settled, textOf } from './order-double.ts';
import { openPage, type Page, placed, together } from './page-double.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a value that both set', () => {
  async function collide(): Promise<[Page, Page, Order]> {
    const order = createOrder(placed('jobs', { timeout: 30 }));
    const [a, b] = [openPage(order, 'client-a'), openPage(order, 'client-b')];
    a.param('jobs', 'timeout', 60);
    b.param('jobs', 'timeout', 90);
    await b.settle();
    await a.settle();
    return [a, b, order];
  }

  it('stands as the later one in the order, and the later person is told of both', async () => {
    const [a, b, order] = await collide();
    expect(order.content.nodes.jobs?.params).toEqual({ timeout: 60 });
    const [collision] = a.sync.state.getState().collisions;
    expect(collision).toMatchObject({
      path: ['nodes', 'jobs', 'params', 'timeout'],
      mine: 60,
      theirs: 90,
      who: 'client-b',
    });
    expect(a.status()).toBe('conflict');
    expect(b.sync.state.getState().collisions).toEqual([]);
  });

  it('is theirs after a choice, which is an edit that can be undone', async () => {
    const [a, b, order] = await collide();
    const [collision] = a.sync.state.getState().collisions;
    if (collision) a.sync.settle(collision, 'theirs');
    await together(a, b);
    expect(order.content.nodes.jobs?.params).toEqual({ timeout: 90 });
    expect(a.status()).toBe('saved');
    a.document.undo();
    await together(a, b);
    expect(b.params('jobs')).toEqual({ timeout: 60 });
  });

  it('in a box that the other took away comes back with the box, its place and its lines', async () => {
    const order = createOrder(placed('jobs', { timeout: 30 }));
    const [a, b] = [openPage(order, 'client-a'), openPage(order, 'client-b')];
    a.param('jobs', 'timeout', 60);
    b.remove('jobs');
    await b.settle();
    await a.settle();
    expect(order.content.nodes).toEqual({});
    const [collision] = a.sync.state.getState().collisions;
    expect(collision).toMatchObject({ path: ['nodes', 'jobs'], theirs: undefined });
    if (collision) a.sync.settle(collision, 'mine');
    await together(a, b);
    expect(b.document.content()).toMatchObject(placed('jobs', { timeout: 60 }));
  });

  it('in a box that this page took away comes back with theirs', async () => {
    const order = createOrder(placed('jobs', { timeout: 30 }));
    const [a, b] = [openPage(order, 'client-a'), openPage(order, 'client-b')];
    a.remove('jobs');
    b.param('jobs', 'timeout', 90);
    await b.settle();
    await a.settle();
    expect(order.content.nodes).toEqual({});
    const [collision] = a.sync.state.getState().collisions;
    if (collision) a.sync.settle(collision, 'theirs');
    await together(a, b);
    expect(order.content).toMatchObject(placed('jobs', { timeout: 90 }));
  });
});

describe('an id that both chose', () => {
  it('is changed for the later one, everywhere: what waits, what is shown, the history and the selection', async () => {
    const order = createOrder(placed('worker'));
    const [a, b] = [openPage(order, 'client-a'), openPage(order, 'client-b')];
    a.add('jobs', { mine: 1 });
    a.document.edit(
      (now) =>
        edits.connect(now, {
          from: { node: 'jobs', port: 'queue' },
          to: { node: 'worker', port: 'events' },
          grants: [],
        }).content,
      { label: 'draw line' },
    );
    b.add('jobs', { theirs: 1 });
    await b.settle();
    await a.settle();
    await together(a, b);
    expect(a.heard.renamed).toHaveBeenCalledWith({ collection: 'nodes', from: 'jobs', to: 'jobs-2' });
    expect(order.content.nodes['jobs-2']).toMatchObject({ name: 'jobs-2', params: { mine: 1 } });
    expect(order.content.nodes.jobs).toMatchObject({ params: { theirs: 1 } });
    expect(Object.values(order.content.connections)[0]?.from.node).toBe('jobs-2');
    a.document.undo();
    a.document.undo();
    await together(a, b);
    expect(Object.keys(b.document.content().nodes)).toEqual(['worker', 'jobs']);
    a.document.redo();
    await together(a, b);
    expect(Object.keys(order.content.nodes)).toContain('jobs-2');
  });

  it('is changed too when the batch was on its way already and its taking is refused', async () => {
    const order = createOrder();
    const [a, b] = [openPage(order, 'client-a'), openPage(order, 'client-b')];
    a.add('jobs', { mine: 1 });
    b.add('jobs', { theirs: 1 });
    void a.sync.flush();
    await settled();
    await b.settle();
    await a.line.request('arrives');
    await together(a, b);
    expect(Object.keys(order.content.nodes).sort()).toEqual(['jobs', 'jobs-2']);
    expect(textOf(a.document.content())).toBe(textOf(order.content));
  });

  it('stays one box when both bring the same one back', async () => {
    const order = createOrder(placed('jobs'));
    const [a, b] = [openPage(order, 'client-a'), openPage(order, 'client-b')];
    a.remove('jobs');
    await together(a, b);
    a.document.undo();
    b.add('jobs');
    await together(a, b);
    expect(Object.keys(order.content.nodes)).toEqual(['jobs']);
    expect(Object.keys(a.document.content().nodes)).toEqual(['jobs']);
  });
});
