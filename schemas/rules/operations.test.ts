// Laws of operations: they say exactly what differs, and what two people do to different things is kept in whatever order it comes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Connection, GraphNode, Operation } from '../generated/types.ts';
import { canonicalLayoutText, canonicalText } from './canonical.ts';
import { COLLECTIONS, type DocumentContent, EMPTY_CONTENT, graphOf, layoutOf } from './content.ts';
import { line, node } from './fixtures.ts';
import { applyOperations, diffOperations } from './operations.ts';

const NODES = ['app', 'db', 'net', 'queue', 'topic'];
const GROUPS = ['back', 'front'];
const GRANTS = ['delete', 'read', 'write'];

const key = fc.constantFrom('a', 'b', 'toString', 'valueOf', 'k'.repeat(201));
const params: fc.Arbitrary<Record<string, unknown>> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(0, 1, 'x', true, null),
    fc.array(fc.constantFrom(1, 2, 'y'), { maxLength: 3 }),
    tie('record'),
  ),
  record: fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
})).record as fc.Arbitrary<Record<string, unknown>>;

const anyNode = fc
  .record({
    name: fc.constantFrom('One', 'Two'),
    module: fc.constantFrom('queue', 'worker'),
    preset: fc.option(fc.constantFrom('slow'), { nil: undefined }),
    params,
  })
  .map(({ params: given, preset, ...rest }) => ({
    ...rest,
    version: '^1.0.0',
    ...(preset === undefined ? {} : { preset }),
    ...(Object.keys(given).length > 0 ? { params: given } : {}),
  }));

const group = fc.record({ title: fc.constantFrom('A', 'B'), color: fc.constantFrom('red' as const, 'blue' as const) });
const note = fc.record({
  text: fc.constantFrom('', 'hello'),
  color: fc.constant('amber' as const),
  ...{ x: fc.nat(9), y: fc.nat(9), width: fc.constant(100), height: fc.constant(100) },
});
const drawn = fc.record({
  from: fc.constantFrom(...NODES),
  to: fc.constantFrom(...NODES),
  port: fc.constantFrom('one', 'two'),
  grants: fc.subarray(GRANTS),
  envPrefix: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }),
});

const some = <T>(ids: readonly string[], value: fc.Arbitrary<T>) =>
  fc.dictionary(fc.constantFrom(...ids), value, { maxKeys: ids.length, noNullPrototype: true });

/** Whole contents, in which everything that is referred to is there. */
const contents: fc.Arbitrary<DocumentContent> = fc
  .record({
    nodes: some(NODES, anyNode),
    places: some(NODES, fc.record({ x: fc.nat(9), y: fc.nat(9) })),
    groups: some(GROUPS, group),
    members: some(NODES, fc.constantFrom(...GROUPS)),
    notes: some(['first', 'second'], note),
    lines: some(['l1', 'l2', 'l3'], drawn),
  })
  .map(({ nodes, places, groups, members, notes, lines }) => {
    const inGraph = ([id]: [string, unknown]) => Object.hasOwn(nodes, id);
    const connections = Object.entries(lines)
      .filter(([, { from, to }]) => Object.hasOwn(nodes, from) && Object.hasOwn(nodes, to))
      .map(([id, { from, to, port, grants, envPrefix }]) => line(id, `${from}.${port}`, `${to}.in`, grants, envPrefix));
    return {
      ...{ groups, notes },
      nodes: Object.fromEntries(Object.entries(nodes).map(([id, rest]) => [id, { id, ...rest } as GraphNode])),
      connections: Object.fromEntries(connections.map((each) => [each.id, each])),
      positions: Object.fromEntries(Object.entries(places).filter(inGraph)),
      members: Object.fromEntries(
        Object.entries(members)
          .filter(inGraph)
          .filter(([, of]) => Object.hasOwn(groups, of)),
      ),
    };
  });

/** Documents are the same when their files are. */
const text = (content: DocumentContent) => canonicalText(graphOf(content)) + canonicalLayoutText(layoutOf(content));

const base: DocumentContent = {
  ...EMPTY_CONTENT,
  nodes: { app: node('app', 'worker', { params: { size: 1 } }), queue: node('queue', 'queue') },
  connections: { take: line('take', 'queue.queue', 'app.queues', ['read']) },
  positions: { app: { x: 1, y: 1 } },
  groups: { back: { title: 'Back', color: 'red' } },
  members: { app: 'back' },
};

/** Two people's operations on one document, in both orders. */
function bothWays(mine: Operation[], theirs: Operation[], on = base): [DocumentContent, DocumentContent] {
  return [applyOperations(applyOperations(on, mine), theirs), applyOperations(applyOperations(on, theirs), mine)];
}

