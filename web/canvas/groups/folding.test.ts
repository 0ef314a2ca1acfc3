import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../schemas/rules/content.ts';
import { graph, line, node } from '../../../test/fixtures/graphs.ts';
import { foldGraph } from './folding.ts';

const queue = (id: string, to: string) => line(id, `jobs.${id}`, to);
const content = (collapsed: boolean) =>
  contentOf(
    graph(
      [
        node('jobs', 'aws-queue'),
        node('first', 'aws-function'),
        node('second', 'aws-function'),
        node('far', 'aws-bucket'),
      ],
      [
        queue('a', 'first.events'),
        queue('b', 'second.events'),
        line('c', 'first.http', 'second.calls'),
        line('d', 'second.http', 'far.calls'),
      ],
    ),
    {
      schemaVersion: 1,
      nodes: {},
      groups: { workers: { title: 'Workers', color: 'blue', collapsed } },
      members: { first: 'workers', second: 'workers' },
    },
  );
const contractOf = ({ from }: { from: { node: string } }) => (from.node === 'jobs' ? 'queue' : 'http');

describe('what groups make of the graph', () => {
  it('an open group is a frame around its boxes, and every line stays', () => {
    const view = foldGraph(content(false), contractOf);
    expect(view.frames).toEqual([{ id: 'workers', boxes: ['first', 'second'] }]);
    expect(view.hiddenBoxes.size + view.hiddenLines.size + view.rerouted.length).toBe(0);
  });

  it('a collapsed group hides its boxes and inner lines, and sums ports by contract and direction', () => {
    const view = foldGraph(content(true), contractOf);
    expect([...view.hiddenBoxes]).toEqual(['first', 'second']);
    expect([...view.hiddenLines]).toEqual(['a', 'b', 'c', 'd']);
    expect(view.folded[0]).toMatchObject({
      inputs: [{ id: 'queue', count: 2 }],
      outputs: [{ id: 'http', count: 1 }],
    });
  });

  it('lines between the same two ends are one; every crossing line is in exactly one of them', () => {
    const both = content(true);
    const same = { ...both, connections: { ...both.connections, e: queue('a', 'second.events') } };
    const drawn = foldGraph(
      { ...same, connections: { ...same.connections, e: { ...queue('a', 'second.events'), id: 'e' } } },
      contractOf,
    );
    const bundle = drawn.rerouted.find(({ lines }) => lines.length > 1);
    expect(bundle).toMatchObject({
      source: { node: 'jobs', port: 'a' },
      target: { node: 'group:workers', port: 'queue' },
    });
    expect(drawn.rerouted.flatMap(({ lines }) => lines).sort()).toEqual(['a', 'b', 'd', 'e']);
  });

  it('inside a group only its boxes are left, with a stub for each box at the other end', () => {
    const view = foldGraph(content(true), contractOf, 'workers');
    expect([...view.hiddenBoxes]).toEqual(['jobs', 'far']);
    expect(view.stubs).toEqual([
      { node: 'jobs', side: 'source' },
      { node: 'far', side: 'target' },
    ]);
    expect(view.rerouted.map(({ source, target }) => [source.node, target.node])).toEqual([
      ['stub:source/jobs', 'first'],
      ['stub:source/jobs', 'second'],
      ['second', 'stub:target/far'],
    ]);
  });
});
