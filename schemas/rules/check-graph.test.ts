// Laws of check-graph: every issue at once, each where it belongs.
import { describe, expect, test } from 'vitest';
import type { Graph, Issue } from '../generated/types.ts';
import { checkGraph, createGraphCheck } from './check-graph.ts';
import { graphOf, line, node, soundGraph, testCatalog, topicContract } from './fixtures.ts';

const catalog = testCatalog();

function check(graph: Graph, environment?: { project: string; name: string }): Issue[] {
  return checkGraph(catalog, graph, environment);
}

function found(graph: Graph): string[] {
  return check(graph).map(({ code, path, blocks }) => `${code} ${path} ${blocks}`);
}

/** The sound graph with one thing changed. */
function changed(change: (graph: Graph) => void): Graph {
  const graph = soundGraph();
  change(graph);
  return graph;
}

test('a sound graph has no issues', () => {
  expect(check(soundGraph(), { project: 'shop', name: 'development' })).toEqual([]);
});

describe('every way to be wrong has its code, its place and what it blocks', () => {
  const cases: [what: string, graph: Graph, expected: string[]][] = [
    [
      'an unknown module',
      changed(({ nodes }) => nodes.push(node('x1', 'nothing'))),
      ['unknown-module /nodes/4/module save'],
    ],
    [
      'an unknown version',
      changed(({ nodes }) => nodes.push(node('x1', 'topic', { version: '^2.0.0' }))),
      ['unknown-version /nodes/4/version plan'],
    ],
    [
      'a version that is no range',
      changed(({ nodes }) => nodes.push(node('x1', 'topic', { version: 'newest!' }))),
      ['unknown-version /nodes/4/version plan'],
    ],
    [
      'an unknown preset',
      changed(({ nodes }) => nodes.push(node('x1', 'topic', { preset: 'constructor' }))),
      ['unknown-preset /nodes/4/preset plan'],
    ],
    [
      'params that break the schema',
      changed(({ nodes }) => nodes.push(node('x1', 'queue', { params: { delay: -1, 'a/b': 1 } }))),
      ['invalid-params /nodes/4/params/a~1b plan', 'invalid-params /nodes/4/params/delay plan'],
    ],
    ['a missing input', changed(({ connections }) => connections.shift()), ['missing-input /nodes/3 plan']],
    [
      'two producers on an input that takes one',
      changed(({ nodes, connections }) => {
        nodes.push(node('net-two', 'network'));
        connections.push(line('second', 'net-two.network', 'app.network'));
      }),
      ['too-many-producers /connections/3/to save'],
    ],
    [
      'another contract',
      changed(({ connections }) => connections.push(line('bad', 'news.topic', 'app.queues'))),
      ['incompatible-contract /connections/3/to/port save'],
    ],
    [
      'a contract version out of range',
      changed(({ connections }) => connections.push(line('bad', 'orders.queue', 'app.newer'))),
      ['incompatible-contract /connections/3/to/port save'],
    ],
    [
      'a port that is not there',
      changed(({ connections }) => connections.push(line('bad', 'orders.constructor', 'app.queues'))),
      ['unknown-port /connections/3/from/port save'],
    ],
    [
      'a line drawn backwards',
      changed(({ connections }) => connections.push(line('bad', 'app.queues', 'orders.queue'))),
      ['wrong-direction /connections/3/from/port save'],
    ],
    [
      'a node that is not there, at both ends',
      changed(({ connections }) => connections.push(line('bad', 'one.queue', 'two.queues'))),
      ['unknown-node /connections/3/from/node save', 'unknown-node /connections/3/to/node save'],
    ],
    [
      'a grant that the contract does not offer',
      changed(({ connections }) => connections[2]?.grants.push('purge')),
      ['unknown-grant /connections/2/grants/1 plan'],
    ],
    [
      'a grant that makes no sense on the port',
      changed(({ connections }) => connections.push(line('pub', 'news.topic', 'app.publishes', ['subscribe']))),
      ['grant-not-offered-here /connections/3/grants/0 plan'],
    ],
    [
      'a required grant that is not there',
      changed(({ connections }) => connections[1]?.grants.pop()),
      ['missing-grant /connections/1/grants plan'],
    ],
    [
      'two nodes with one id',
      changed(({ nodes }) => nodes.push(node('orders', 'topic'))),
      ['duplicate-id /nodes/4/id save'],
    ],
    [
      'two connections with one id',
      changed(({ connections }) => connections.push(line('take', 'news.topic', 'app.publishes'))),
      ['duplicate-id /connections/3/id save'],
    ],
    [
      'two lines between two ports',
      changed(({ connections }) => connections.push(line('again', 'orders.queue', 'app.queues', [], 'OTHER'))),
      ['duplicate-connection /connections/3 save'],
    ],
    [
      'an id that AWS would refuse',
      changed(({ nodes }) => nodes.push(node('two--hyphens', 'topic'))),
      ['name-refused /nodes/4/id plan'],
    ],
    [
      'an id that is the name of a second resource of another node',
      changed(({ nodes }) => nodes.push(node('orders-dead-letters', 'queue'))),
      ['name-refused /nodes/4/id plan'],
    ],
    [
      'two lines that set one variable',
      changed(({ connections }) => connections.push(line('dead', 'orders.deadLetters', 'app.queues'))),
      ['duplicate-variable /connections/3/envPrefix plan'],
    ],
  ];

  test.each(cases)('%s', (_what, graph, expected) => {
    expect(found(graph)).toEqual(expected);
  });
});

test('an issue says what was got, what was expected and how to mend it', () => {
  const graph = changed(({ connections }) => connections[2]?.grants.push('purge'));
  const [issue] = check(graph);
  expect(issue).toMatchObject({ connection: 'take', got: 'purge', expected: 'any of receive, send' });
  expect(issue?.fix).not.toBe('');
});

