import { describe, expect, test } from 'vitest';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import { soundGraph, testCatalog } from '../../schemas/rules/fixtures.ts';
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
