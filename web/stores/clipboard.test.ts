import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../../schemas/generated/types.ts';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import { checkGraph } from '../../schemas/rules/check-graph.ts';
import { contentOf, type DocumentContent, graphOf } from '../../schemas/rules/content.ts';
import { line, node, soundGraph, testCatalog } from '../../schemas/rules/fixtures.ts';
import { parseGraph } from '../../schemas/rules/parse-document.ts';
import { copyName, duplicate, type PasteWish, paste } from './clipboard.ts';
import { type Clipping, clip, clippingText } from './clipping.ts';

const catalog = testCatalog();
const content = (graph: Graph): DocumentContent => contentOf(graph, { schemaVersion: 1, nodes: {} });
const sound = () => content(soundGraph());
const pasted = (into: DocumentContent, text: string, wish: Partial<PasteWish> = {}) =>
  paste(into, catalog, { text, arrange: (clipping) => clipping, isOurs: () => true, ...wish });
const boxes = (nodes: readonly string[]) => ({ nodes, groups: [], notes: [] });
const copied = (from: DocumentContent, nodes: readonly string[]) =>
  clippingText(catalog, clip(from, boxes(nodes), from.positions));
const asTheyAre = (clipping: Clipping) => clipping;
const blocked = (now: DocumentContent) => checkGraph(catalog, graphOf(now)).filter(({ blocks }) => blocks === 'save');
const note = { text: 'why', color: 'amber' as const, x: 1, y: 2, width: 200, height: 120 };
const grouped = (): DocumentContent => ({
  ...sound(),
  groups: { work: { title: 'Work', color: 'blue', collapsed: true } },
  members: { app: 'work', orders: 'work' },
  notes: { note },
});
const someBoxes = fc.subarray(['net', 'news', 'orders', 'app'], { minLength: 1 });

describe('copying', () => {
  it('gives canonical text of the boxes and the lines between them', () => {
    const text = copied(sound(), ['orders', 'app']);
    const { graph } = parseGraph(text);
    expect(graph?.nodes.map(({ id }) => id)).toEqual(['app', 'orders']);
    expect(graph?.connections.map(({ id }) => id)).toEqual(['take']);
    expect(graph && canonicalText(graph)).toBe(text);
  });

  it('never holds a secret in clear', () => {
    const secret = content({
      ...soundGraph(),
      nodes: [node('q', 'queue', { params: { password: 'hunter22', delay: 3 } })],
    });
    const text = copied(secret, ['q']);
    expect(text).not.toContain('hunter22');
    expect(text).toContain('"delay": 3');
  });
});

