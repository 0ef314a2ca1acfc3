import { describe, expect, test } from 'vitest';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import { createCatalog } from '../../schemas/rules/catalog.ts';
import { line, node, soundGraph, testCatalog, workerModule } from '../../schemas/rules/fixtures.ts';
import { createIssue } from '../../schemas/rules/issues.ts';
import { pointerSegments } from '../../schemas/rules/json-pointer.ts';
import { checkText, type Problem } from './check-text.ts';
import type { Knowledge } from './knowledge.ts';
import { type Mend, mendsOf } from './mends.ts';
import { nearNames } from './near-names.ts';

const catalog = testCatalog();
const graph = soundGraph();
const text = canonicalText(graph);
const scope = { project: 'orders', name: 'development' };
const knowledge: Knowledge = { catalog, graph, isApplied: () => false };

const problemsOf = (typed: string): Problem[] => checkText(catalog, typed, scope, () => false).problems;

function edited(typed: string, { changes }: Mend): string {
  return [...changes]
    .sort((left, right) => right.from - left.from)
    .reduce((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), typed);
}

/** The names of the mends of the first problem with this code, and the text after the named one. */
function mend(typed: string, code: string, name: string) {
  const problem = problemsOf(typed).find(({ issue }) => issue.code === code);
  if (!problem)
    throw new Error(
      `No ${code} in: ${problemsOf(typed)
        .map(({ issue }) => issue.code)
        .join(', ')}`,
    );
  const mends = mendsOf(typed, problem, knowledge);
  const chosen = mends.find((each) => each.name === name);
  return { names: mends.map((each) => each.name), after: chosen && edited(typed, chosen) };
}

const parsed = (json: string | undefined) => JSON.parse(json ?? '') as typeof graph;
const replaced = (from: string | RegExp, to: string) => {
  const typed = text.replace(from, to);
  expect(typed).not.toBe(text);
  return typed;
};

describe('a name that is not known', () => {
  test.each([
    ['unknown-grant', '"receive"', '"recieve"'],
    ['unknown-module', '"module": "queue"', '"module": "qeue"'],
    ['unknown-port', '"port": "queues"', '"port": "quees"'],
    ['unknown-node', '"node": "orders"', '"node": "order"'],
    ['unknown-version', '"version": "^1.0.0"', '"version": "^7.0.0"'],
  ])('%s becomes the nearest', (code, right, wrong) => {
    const { names, after } = mend(replaced(right, wrong), code, `Replace with ${/"[^"]*"$/.exec(right)?.[0]}`);
    expect(names[0]).toBe(`Replace with ${/"[^"]*"$/.exec(right)?.[0]}`);
    expect(after).toBe(text);
  });

  test('a box counts that is in the text alone', () => {
    const more = replaced('"nodes": [', '"nodes": [\n{"id":"billing","name":"b","module":"queue","version":"^1.0.0"},');
    const typed = more.replace(
      '"node": "orders",\n        "port": "queue"',
      '"node": "biling",\n        "port": "queue"',
    );
    expect(mend(typed, 'unknown-node', '').names).toContain('Replace with "billing"');
  });

  test('a grant can be taken away, the last of its list too', () => {
    expect(
      parsed(mend(replaced('"receive"', '"take"'), 'unknown-grant', 'Remove this grant').after).connections,
    ).toContainEqual(expect.objectContaining({ id: 'take', grants: [] }));
  });

  test('a connection can be taken away, wherever it is in the list', () => {
    for (const { id } of graph.connections) {
      const lines = graph.connections.map((line) =>
        line.id === id ? { ...line, to: { node: 'gone', port: 'x' } } : line,
      );
      const typed = canonicalText({ ...graph, connections: lines });
      const { after } = mend(typed, 'unknown-node', 'Remove this connection');
      expect(after).toBe(canonicalText({ ...graph, connections: graph.connections.filter((line) => line.id !== id) }));
    }
  });
});

describe('a line', () => {
  test('that runs backwards is turned around', () => {
    const lines = graph.connections.map((line) =>
      line.id === 'take' ? { ...line, from: line.to, to: line.from } : line,
    );
    const typed = canonicalText({ ...graph, connections: lines });
    expect(mend(typed, 'wrong-direction', 'Swap the two ends').after).toBe(text);
  });

  test('gets the grant that its port cannot do without', () => {
    expect(mend(replaced(/\[\s*"subscribe"\s*\]/, '[]'), 'missing-grant', 'Add "subscribe"').after).toContain(
      '["subscribe"]',
    );
  });

  test('with the id of another gets a free one', () => {
    expect(mend(replaced('"id": "take"', '"id": "feed"'), 'duplicate-id', 'Replace with "feed-2"').after).toBeDefined();
  });
});

