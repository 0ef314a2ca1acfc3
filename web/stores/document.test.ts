import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphNode } from '../../schemas/generated/types.ts';
import { type DocumentContent, graphOf, layoutOf } from '../../schemas/rules/content.ts';
import { createDocumentStore } from './document.ts';
import * as edits from './edits.ts';

const box = (id: string): GraphNode => ({ id, name: id, module: 'aws-queue', version: '^1.0.0' });
const place =
  (id: string, x = 0) =>
  (content: DocumentContent) =>
    edits.placeNode(content, box(id), { x, y: 0 });
const shown = (content: DocumentContent) => ({ graph: graphOf(content), layout: layoutOf(content) });

type Gesture = { kind: 'place' | 'move' | 'rename' | 'remove' | 'connect'; a: number; b: number };
const gestures = fc.array(
  fc.record({
    kind: fc.constantFrom<Gesture['kind'][]>('place', 'move', 'rename', 'remove', 'connect'),
    a: fc.nat(5),
    b: fc.nat(5),
  }),
  { maxLength: 40 },
);

function perform(content: DocumentContent, { kind, a, b }: Gesture): DocumentContent {
  const [left, right] = [`box-${a}`, `box-${b}`];
  if (kind === 'place') return edits.placeNode(content, box(left), { x: b, y: a });
  if (kind === 'move') return edits.moveNodes(content, { [left]: { x: b * 10, y: a } });
  if (kind === 'rename') return edits.updateNode(content, left, { name: `name ${b}` });
  if (kind === 'remove') return edits.removeElements(content, { nodes: [left], connections: [] });
  if (!content.nodes[left] || !content.nodes[right]) return content;
  const line = { from: { node: left, port: 'queue' }, to: { node: right, port: 'events' }, grants: [] };
  return edits.connect(content, line).content;
}

describe('the document', () => {
  it('comes back to where it was when every edit is undone, and forth again when all are redone', () => {
    fc.assert(
      fc.property(gestures, (list) => {
        const document = createDocumentStore();
        for (const gesture of list) document.edit((content) => perform(content, gesture), { label: gesture.kind });
        const end = shown(document.content());
        const steps = document.store.getState().past.length;
        for (let step = 0; step < steps; step += 1) document.undo();
        expect(shown(document.content())).toEqual({
          graph: { schemaVersion: 1, nodes: [], connections: [] },
          layout: { schemaVersion: 1, nodes: {} },
        });
        for (let step = 0; step < steps; step += 1) document.redo();
        const again = shown(document.content());
        expect(new Set(again.graph.nodes)).toEqual(new Set(end.graph.nodes));
        expect(new Set(again.graph.connections)).toEqual(new Set(end.graph.connections));
        expect(again.layout).toEqual(end.layout);
      }),
    );
  });

  it('takes edits of one gesture as one step, and a new step after the gesture has ended', () => {
    const document = createDocumentStore();
    document.edit(place('jobs'), { label: 'add' });
    const type = (name: string) =>
      document.edit((content) => edits.updateNode(content, 'jobs', { name }), { label: 'rename', gesture: 'name' });
    type('a');
    type('ab');
    document.endGesture();
    type('abc');
    document.undo();
    expect(document.content().nodes.jobs?.name).toBe('ab');
    document.undo();
    expect(document.content().nodes.jobs?.name).toBe('jobs');
  });

  it('forgets a gesture that ended where it began', () => {
    const document = createDocumentStore();
    document.edit(place('jobs'), { label: 'add' });
    const before = document.content().positions.jobs;
    const move = (x: number) =>
      document.edit((content) => edits.moveNodes(content, { jobs: x === 0 && before ? before : { x, y: 0 } }), {
        label: 'move',
        gesture: 'drag',
      });
    move(8);
    document.edit((content) => ({ ...content, positions: { ...content.positions, jobs: before ?? { x: 0, y: 0 } } }), {
      label: 'move',
      gesture: 'drag',
    });
    expect(document.store.getState().past.map((entry) => entry.label)).toEqual(['add']);
  });

  it('drops what could be redone when something new is edited', () => {
    const document = createDocumentStore();
    document.edit(place('one'), { label: 'add' });
    document.undo();
    document.edit(place('two'), { label: 'add' });
    document.redo();
    expect(Object.keys(document.content().nodes)).toEqual(['two']);
  });

  it('does nothing and keeps no step when an edit changes nothing', () => {
    const document = createDocumentStore();
    expect(document.edit((content) => ({ ...content }), { label: 'nothing' })).toBe(false);
    expect(document.store.getState().past).toEqual([]);
  });

  it('removes the lines of a box with the box, and undo brings both back', () => {
    const document = createDocumentStore();
    document.edit(place('a'), { label: 'add' });
    document.edit(place('b', 300), { label: 'add' });
    const line = { from: { node: 'a', port: 'queue' }, to: { node: 'b', port: 'events' }, grants: ['receive'] };
    document.edit((content) => edits.connect(content, line).content, { label: 'draw' });
    document.edit((content) => edits.removeElements(content, { nodes: ['a'], connections: [] }), { label: 'delete' });
    expect(document.content().connections).toEqual({});
    expect(document.content().positions.a).toBeUndefined();
    document.undo();
    expect(Object.values(document.content().connections)).toMatchObject([{ from: line.from, to: line.to }]);
    expect(document.content().positions.a).toEqual({ x: 0, y: 0 });
  });
});

describe('a free id', () => {
  it('always fits the pattern of the graph and is never taken', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(3), (wish, copies) => {
        const taken: Record<string, true> = {};
        for (let copy = 0; copy <= copies; copy += 1) {
          const id = edits.freeId(taken, wish);
          expect(id).toMatch(/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/);
          expect(taken[id]).toBeUndefined();
          taken[id] = true;
        }
      }),
    );
  });
});
