import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../schemas/rules/content.ts';
import { soundGraph, testCatalog } from '../../../schemas/rules/fixtures.ts';
import { updateNode } from '../../stores/edits.ts';
import { findOnCanvas, parseQuery } from './find-on-canvas.ts';

const layout = { schemaVersion: 1 as const, nodes: { app: { x: 0, y: 0 }, orders: { x: 0, y: 200 } } };
const content = updateNode(contentOf(soundGraph(), layout), 'orders', {
  name: 'Order jobs',
  params: { delay: 7, tags: { team: 'blue' } },
});
const find = (query: string) =>
  findOnCanvas(content, { catalog: testCatalog(), tags: { owner: 'ops' } }, query).matches.map(({ id }) => id);

describe('searching the canvas', () => {
  it('reads fields, quotes and plain words', () => {
    expect(parseQuery('module:queue "order jobs" grant:send http://x')).toEqual([
      { field: 'module', value: 'queue' },
      { value: 'order jobs' },
      { field: 'grant', value: 'send' },
      { value: 'http://x' },
    ]);
    expect(parseQuery('name:"a b" module:')).toEqual([{ field: 'name', value: 'a b' }]);
  });

  it('finds by name, module, param, tag, contract and grant', () => {
    expect(find('order')).toEqual(['orders']);
    expect(find('name:"order jobs"')).toEqual(['orders']);
    expect(find('module:queue')).toEqual(['orders']);
    expect(find('param:delay')).toEqual(['orders']);
    expect(find('param:delay=7')).toEqual(['orders']);
    expect(find('param:delay=8')).toEqual([]);
    expect(find('tag:team=blue')).toEqual(['orders']);
    expect(find('tag:owner')).toHaveLength(4);
    expect(find('contract:topic')).toEqual(['net', 'news', 'app', 'orders', 'feed'].filter((id) => id !== 'net'));
    expect(find('grant:receive')).toEqual(['take']);
  });

  it('asks the ends of a line what is said of boxes beside its grant, and keeps them lit', () => {
    expect(find('grant:receive module:worker')).toEqual(['take']);
    expect(find('grant:receive module:topic')).toEqual([]);
    const { nodes } = findOnCanvas(content, { catalog: testCatalog(), tags: {} }, 'grant:receive');
    expect(Object.keys(nodes).sort()).toEqual(['app', 'orders']);
  });

  it('finds nothing by nothing', () => {
    expect(find('   ')).toEqual([]);
  });
});