describe('a line that is missing', () => {
  const without = (id: string, nodes = graph.nodes) =>
    canonicalText({ ...graph, nodes, connections: graph.connections.filter((line) => line.id !== id) });

  test('is drawn from each output that fits, as drawing it would', () => {
    const typed = without('in-net', [...graph.nodes, node('vpc', 'network')]);
    const { names, after } = mend(typed, 'missing-input', 'Connect it to vpc.network');
    expect(names).toEqual(['Connect it to net.network', 'Connect it to vpc.network']);
    expect(parsed(after).connections.at(-1)).toEqual({
      id: 'vpc-to-app',
      from: { node: 'vpc', port: 'network' },
      to: { node: 'app', port: 'network' },
      grants: [],
    });
    expect(problemsOf(after ?? '')).toEqual([]);
  });

  test('is written as the canonical text has it, the first one too', () => {
    const bare = canonicalText({ ...graph, connections: [] });
    const { after } = mend(bare, 'missing-input', 'Connect it to net.network');
    expect(after).toBe(canonicalText(parsed(after)));
    const { after: more } = mend(without('in-net'), 'missing-input', 'Connect it to net.network');
    expect(more).toContain('\n    {\n      "from": {\n        "node": "net",');
  });

  test('is not drawn where it would close a cycle, or where the port has none that fits', () => {
    const typed = without(
      'in-net',
      graph.nodes.filter(({ module }) => module !== 'network'),
    );
    expect(mend(typed, 'missing-input', '').names).toEqual([]);
  });
});

describe('a cycle', () => {
  const ring = canonicalText({
    ...graph,
    nodes: [...graph.nodes, node('back', 'worker')],
    connections: [
      ...graph.connections.filter(({ id }) => id !== 'take'),
      line('one', 'app.done', 'back.queues'),
      line('two', 'back.done', 'app.queues'),
      line('net-back', 'net.network', 'back.network'),
    ],
  });

  test('is opened at any of its connections', () => {
    const { names } = mend(ring, 'cycle', '');
    expect(names).toEqual(['Remove app → back', 'Remove back → app']);
    for (const [at, name] of names.entries()) {
      const after = mend(ring, 'cycle', name).after ?? '';
      expect(problemsOf(after).map(({ issue }) => issue.code)).toEqual([]);
      expect(parsed(after).connections.some(({ id }) => id === ['one', 'two'][at])).toBe(false);
      expect(parsed(after).connections).toHaveLength(4);
    }
  });

  test('is opened where several connections make one step by taking all of them', () => {
    const typed = canonicalText({
      ...parsed(ring),
      nodes: parsed(ring).nodes.map((each) => (each.id === 'app' ? { ...each, module: 'twice' } : each)),
    });
    const twice = {
      ...workerModule,
      id: 'twice',
      outputs: { ...workerModule.outputs, more: { title: 'more', contract: 'queue@1.0.0' } },
    };
    const more = createCatalog([...catalog.modules, twice], catalog.contracts, () => []);
    const doubled = canonicalText({
      ...parsed(typed),
      connections: [...parsed(typed).connections, line('also', 'app.more', 'back.queues')],
    });
    const problem = checkText(more, doubled, scope, () => false).problems.find(({ issue }) => issue.code === 'cycle');
    const mends = problem ? mendsOf(doubled, problem, { ...knowledge, catalog: more }) : [];
    expect(mends.map(({ name }) => name)).toEqual(['Remove app → back (2 connections)', 'Remove back → app']);
    const after = mends[0] && edited(doubled, mends[0]);
    expect(parsed(after).connections.map(({ id }) => id)).toEqual(['feed', 'in-net', 'net-back', 'two']);
  });
});

