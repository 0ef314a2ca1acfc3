// Laws of reading a graph file: every flaw of text and shape, with its place.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkText } from './check-text.ts';
import { soundGraph, testCatalog } from './fixtures.ts';
import { scanJson } from './json-scanner.ts';
import { parseGraph } from './parse-document.ts';
import { validateGraph } from './validate-graph.ts';

function found(text: string): string[] {
  return parseGraph(text).issues.map(({ code, path }) => `${code} ${path}`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('a sound graph file is read', () => {
  expect(parseGraph(JSON.stringify(soundGraph()))).toEqual({ graph: soundGraph(), issues: [], findings: [] });
  expect(parseGraph(`\uFEFF${JSON.stringify(soundGraph())}`).issues).toEqual([]);
});

test.each([
  ['{"nodes": [1,\n  2 3]}', 'line 2, column 5', '"3"', '"," or "]"'],
  ['{"a": tru}', 'line 1, column 7', '"t"', 'a value'],
  ['{"a": "x', 'line 1, column 9', 'the end of the text', 'the closing quote of a text'],
  ['{"a": 1} x', 'line 1, column 10', '"x"', 'the end of the text'],
  ["{'a': 1}", 'line 1, column 2', '"\'"', 'a key in double quotes'],
  ['', 'line 1, column 1', 'the end of the text', 'a value'],
])('%j is refused at %s', (text, place, got, expected) => {
  const [issue, ...others] = parseGraph(text).issues;
  expect(others).toEqual([]);
  expect(issue).toMatchObject({ code: 'bad-json', got, expected, blocks: 'save' });
  expect(issue?.message).toContain(place);
});

test('keys that are there twice or reach a prototype are told with the flaws of the shape', () => {
  const text =
    '{"schemaVersion":1,"nodes":[{"id":"a1","id":"a2","name":"A","module":"m1","version":"*","params":{"\\u005f_proto__":{"x":1}}}],"connections":[]}';
  expect(found(text)).toEqual(['duplicate-key /nodes/0/id', 'forbidden-key /nodes/0/params/__proto__']);
  expect(found('{"constructor":1,"nodes":[],"nodes":[]}')).toEqual([
    'forbidden-key /constructor',
    'duplicate-key /nodes',
    'schema-violation /schemaVersion',
    'schema-violation /connections',
    'schema-violation /constructor',
  ]);
});

test('values that came as JSON and not as text are held to the same law', () => {
  const value: unknown = JSON.parse('{"schemaVersion":1,"nodes":[],"connections":[],"x":{"y":{"__proto__":1}}}');
  expect(validateGraph(value).map(({ code, path }) => `${code} ${path}`)).toEqual([
    'forbidden-key /x/y/__proto__',
    'schema-violation /x',
  ]);
  let deep: unknown = {};
  for (let level = 0; level < 50_000; level += 1) deep = { deep };
  expect(validateGraph(deep).map(({ code }) => code)).toEqual(['too-deep']);
  const wide = Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`k${index}`, 1]));
  expect(validateGraph(wide).map(({ code }) => code)).toEqual(['too-many-keys']);
});

describe('flaws of the shape', () => {
  test('ids and names say what is expected of them', () => {
    const graph = {
      schemaVersion: 1,
      nodes: [{ id: 'Bad Id', name: 'two\nlines', module: 'queue', version: '1' }],
      connections: [{}],
    };
    expect(found(JSON.stringify(graph))).toEqual([
      'bad-id /nodes/0/id',
      'bad-name /nodes/0/name',
      'schema-violation /connections/0/id',
      'schema-violation /connections/0/from',
      'schema-violation /connections/0/to',
      'schema-violation /connections/0/grants',
    ]);
  });

  test('after 200 issues the rest is counted', () => {
    const { issues } = parseGraph(JSON.stringify({ schemaVersion: 1, nodes: Array(500).fill(1), connections: [] }));
    expect(issues).toHaveLength(201);
    expect(issues.at(-1)).toMatchObject({ code: 'more-issues', got: '300 more' });
  });

  test('10,000 nodes are taken and 10,001 refused', () => {
    const nodes = Array.from({ length: 10_000 }, (_, index) => ({
      id: `t${index}x`,
      name: 'T',
      module: 'topic',
      version: '*',
    }));
    expect(found(JSON.stringify({ schemaVersion: 1, nodes, connections: [] }))).toEqual([]);
    const more = [...nodes, { ...nodes[0], id: 'last' }];
    expect(found(JSON.stringify({ schemaVersion: 1, nodes: more, connections: [] }))).toEqual([
      'too-many-nodes /nodes',
    ]);
  });
});

test('the sound parts of a broken file are checked, and nothing is blamed on the broken ones', () => {
  const { nodes, connections } = soundGraph();
  const text = JSON.stringify({
    schemaVersion: 1,
    nodes: [...nodes, { id: 'late', name: 'Late', module: 'nothing', version: '1' }],
    connections: connections.map((entry) => (entry.id === 'in-net' ? { ...entry, colour: 'red' } : entry)),
  }).replace('"name":"orders"', '"name":7');
  expect(checkText(testCatalog(), text).issues.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'bad-name /nodes/2/name',
    'schema-violation /connections/0/colour',
    'unknown-module /nodes/4/module',
  ]);
});

describe('junk of five megabytes ends in issues', () => {
  const size = 5_000_000;
  test.each([
    ['brackets', '['.repeat(size), ['too-deep']],
    ['digits', '1'.repeat(size), ['schema-violation']],
    ['an open text', `"${'a'.repeat(size)}`, ['bad-json']],
    ['a list of numbers', `[${'1,'.repeat(size / 2)}1]`, ['schema-violation']],
    [
      'keys without end',
      `{${Array.from({ length: 400_000 }, (_, index) => `"k${index}":1`).join()}}`,
      ['too-many-keys'],
    ],
    ['one key for ever', `{${'"a":1,'.repeat(size / 6)}"a":1}`, ['duplicate-key', 'more-issues', 'schema-violation']],
    [
      'empty connections',
      `{"schemaVersion":1,"nodes":[],"connections":[${'{},'.repeat(size / 3)}{}]}`,
      ['too-many-connections', 'schema-violation', 'more-issues'],
    ],
  ])('%s', (_what, text, codes) => {
    const { graph, issues } = parseGraph(text);
    expect(graph).toBeUndefined();
    expect([...new Set(issues.map(({ code }) => code))]).toEqual(codes);
    expect(issues.length).toBeLessThan(410);
  });
});

test('the scanner takes a text exactly where JSON.parse takes it', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '\\u00e9',
    '1',
    '-',
    '0',
    '.5',
    'e+1',
    'true',
    'null',
    ' ',
    '\n',
    '\u0001',
  );
  const text = fc.oneof(
    fc.json(),
    fc.string(),
    fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (source) => {
      const broken = scanJson(source).findings.some(({ code }) => code === 'bad-json');
      expect(broken).toBe(!isJson(source));
    }),
    { numRuns: 2000 },
  );
});
