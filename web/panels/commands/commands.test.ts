import { describe, expect, it } from 'vitest';
import type { DocumentContent } from '../../../schemas/rules/content.ts';
import { contentOf } from '../../../schemas/rules/content.ts';
import { line, node, soundGraph } from '../../../schemas/rules/fixtures.ts';
import {
  connect,
  groupNodes,
  moveNodes,
  putNote,
  removeElements,
  updateGroup,
  updateNode,
} from '../../stores/edits.ts';
import { describeChange } from './describe-change.ts';
import { type Entry, findEntries } from './entries.ts';
import { rank } from './fuzzy.ts';

const before = contentOf(soundGraph(), { schemaVersion: 1, nodes: { orders: { x: 0, y: 0 }, app: { x: 9, y: 9 } } });
const said = (after: DocumentContent) => describeChange(before, after);

describe('what screen readers hear of an edit', () => {
  it('names what was moved, renamed, set, drawn and taken away', () => {
    expect(said(moveNodes(before, { orders: { x: 8, y: 0 } }))).toBe('orders moved');
    expect(said(updateNode(before, 'orders', { name: 'jobs' }))).toBe('orders renamed to jobs');
    expect(said(updateNode(before, 'orders', { params: { delay: 1 } }))).toBe('Settings of orders changed');
    const { from, to } = line('x', 'orders.deadLetters', 'app.queues');
    expect(said(connect(before, { from, to, grants: [] }).content)).toBe('Line drawn from orders to app');
    expect(said(removeElements(before, { connections: ['take'] }))).toBe('Line from orders to app deleted');
    expect(said(removeElements(before, { nodes: ['app'] }))).toBe('app deleted');
    const { content: grouped, id } = groupNodes(before, ['app'], { title: 'Work', color: 'blue' });
    expect(said(grouped)).toBe('Group Work made');
    expect(describeChange(grouped, updateGroup(grouped, id, { collapsed: true }))).toBe('Group Work collapsed');
    expect(said(putNote(before, 'n', { text: '', color: 'blue', x: 0, y: 0, width: 9, height: 9 }))).toBe('Note added');
  });

  it('counts where there are many', () => {
    const many = Object.fromEntries(['a1', 'b1', 'c1', 'd1'].map((id) => [id, node(id, 'queue')]));
    expect(said({ ...before, nodes: { ...before.nodes, ...many } })).toBe('4 boxes added');
  });
});

describe('finding', () => {
  it('takes beginnings before insides, and letters in order only where they are close', () => {
    const titles = ['Queue', 'Zoom to fit', 'Requeue', 'Add a queue'];
    const found = titles.filter((title) => rank('que', title) !== undefined);
    expect(found.sort((a, b) => (rank('que', a) ?? 0) - (rank('que', b) ?? 0))).toEqual([
      'Queue',
      'Add a queue',
      'Requeue',
    ]);
    expect(rank('ztf', 'Zoom to fit')).toBeUndefined();
    expect(rank('zm', 'Zoom to fit')).toBeDefined();
    expect(rank('fit all', 'Fit everything', 'zoom show all')).toBeDefined();
  });

  it('puts the group of the best match first, and what cannot be done now last', () => {
    const entry = (id: string, group: Entry['group'], title: string, isDisabled = false): Entry => {
      return { id, group, title, detail: '', words: '', isDisabled, perform: () => {} };
    };
    const all = [
      entry('1', 'Commands', 'Copy the box', true),
      entry('2', 'Commands', 'Recopy'),
      entry('3', 'Boxes', 'copy'),
    ];
    expect(findEntries(all, 'copy').map(({ id }) => id)).toEqual(['3', '2', '1']);
  });
});