describe('an id', () => {
  /** The text with another id of the queue, in its lines too or at its box alone. */
  const renamed = (to: string, keys = /"(id|node)": "orders"/g) => replaced(keys, `"$1": "${to}"`);
  const atBox = /"(id)": "orders"/g;

  test.each([
    ['bad-id', 'Orders_In', 'orders-in'],
    ['bad-id', '-purchases-', 'purchases'],
    ['name-refused', 'orders--in', 'orders-in'],
    ['name-refused', 'purchases-s3alias', 'purchases'],
  ])('that is refused (%s, %s) becomes %s, in its lines too', (code, wrong, right) => {
    const { names, after } = mend(renamed(wrong), code, `Replace with "${right}" everywhere`);
    expect(names).toEqual([`Replace with "${right}" everywhere`]);
    expect(after).toBe(renamed(right));
    expect(problemsOf(after ?? '')).toEqual([]);
  });

  test('that is refused as soon as it is typed is mended with the lines that name the box as it was', () => {
    const { after } = mend(renamed('Purchases', atBox), 'bad-id', 'Replace with "purchases" everywhere');
    expect(after).toBe(renamed('purchases'));
  });

  test('that has the name of a second resource of another box gets a number', () => {
    const typed = canonicalText({ ...graph, nodes: [...graph.nodes, node('orders-dead-letters', 'queue')] });
    const { after } = mend(typed, 'name-refused', 'Replace with "orders-dead-letters-2"');
    expect(problemsOf(after ?? '')).toEqual([]);
  });

  test('that a line has in another form becomes the one of the box', () => {
    const typed = replaced('"node": "orders"', '"node": "Orders"');
    expect(mend(typed, 'bad-id', 'Replace with "orders"').after).toBe(text);
  });

  test('that was changed at the box alone is changed in all its lines, or put back', () => {
    const typed = renamed('purchases', atBox);
    const { names, after } = mend(typed, 'unknown-node', 'Rename everywhere to "purchases"');
    expect(names.slice(0, 2)).toEqual(['Rename everywhere to "purchases"', 'Put the id "orders" back']);
    expect(after).toBe(renamed('purchases'));
    expect(mend(typed, 'unknown-node', 'Put the id "orders" back').after).toBe(text);
  });

  test('of a box that is deployed is rather put back: under another id it would be another one', () => {
    const typed = renamed('purchases', atBox);
    const problem = problemsOf(typed).find(({ issue }) => issue.code === 'unknown-node');
    const [first] = problem ? mendsOf(typed, problem, { ...knowledge, isApplied: (id) => id === 'orders' }) : [];
    expect(first?.name).toBe('Put the id "orders" back');
  });

  test('that no box has becomes the nearest in every line', () => {
    const typed = replaced(/"node": "orders"/g, '"node": "oders"');
    const { names, after } = mend(typed, 'unknown-node', 'Replace with "orders" everywhere');
    expect(names).not.toContain('Replace with "orders"');
    expect(after).toBe(text);
  });
});

describe('the prefix of a line', () => {
  const twoQueues = (...prefixes: (string | undefined)[]) =>
    canonicalText({
      ...graph,
      nodes: [...graph.nodes, node('late', 'queue', { name: 'Late ones' })],
      connections: [
        ...graph.connections.filter(({ id }) => id !== 'take'),
        line('take', 'orders.queue', 'app.queues', ['receive'], prefixes[0]),
        line('take-late', 'late.queue', 'app.queues', ['receive'], prefixes[1]),
      ],
    });
  const prefixOf = (typed: string | undefined, line: string) =>
    parsed(typed).connections.find(({ id }) => id === line)?.envPrefix;

  test('that another line to the box has becomes one of its own', () => {
    const { names, after } = mend(twoQueues('JOBS', 'JOBS'), 'duplicate-variable', 'Replace with "LATE_ONES"');
    expect(names).toEqual(['Replace with "LATE_ONES"']);
    expect(prefixOf(after, 'take-late')).toBe('LATE_ONES');
    expect(problemsOf(after ?? '').map(({ issue }) => issue.code)).toEqual([]);
  });

  test('is added where the line has none and its box is called as the prefix of another one', () => {
    const { after } = mend(twoQueues('LATE', undefined), 'duplicate-variable', 'Add "envPrefix": "LATE_ONES"');
    expect(prefixOf(after, 'take-late')).toBe('LATE_ONES');
    expect(problemsOf(after ?? '').map(({ issue }) => issue.code)).toEqual([]);
  });

  test('that makes a variable of the runtime becomes the one of its box', () => {
    const contracts = catalog.contracts.map((each) =>
      each.title === 'queue' ? { ...each, env: { REGION: { value: '{url}' } } } : each,
    );
    const regions = createCatalog(catalog.modules, contracts, () => []);
    const typed = twoQueues('JOBS', 'AWS');
    const problems = (now: string) => checkText(regions, now, scope, () => false).problems;
    const problem = problems(typed).find(({ issue }) => issue.code === 'bad-variable');
    const [first] = problem ? mendsOf(typed, problem, { ...knowledge, catalog: regions }) : [];
    expect(first?.name).toBe('Replace with "LATE_ONES"');
    expect(problems(first ? edited(typed, first) : typed)).toEqual([]);
  });

  test('is written in the letters that variables have', () => {
    const { after } = mend(twoQueues('ordersQueue-in', 'LATE'), 'schema-violation', 'Replace with "ORDERS_QUEUE_IN"');
    expect(prefixOf(after, 'take')).toBe('ORDERS_QUEUE_IN');
  });
});