describe('pasting', () => {
  it('of any part into any graph leaves a graph that can be saved, and changes nothing that was there', () => {
    fc.assert(
      fc.property(someBoxes, (ids) => {
        const before = sound();
        const result = pasted(before, copied(before, ids));
        if (!result.ok) throw new Error(result.reasons.join());
        expect(blocked(result.content)).toEqual([]);
        expect(result.nodes).toHaveLength(ids.length);
        for (const [id, one] of Object.entries(before.nodes)) expect(result.content.nodes[id]).toBe(one);
        const names = Object.values(result.content.nodes).map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  it('into an empty graph keeps ids and names', () => {
    const text = canonicalText(soundGraph());
    const result = pasted(content({ schemaVersion: 1, nodes: [], connections: [] }), text);
    expect(result.ok && canonicalText(graphOf(result.content))).toBe(text);
  });

  it('drops lines without both ends and lines that do not fit, and says how many', () => {
    const graph = soundGraph();
    graph.connections.push(line('stray', 'gone.queue', 'app.queues'), line('odd', 'net.network', 'app.queues'));
    const result = pasted(content({ schemaVersion: 1, nodes: [], connections: [] }), canonicalText(graph));
    expect(result).toMatchObject({ ok: true, dropped: 2 });
    expect(result.ok && Object.keys(result.content.connections)).toEqual(['feed', 'in-net', 'take']);
  });

  it('refuses in words what is no graph, and modules that are not published here', () => {
    expect(pasted(sound(), 'hello')).toMatchObject({ ok: false, reasons: [expect.stringContaining('no JSON')] });
    expect(pasted(sound(), '{"nodes": []}').ok).toBe(false);
    const strange = canonicalText({ ...soundGraph(), nodes: [node('x1', 'unheard-of')], connections: [] });
    expect(pasted(sound(), strange)).toMatchObject({ ok: false, reasons: [expect.stringContaining('unheard-of')] });
  });

  it('leaves sealed secrets of another environment out, and keeps those of this one', () => {
    const sealed = node('q1', 'queue', { params: { password: { $secret: 's1' }, delay: 3 } });
    const text = canonicalText({ ...soundGraph(), nodes: [sealed], connections: [] });
    const here = pasted(sound(), text);
    const there = pasted(sound(), text, { isOurs: () => false });
    expect(here.ok && here.content.nodes.q1?.params).toEqual({ password: { $secret: 's1' }, delay: 3 });
    expect(there.ok && there.content.nodes.q1?.params).toEqual({ delay: 3 });
    expect(there).toMatchObject({ secrets: ['q1'] });
  });
});

describe('duplicating', () => {
  it('keeps the lines between the copies and the lines that they take from others', () => {
    const { content: now, ids } = duplicate(sound(), catalog, boxes(['orders', 'app']), (clipping) => ({
      ...clipping,
      layout: { schemaVersion: 1, nodes: { orders: { x: 5, y: 6 } } },
    }));
    const lines = Object.values(now.connections).filter(({ id }) => !(id in sound().connections));
    const ends = lines.map(({ from, to }) => `${from.node}.${from.port} ${to.node}.${to.port}`).sort();
    expect(ends).toEqual([
      'net.network app-2.network',
      'news.topic orders-2.subscribesTo',
      'orders-2.queue app-2.queues',
    ]);
    expect(now.positions[ids.get('orders') ?? '']).toEqual({ x: 5, y: 6 });
    expect(now.nodes['orders-2']?.name).toBe('orders copy');
    expect(blocked(now)).toEqual([]);
  });

  it('never breaks a graph, and a copy of a copy counts on', () => {
    fc.assert(
      fc.property(fc.array(someBoxes, { minLength: 1, maxLength: 4 }), (rounds) => {
        let now = sound();
        for (const ids of rounds) now = duplicate(now, catalog, boxes(ids), asTheyAre).content;
        expect(blocked(now)).toEqual([]);
      }),
    );
    expect(copyName(new Set(['a copy', 'a copy 2']), 'a copy')).toBe('a copy 3');
  });

  it('keeps a copy in the group of its original', () => {
    const { content: now } = duplicate(grouped(), catalog, boxes(['app']), asTheyAre);
    expect(now.members).toEqual({ app: 'work', orders: 'work', 'app-2': 'work' });
  });

  it('of a whole group is another group with copies of its boxes, and of a note another note', () => {
    const taken = { nodes: [], groups: ['work'], notes: ['note'] };
    const { content: now, groups, notes } = duplicate(grouped(), catalog, taken, asTheyAre);
    expect([groups, notes]).toEqual([['work-2'], ['note-2']]);
    expect(now.groups['work-2']).toEqual({ title: 'Work copy', color: 'blue', collapsed: true });
    expect(now.members).toMatchObject({ 'app-2': 'work-2', 'orders-2': 'work-2', app: 'work' });
    expect(now.notes['note-2']).toEqual(note);
  });
});

describe('groups and notes', () => {
  const travel = (into: DocumentContent, taken = { nodes: ['net'], groups: ['work'], notes: ['note'] }) =>
    pasted(into, clippingText(catalog, clip(grouped(), taken, { app: { x: 8, y: 16 } })));

  it('travel as a layout beside a graph that is read as ever', () => {
    const text = clippingText(catalog, clip(grouped(), { nodes: ['net'], groups: ['work'], notes: ['note'] }, {}));
    const { layout, ...graph } = JSON.parse(text);
    expect(canonicalText(graph)).toBe(copied(grouped(), ['app', 'net', 'orders']));
    expect(layout.members).toEqual({ app: 'work', orders: 'work' });
  });

  it('keep ids, titles, colours, folds and places where those are free', () => {
    const result = travel(content({ schemaVersion: 1, nodes: [], connections: [] }));
    if (!result.ok) throw new Error(result.reasons.join());
    expect(result.content.groups).toEqual(grouped().groups);
    expect(result.content.members).toEqual(grouped().members);
    expect(result.content.notes).toEqual({ note });
    expect(result.content.positions.app).toEqual({ x: 8, y: 16 });
  });

  it('get ids and titles of their own where theirs are taken, and change nothing that was there', () => {
    const before = grouped();
    const result = travel(before);
    if (!result.ok) throw new Error(result.reasons.join());
    expect(result).toMatchObject({ groups: ['work-2'], notes: ['note-2'] });
    expect(result.content.groups['work-2']?.title).toBe('Work copy');
    expect(result.content.members).toMatchObject({ ...before.members, 'app-2': 'work-2' });
    expect(result.content.groups.work).toBe(before.groups.work);
  });

  it('may travel without any box', () => {
    const result = travel(sound(), { nodes: [], groups: [], notes: ['note'] });
    expect(result).toMatchObject({ ok: true, nodes: [], notes: ['note'] });
  });

  it('are refused in words where the layout is none', () => {
    const wrong = {
      ...soundGraph(),
      layout: { schemaVersion: 1, nodes: {}, notes: { note: { ...note, color: 'pink' } } },
    };
    const result = pasted(sound(), JSON.stringify(wrong));
    expect(result).toMatchObject({ ok: false, reasons: [expect.stringContaining('color')] });
  });

  it('of a strange text never take what every object has for a group or a place', () => {
    const strange = { ...soundGraph(), layout: { schemaVersion: 1, nodes: {}, members: { app: 'constructor' } } };
    const result = pasted(content({ schemaVersion: 1, nodes: [], connections: [] }), JSON.stringify(strange));
    expect(result.ok && result.content.members).toEqual({});
  });
});
