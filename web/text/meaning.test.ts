import { describe, expect, test } from 'vitest';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import { contentOf, type DocumentContent } from '../../schemas/rules/content.ts';
import { graphOf, line, node, soundGraph, testCatalog } from '../../schemas/rules/fixtures.ts';
import { applyText } from './apply-text.ts';
import { missingCommas, suggestAt } from './assistance.ts';
import { canonicalTextOf, withKnownRecords } from './canonical-entries.ts';
import { checkText } from './check-text.ts';
import { explain } from './explain.ts';
import { summaryOf } from './folding.ts';
import type { Knowledge } from './knowledge.ts';
import { entryAt, outlineOf } from './outline.ts';
import { positionAt } from './text-position.ts';

const catalog = testCatalog();
const graph = soundGraph();
const text = canonicalText(graph);
const scope = { project: 'orders', name: 'development' };
const content: DocumentContent = contentOf(graph, { schemaVersion: 1, nodes: { net: { x: 0, y: 0 } } });
const knowledge: Knowledge = { catalog, graph, isApplied: (id) => id === 'orders' };

/** The cursor is where the bar stands. */
function at(marked: string) {
  const position = positionAt(marked.replace('|', ''), marked.indexOf('|'));
  if (!position) throw new Error('The cursor is nowhere.');
  return position;
}

const labelsAt = (marked: string) =>
  [...suggestAt(at(marked), knowledge)].sort((a, b) => (b.rank ?? 0) - (a.rank ?? 0)).map(({ label }) => label);

/** The text with one box or line more, as it is typed. */
const withNode = (typed: string) => text.replace('"nodes": [', `"nodes": [\n    ${typed}`);
const withLine = (typed: string) => text.replace('"connections": [', `"connections": [\n    ${typed}`);

describe('what the text changes', () => {
  test('nothing, where the graph is the same', () => {
    expect(applyText(content, content, JSON.parse(text) as typeof graph, catalog)).toBe(content);
  });

  test('one record, and every other keeps its identity', () => {
    const edited = JSON.parse(text.replace('"name": "orders"', '"name": "Orders"')) as typeof graph;
    const next = applyText(content, content, edited, catalog);
    expect(next.nodes.orders?.name).toBe('Orders');
    expect(next.nodes.news).toBe(content.nodes.news);
    expect(next.connections).toBe(content.connections);
  });

  test('a box under another id stays where it stands and in its group, with its lines', () => {
    const grouped = contentOf(graph, {
      schemaVersion: 1,
      nodes: { net: { x: 0, y: 0 }, orders: { x: 80, y: 40 } },
      groups: { work: { title: 'Work', color: 'blue' } },
      members: { orders: 'work' },
    });
    const typed = JSON.parse(text.replaceAll(/"(id|node)": "orders"/g, '"$1": "purchases"')) as typeof graph;
    const next = applyText(grouped, grouped, typed, catalog);
    expect(next.positions).toEqual({ net: { x: 0, y: 0 }, purchases: { x: 80, y: 40 } });
    expect(next.members).toEqual({ purchases: 'work' });
    expect(next.connections.feed?.to.node).toBe('purchases');
    expect(next.nodes.orders).toBeUndefined();
  });

  test("records whose text stands as it was are the document's own", () => {
    canonicalTextOf(content);
    const edited = text.replace('"name": "orders"', '"name": "Orders"');
    const parsed = JSON.parse(edited) as typeof graph;
    const known = withKnownRecords(parsed, content, edited, outlineOf(edited, parsed));
    expect(known).toEqual(parsed);
    const fresh = [...known.nodes, ...known.connections].filter(
      (record) => content.nodes[record.id] !== record && content.connections[record.id] !== record,
    );
    expect(fresh.map(({ id }) => id)).toEqual(['orders']);
  });

  test('only what the person changed since the text was in step', () => {
    const others = { ...content, nodes: { ...content.nodes, news: node('news', 'topic', { name: 'theirs' }) } };
    const edited = JSON.parse(text.replace('"name": "orders"', '"name": "mine"')) as typeof graph;
    const next = applyText(others, content, edited, catalog);
    expect([next.nodes.news?.name, next.nodes.orders?.name]).toEqual(['theirs', 'mine']);
  });

  test('a new box stands beside what it is connected to', () => {
    const more = graphOf(
      [...graph.nodes, node('more', 'worker')],
      [...graph.connections, line('l', 'net.network', 'more.network')],
    );
    const { positions } = applyText(content, content, more, catalog);
    expect(positions.more?.x).toBeGreaterThan(0);
    expect(positions.net).toBe(content.positions.net);
  });
});