test.each([
  ['a\\nb\\u0007', 'a b'],
  ['x'.repeat(70), 'x'.repeat(60)],
  ['', 'orders'],
])('the name "%s" becomes one that is taken', (wrong, right) => {
  const typed = replaced('"name": "orders"', `"name": "${wrong}"`);
  const { after } = mend(typed, 'bad-name', `Replace with "${right}"`);
  expect(parsed(after).nodes.find(({ id }) => id === 'orders')?.name).toBe(right);
});

describe('a key', () => {
  test('that is not known is renamed or taken away', () => {
    const typed = replaced('"module": "queue",', '"module": "queue",\n      "prset": "slow",');
    expect(mend(typed, 'schema-violation', 'Rename to "preset"').after).toContain('"preset": "slow"');
    expect(mend(typed, 'schema-violation', 'Remove "prset"').after).toBe(text);
  });

  test('that is missing is added with what it is likely to be', () => {
    const typed = replaced(/,\n {6}"version": "\^1.0.0"/, '');
    expect(mend(typed, 'schema-violation', 'Add "version": "^1.0.0"').after).toBe(text);
    const bare = replaced(/,?\s*"grants": \[\s*"receive"\s*\]/, '').replace(/\{\s*,/, '{');
    const { after } = mend(bare, 'schema-violation', 'Add "grants": ["receive"]');
    expect(parsed(after).connections).toContainEqual(graph.connections[2]);
  });

  test('in the params, by the schema of the module', () => {
    const problem = (path: string) => {
      const issue = createIssue('invalid-params', path, { message: '', got: '', expected: '', fix: '' });
      return { from: 0, to: 0, message: '', fix: '', blocks: issue.blocks, issue, path: pointerSegments(path) };
    };
    const withParams = (params: object) =>
      JSON.stringify({
        ...graph,
        nodes: graph.nodes.map((node) => (node.module === 'queue' ? { ...node, params } : node)),
      });
    const index = graph.nodes.findIndex(({ module }) => module === 'queue');
    const names = (params: object, path: string) =>
      mendsOf(withParams(params), problem(`/nodes/${index}/params${path}`), knowledge).map(({ name }) => name);
    expect(names({ dealy: 3 }, '/dealy')).toEqual(['Rename to "delay"', 'Remove "dealy"']);
    expect(names({ delay: 1000 }, '/delay')).toEqual(['Replace with 900']);
    expect(names({ delay: '30' }, '/delay')).toEqual(['Replace with 30']);
    expect(names({ scaling: { mots: 3 } }, '/scaling/mots')).toEqual(['Rename to "most"', 'Remove "mots"']);
    expect(names({ password: 'short' }, '/password')).toEqual([]);
  });
});

test('a comma that is missing is put behind the value', () => {
  expect(mend(replaced('"name": "orders",', '"name": "orders"'), 'bad-json', 'Add a comma').after).toBe(text);
  expect(mend(replaced('"name": "orders",', '"name": "orders" "x",'), 'bad-json', '').names).toEqual([]);
});

test('near names are those that look alike, and few', () => {
  expect(nearNames('recieve', ['delete', 'receive', 'send', 'purge'])[0]).toBe('receive');
  expect(nearNames('zzz', ['delete', 'receive', 'send', 'purge'])).toEqual([]);
  expect(nearNames('zzz', ['send', 'receive'])).toHaveLength(2);
});