describe('difference', () => {
  test('applied to what was before, it makes what is after, exactly', () => {
    fc.assert(
      fc.property(contents, contents, (before, after) => {
        const operations = diffOperations(before, after);
        const made = applyOperations(before, JSON.parse(JSON.stringify(operations)) as Operation[]);
        expect(made).toEqual(after);
        expect(text(made)).toBe(text(after));
      }),
      { numRuns: 500 },
    );
  });

  test('of a document and itself there is none, and nothing is applied', () => {
    fc.assert(
      fc.property(contents, (content) => {
        expect(diffOperations(content, structuredClone(content))).toEqual([]);
        expect(applyOperations(content, [])).toBe(content);
      }),
    );
  });

  test('its operations can be sent: short paths, and values but for what is taken away', () => {
    fc.assert(
      fc.property(contents, contents, (before, after) => {
        for (const { path } of diffOperations(before, after)) {
          expect(path.length).toBeLessThanOrEqual(40);
          expect(path.every((part) => part.length <= 200)).toBe(true);
        }
      }),
    );
    const deep = JSON.parse(`${'{"a":'.repeat(60)}1${'}'.repeat(60)}`) as Record<string, unknown>;
    const after = { ...base, nodes: { ...base.nodes, app: node('app', 'worker', { params: deep }) } };
    expect(applyOperations(base, diffOperations(base, after))).toEqual(after);
    expect(Math.max(...diffOperations(base, after).map(({ path }) => path.length))).toBe(40);
  });

  test('tells what is new from what is changed', () => {
    const after = { ...base, nodes: { ...base.nodes, app: node('app', 'worker'), net: node('net', 'network') } };
    expect(diffOperations(base, after)).toEqual([
      { path: ['nodes', 'app', 'params', 'size'] },
      { path: ['nodes', 'net'], value: node('net', 'network'), create: true },
    ]);
  });

  test('leads a line to another box before its old box goes', () => {
    const { queue: _, ...nodes } = base.nodes;
    const after: DocumentContent = {
      ...base,
      nodes: { ...nodes, other: node('other', 'queue') },
      connections: { take: line('take', 'other.queue', 'app.queues', ['read']) },
    };
    expect(applyOperations(base, diffOperations(base, after))).toEqual(after);
  });
});

describe('two people at once', () => {
  /** An edit of one value: which one, and the operation. */
  const edit = fc
    .tuple(
      fc.constantFrom<Operation['path']>(
        ['nodes', 'app', 'name'],
        ['nodes', 'app', 'params', 'size'],
        ['nodes', 'app', 'params', 'deep', 'one'],
        ['nodes', 'app', 'params', 'deep', 'two'],
        ['nodes', 'queue', 'params', 'a'],
        ['nodes', 'queue', 'params', 'b'],
        ['connections', 'take', 'grants', 'read'],
        ['connections', 'take', 'grants', 'write'],
        ['connections', 'take', 'envPrefix'],
        ['positions', 'app'],
        ['groups', 'back', 'title'],
        ['members', 'queue'],
      ),
      fc.constantFrom('1', '2'),
    )
    .map(([path, given]): Operation => {
      const values: Record<string, unknown> = { positions: { x: Number(given), y: 0 }, members: 'back' };
      const isGrant = path[2] === 'grants';
      return { path, value: isGrant ? true : (values[path[0]] ?? given) };
    });

  test('edits of different values are all kept, whichever comes first', () => {
    fc.assert(
      fc.property(fc.array(edit), fc.array(edit), (mine, theirs) => {
        const paths = new Set(mine.map(({ path }) => path.join('/')));
        const [one, other] = bothWays(
          mine,
          theirs.filter(({ path }) => !paths.has(path.join('/'))),
        );
        expect(text(one)).toBe(text(other));
      }),
    );
  });

  test('first params of one box, set by two people, are both kept', () => {
    const withParam = (name: string) => {
      const queue = { ...node('queue', 'queue'), params: { [name]: 1 } };
      return diffOperations(base, { ...base, nodes: { ...base.nodes, queue } });
    };
    for (const made of bothWays(withParam('a'), withParam('b')))
      expect(made.nodes.queue?.params).toEqual({ a: 1, b: 1 });
  });

  test('grants are a set: ticks of two people add up, and none is there twice', () => {
    const grant = (name: string, isGranted = true): Operation => ({
      path: ['connections', 'take', 'grants', name],
      ...(isGranted ? { value: true } : {}),
    });
    const [one, other] = bothWays([grant('write'), grant('read')], [grant('delete'), grant('write')]);
    expect(one.connections.take?.grants).toEqual(['delete', 'read', 'write']);
    expect(other).toEqual(one);
    const [less] = bothWays([grant('read', false)], [grant('none', false)]);
    expect(less.connections.take?.grants).toEqual([]);
  });

  test('a box that goes takes along the line that somebody draws to it, its place and its membership', () => {
    const gone: Operation[] = [{ path: ['nodes', 'app'] }];
    const more: Operation[] = [
      { path: ['connections', 'more'], value: line('more', 'queue.dead', 'app.queues'), create: true },
      { path: ['positions', 'app'], value: { x: 2, y: 2 } },
      { path: ['nodes', 'app', 'name'], value: 'Renamed' },
    ];
    const [one, other] = bothWays(gone, more);
    expect(one).toEqual(other);
    expect(one).toEqual({ ...base, nodes: { queue: base.nodes.queue }, connections: {}, positions: {}, members: {} });
  });

  test('a group that goes frees its boxes, also the one that somebody puts into it', () => {
    const [one, other] = bothWays([{ path: ['groups', 'back'] }], [{ path: ['members', 'queue'], value: 'back' }]);
    expect(one).toEqual(other);
    expect([one.groups, one.members, Object.keys(one.nodes)]).toEqual([{}, {}, ['app', 'queue']]);
  });

  test('of two that set one value, the one that comes last is right', () => {
    const name = (value: string): Operation => ({ path: ['nodes', 'app', 'name'], value });
    const [one, other] = bothWays([name('mine')], [name('theirs')]);
    expect([one.nodes.app?.name, other.nodes.app?.name]).toEqual(['theirs', 'mine']);
  });

  test('an end of a line is one value: box and port of two people are never mixed', () => {
    const led = (from: string) => ({ ...base, connections: { take: line('take', from, 'app.queues', ['read']) } });
    const on = { ...base, nodes: { ...base.nodes, other: node('other', 'queue') } };
    const ends = bothWays(
      diffOperations(on, { ...led('other.queue'), nodes: on.nodes }),
      diffOperations(on, { ...led('queue.dead'), nodes: on.nodes }),
      on,
    );
    expect(ends.map((made) => made.connections.take?.from)).toEqual([
      { node: 'queue', port: 'dead' },
      { node: 'other', port: 'queue' },
    ]);
  });
});