describe('what is wrong and where', () => {
  const check = (broken: string) => checkText(catalog, broken, scope, () => false);
  const marked = (broken: string) => {
    const { problems } = check(broken);
    return problems.map(({ from, to }) => broken.slice(from, to));
  };

  test('a sound text has no problem and is the graph', () => {
    expect(check(text)).toMatchObject({ graph: JSON.parse(text) as object, problems: [] });
  });

  test('a missing comma is marked where the text breaks, in words of the text', () => {
    const broken = text.replace('"name": "orders",', '"name": "orders"');
    const { problems, graph: none } = check(broken);
    expect(none).toBeUndefined();
    expect(problems[0]?.message).toBe('expected "," or "}", got a double quote');
    expect(broken.slice(problems[0]?.from).startsWith('"version"')).toBe(true);
  });

  test('a value is marked, and of a missing key the record', () => {
    expect(marked(text.replace('"module": "queue"', '"module": "gueue"'))).toContain('"gueue"');
    expect(marked(text.replace('"port": "queues"', '"port": "quits"'))).toContain('"quits"');
    expect(marked(text.replace(/,\n {6}"version": "\^1.0.0"/, ''))[0]).toMatch(/^\{/);
  });

  test('a flaw that the document has already does not keep the text out', () => {
    const flawed = text.replace('"module": "queue"', '"module": "gone"');
    expect(checkText(catalog, flawed, scope, () => true).graph).toBeDefined();
    expect(checkText(catalog, flawed, scope, () => false).graph).toBeUndefined();
  });
});

test('the outline knows every box and line by its place', () => {
  const outline = outlineOf(text, JSON.parse(text) as typeof graph);
  expect(outline).toHaveLength(7);
  for (const { id, from, to } of outline) expect((JSON.parse(text.slice(from, to)) as { id: string }).id).toBe(id);
  expect(entryAt(outline, text.indexOf('"worker"'))).toMatchObject({ kind: 'node', id: 'app' });
  expect(entryAt(outline, text.indexOf('"nodes"'))).toBeUndefined();
});

describe('completion', () => {
  test('keys that are not there yet, required ones first', () => {
    const labels = labelsAt(withNode('{ "id": "x", "|" },'));
    expect(labels.slice(0, 3).sort()).toEqual(['module', 'name', 'version']);
    expect(labels).not.toContain('id');
  });

  test('modules, versions and presets, in text that is broken behind the cursor', () => {
    expect(labelsAt(withNode('{ "module": "|\n'))).toContain('worker');
    expect(labelsAt(withNode('{ "module": "queue", "version": "|"'))).toContain('^1.0.0');
    expect(labelsAt(withNode('{\n "preset": "|"\n "module": "queue",'))).toEqual(['standard', 'slow']);
  });

  test('params by the path in the schema, with their values', () => {
    expect(labelsAt(withNode('{ "module": "queue", "params": { "|" } },'))).toEqual([
      'delay',
      'tags',
      'scaling',
      'password',
    ]);
    expect(labelsAt(withNode('{ "module": "queue", "params": { "scaling": { "|" } } },'))).toEqual(['least', 'most']);
    expect(labelsAt(withNode('{ "module": "queue", "params": { "delay": | } },'))).toEqual(['0']);
  });

  test('ports that fit come first, boxes that have one too', () => {
    const from = '{ "from": { "node": "orders", "port": "deadLetters" },';
    expect(labelsAt(withLine(`${from} "to": { "node": "app", "port": "|" } },`))[0]).toBe('queues');
    expect(labelsAt(withLine(`${from} "to": { "node": "|" } },`))[0]).toBe('app');
  });

  test('grants of the contract that the port takes', () => {
    const ends = '"from": { "node": "orders", "port": "queue" }, "to": { "node": "app", "port": "queues" }';
    expect(labelsAt(withLine(`{ ${ends}, "grants": ["|"] },`))).toEqual(['receive', 'send']);
    expect(labelsAt(withLine(`{ ${ends}, "grants": ["send", "|"] },`))).toEqual(['receive']);
  });

  test('whole boxes and lines where a list may hold another', () => {
    expect(labelsAt(withNode('|'))).toEqual(expect.arrayContaining(['new worker', 'new box']));
    expect(labelsAt(withLine('|'))).toContain('orders.deadLetters → app.queues');
  });

  test('commas that are missing around it', () => {
    expect(missingCommas('{ "a": 1\n  "b', 11, 13)).toEqual({ before: 8, after: false });
    expect(missingCommas('{ "b" \n "c": 1 }', 2, 5)).toEqual({ after: true });
  });
});

test('a hover explains params, grants, ports and boxes', () => {
  const title = (marked: string, word: string) => explain(at(marked), word, knowledge)?.title;
  const ends = '"from": { "node": "orders", "port": "queue" }, "to": { "node": "app", "port": "queues" }';
  expect(title(withLine(`{ ${ends}, "grants": ["rec|eive"] },`), 'receive')).toBe('Take messages');
  expect(title(withLine(`{ ${ends.replace('"queues"', '"que|ues"')} },`), 'queues')).toBe('queues');
  const param = explain(
    at(withNode('{ "id": "orders", "module": "queue", "preset": "slow", "params": { "de|lay": 1 } },')),
    'delay',
    knowledge,
  );
  expect(param?.facts).toContainEqual(['Without it', '60']);
});

test('a fold says in one line what it hides', () => {
  expect(summaryOf(graph.nodes[2])).toBe('orders · queue');
  expect(summaryOf(graph.connections[2])).toBe('orders.queue → app.queues · receive');
});

test('the text begins as the canonical text', () => {
  expect(canonicalTextOf(content)).toBe(text);
});