test('all issues of one graph are told together', () => {
  const graph = graphOf(
    [node('app', 'worker'), node('app', 'nothing'), node('q1', 'queue', { params: { delay: 'soon' } })],
    [line('c1', 'q1.queue', 'gone.queues', ['purge']), line('c1', 'q1.queue', 'app.queues', ['purge'])],
  );
  expect(new Set(check(graph).map(({ code }) => code))).toEqual(
    new Set(['duplicate-id', 'unknown-module', 'invalid-params', 'unknown-node', 'unknown-grant', 'missing-input']),
  );
});

test('a cycle names the nodes on it, and cycles apart from one another are told apart', () => {
  const nodes = ['a1', 'a2', 'b1', 'b2'].map((id) => node(id, 'worker'));
  const connections = [
    line('c1', 'a1.done', 'a2.queues'),
    line('c2', 'a2.done', 'a1.queues'),
    line('c3', 'b1.done', 'b2.queues'),
    line('c4', 'b2.done', 'b1.queues'),
  ];
  const cycles = check(graphOf(nodes, connections)).filter(({ code }) => code === 'cycle');
  expect(cycles.map(({ got, path }) => [got, path])).toEqual([
    ['a cycle of 2: a1, a2, a1', '/connections/0'],
    ['a cycle of 2: b1, b2, b1', '/connections/2'],
  ]);
});

test('a secret param is never quoted, and its sealed form is taken', () => {
  const secret = 'hush';
  const [issue] = check(graphOf([node('q1', 'queue', { params: { password: secret } })]));
  expect(issue).toMatchObject({ code: 'invalid-params', path: '/nodes/0/params/password', got: '[secret]' });
  expect(JSON.stringify(issue)).not.toContain(secret);
  expect(check(graphOf([node('q1', 'queue', { params: { password: { $secret: 'id-1' } } })]))).toEqual([]);
  expect(check(graphOf([node('q1', 'queue', { params: { password: { $secret: 'id-1', x: 1 } } })]))).toHaveLength(1);
});

test('names are judged by project and environment where these are known', () => {
  const codes = check(soundGraph(), { project: 'internal', name: 'development' }).map(({ code }) => code);
  expect(codes).toEqual(['name-refused']);
});

test('a variable that the runtime keeps for itself is refused', () => {
  const graph = changed(({ connections }) =>
    connections.push(line('pub', 'news.topic', 'app.publishes', [], 'AWS_LAMBDA')),
  );
  expect(found(graph)).toEqual(['bad-variable /connections/3/envPrefix plan']);
});

test('a role that would pass the IAM quota is told before anything is made', () => {
  const topics = Array.from({ length: 120 }, (_, index) => node(`t${index}x`, 'topic'));
  const lines = topics.map(({ id }) => line(`c-${id}`, `${id}.topic`, 'app.publishes', ['publish']));
  const issues = check(changed((graph) => void (graph.nodes.push(...topics), graph.connections.push(...lines))));
  expect(issues.map(({ code, node: id }) => [code, id])).toEqual([['policy-too-large', 'app']]);
  expect(topicContract.grants.publish?.statements).toHaveLength(1);
});

test('10,000 nodes are checked and 10,001 refused', () => {
  const nodes = Array.from({ length: 10_000 }, (_, index) => node(`t${index}x`, 'topic'));
  expect(check(graphOf(nodes))).toEqual([]);
  expect(found(graphOf([...nodes, node('last', 'topic')]))).toEqual(['too-many-nodes /nodes save']);
});

test('a chain of 10,000 nodes, and a ring of them, are followed to the end', () => {
  const nodes = Array.from({ length: 10_000 }, (_, index) => node(`w${index}x`, 'worker'));
  const chain = nodes.slice(1).map(({ id }, index) => line(`c${index}x`, `w${index}x.done`, `${id}.queues`));
  expect(check(graphOf(nodes, chain)).filter(({ code }) => code !== 'missing-input')).toEqual([]);
  const ring = [...chain, line('close', 'w9999x.done', 'w0x.queues')];
  const [cycle, ...others] = check(graphOf(nodes, ring)).filter(({ code }) => code !== 'missing-input');
  expect(cycle?.got).toMatch(/^a cycle of 10000: .* and 9989 more$/);
  expect(others).toEqual([]);
});

test('a check that remembers says after every edit what a check from the start says', () => {
  const again = createGraphCheck(catalog);
  const graph = soundGraph();
  const edits: ((graph: Graph) => Graph)[] = [
    (before) => before,
    (before) => ({ ...before, nodes: before.nodes.map((each) => ({ ...each, params: { odd: 1 } })) }),
    (before) => ({ ...before, nodes: before.nodes.map((each) => ({ ...each, preset: 'none' })) }),
    (before) => ({ ...before, nodes: before.nodes.map((each) => ({ ...each, name: 'Renamed' })) }),
    (before) => ({ ...before, nodes: before.nodes.map((each) => ({ ...each, module: 'queue' })) }),
    (before) => ({ ...before, nodes: before.nodes.map((each) => ({ ...each, version: '^9.0.0' })) }),
    (before) => ({ ...before, nodes: before.nodes.slice(1) }),
    (before) => ({ ...before, connections: before.connections.slice(1) }),
    (before) => ({ ...before, connections: before.connections.map((each) => ({ ...each, grants: ['none'] })) }),
    () => graph,
  ];
  const told = edits.map((edit) => [again(edit(graph)), check(edit(graph))]);
  for (const [remembered, fresh] of told) expect(remembered).toEqual(fresh);
  expect(new Set(told.map(([issues]) => JSON.stringify(issues))).size).toBeGreaterThan(6);
});