describe('whatever comes', () => {
  const anyOperation = fc.record(
    {
      path: fc
        .tuple(
          fc.constantFrom(...COLLECTIONS, 'pixels', '__proto__'),
          fc.constantFrom(...NODES, ...GROUPS, 'l1', 'first', 'toString', '__proto__', 'constructor'),
          fc.array(
            fc.constantFrom(
              'name',
              'params',
              'grants',
              'read',
              'id',
              'from',
              'node',
              'toString',
              '__proto__',
              'prototype',
            ),
            { maxLength: 4 },
          ),
        )
        .map(([collection, id, keys]): Operation['path'] => [collection, id, ...keys]),
      value: fc.oneof(fc.jsonValue(), anyNode, group, note, fc.constantFrom(...NODES, ...GROUPS)),
      create: fc.constant(true as const),
    },
    { requiredKeys: ['path'] },
  ) as fc.Arbitrary<Operation>;
  const anyOperations = fc.array(anyOperation, { maxLength: 20 });

  test('applying never fails, changes nothing in place, and gives the same each time', () => {
    fc.assert(
      fc.property(contents, anyOperations, (content, operations) => {
        const before = structuredClone(content);
        const once = applyOperations(content, operations);
        expect(content).toEqual(before);
        expect(applyOperations(before, structuredClone(operations))).toEqual(once);
        expect(operations.reduce((made, operation) => applyOperations(made, [operation]), content)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  test('no line, place or membership is left without its box, and no record under another id than its own', () => {
    fc.assert(
      fc.property(contents, anyOperations, (content, operations) => {
        const made = applyOperations(content, operations);
        const isBox = (id: unknown) => typeof id === 'string' && Object.hasOwn(made.nodes, id);
        for (const [id, { id: own }] of Object.entries(made.nodes)) expect(own).toBe(id);
        for (const [id, each] of Object.entries(made.connections) as [string, Connection][])
          expect([each.id, isBox(each.from.node), isBox(each.to.node)]).toEqual([id, true, true]);
        expect(Object.keys({ ...made.positions, ...made.members }).every(isBox)).toBe(true);
        expect(Object.values(made.members).every((id) => Object.hasOwn(made.groups, id))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('a key that reaches a prototype does nothing', () => {
    for (const bad of ['__proto__', 'constructor', 'prototype']) {
      const paths: Operation['path'][] = [
        ['nodes', bad],
        ['nodes', 'app', 'params', bad],
        [bad, 'app'],
      ];
      for (const path of paths) expect(applyOperations(base, [{ path, value: { polluted: true } }])).toBe(base);
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('what is not touched keeps its identity', () => {
    const made = applyOperations(base, [{ path: ['nodes', 'app', 'name'], value: 'Renamed' }]);
    expect(made.nodes.queue).toBe(base.nodes.queue);
    expect(made.connections).toBe(base.connections);
    expect(applyOperations(base, [{ path: ['nodes', 'app', 'name'], value: 'app' }])).toBe(base);
  });
});
