// Laws of can-connect: it lets in exactly the lines that check-graph has nothing against.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Connection, Graph, PortRef } from '../generated/types.ts';
import { canConnect, connectFrom, connectTo } from './can-connect.ts';
import { checkGraph } from './check-graph.ts';
import { graphOf, line, node, soundGraph, testCatalog } from './fixtures.ts';

const catalog = testCatalog();

function port(text: string): PortRef {
  const [name = '', of = ''] = text.split('.');
  return { node: name, port: of };
}

function answer(from: string, to: string, graph: Graph = soundGraph()): string {
  const verdict = canConnect(catalog, graph, port(from), port(to));
  return verdict.ok ? `${verdict.contract.title} [${verdict.grants.join()}] ${verdict.envPrefix ?? '-'}` : verdict.code;
}

test('a line that may be drawn comes with its contract, its least grant and a prefix of its own', () => {
  expect(answer('news.topic', 'app.publishes')).toBe('topic [publish] NEWS');
  expect(answer('orders.deadLetters', 'app.queues')).toBe('queue [receive] ORDERS_DEAD_LETTERS');
});

test('a line to something without an identity carries what the port requires, and sets no variables', () => {
  const graph = soundGraph();
  graph.nodes.push(node('late', 'queue'));
  expect(answer('news.topic', 'late.subscribesTo', graph)).toBe('topic [subscribe] -');
});

test.each([
  ['news.topic', 'app.queues', 'incompatible-contract'],
  ['orders.queue', 'app.newer', 'incompatible-contract'],
  ['app.queues', 'orders.queue', 'wrong-direction'],
  ['orders.queue', 'app.nothing', 'unknown-port'],
  ['orders.queue', 'gone.queues', 'unknown-node'],
  ['net.network', 'app.network', 'duplicate-connection'],
  ['app.done', 'app.queues', 'cycle'],
])('%s to %s is refused: %s', (from, to, code) => {
  expect(answer(from, to)).toBe(code);
});

test('a second producer and a cycle over several nodes are refused', () => {
  const graph = soundGraph();
  graph.nodes.push(node('net-two', 'network'), node('next', 'worker'));
  graph.connections.push(line('on', 'app.done', 'next.queues'));
  expect(answer('net-two.network', 'app.network', graph)).toBe('too-many-producers');
  expect(answer('next.done', 'app.queues', graph)).toBe('cycle');
});

const index = fc.nat({ max: 5 });
const attempt = fc.record({ giver: index, output: index, taker: index, input: index, stray: fc.nat({ max: 20 }) });

/** Mostly ports that the two nodes have; now and then one that they have not, or a node that is not there. */
function attemptedLine(graph: Graph, { giver, output, taker, input, stray }: Attempt): { from: PortRef; to: PortRef } {
  const [from, to] = [graph.nodes[giver], graph.nodes[taker]];
  const outputs = Object.keys(catalog.findModule(from?.module ?? '', '*')?.outputs ?? {});
  const inputs = Object.keys(catalog.findModule(to?.module ?? '', '*')?.inputs ?? {});
  return {
    from: { node: from?.id ?? '', port: outputs[output % outputs.length] ?? 'none' },
    to: { node: stray === 0 ? 'gone' : (to?.id ?? ''), port: inputs[input % inputs.length] ?? outputs[0] ?? 'none' },
  };
}

type Attempt = typeof attempt extends fc.Arbitrary<infer T> ? T : never;

test('a line that it lets in adds no issue; one that it refuses adds the issue of its code', () => {
  const kinds = fc.array(fc.constantFrom('queue', 'topic', 'network', 'database', 'worker', 'worker'), {
    minLength: 6,
    maxLength: 6,
  });
  const codes = new Map<string, number>();
  fc.assert(
    fc.property(kinds, fc.array(attempt, { minLength: 10, maxLength: 40 }), (some, attempts) => {
      const graph = graphOf(some.map((kind, at) => node(`n${at}`, kind)));
      for (const [at, tried] of attempts.entries()) {
        const { from, to } = attemptedLine(graph, tried);
        const verdict = connectFrom(catalog, graph, from)(to);
        expect(connectTo(catalog, graph, to)(from)).toEqual(verdict);
        const connection: Connection = { id: `c${at}x`, from, to, grants: verdict.ok ? verdict.grants : [] };
        if (verdict.ok && verdict.envPrefix !== undefined) connection.envPrefix = verdict.envPrefix;
        const issues = checkGraph(catalog, graphOf(graph.nodes, [...graph.connections, connection]));
        const found = issues.map(({ code }) => code).filter((code) => code !== 'missing-input');
        const code = verdict.ok ? 'ok' : verdict.code;
        codes.set(code, (codes.get(code) ?? 0) + 1);
        expect(verdict.ok ? found : found.includes(verdict.code)).toEqual(verdict.ok ? [] : true);
        if (verdict.ok) graph.connections.push(connection);
      }
    }),
    { numRuns: 100 },
  );
  // The law says nothing where it meets one kind of line only.
  for (const code of ['ok', 'cycle', 'incompatible-contract', 'duplicate-connection', 'unknown-node']) {
    expect(codes.get(code)).toBeGreaterThan(0);
  }
});
