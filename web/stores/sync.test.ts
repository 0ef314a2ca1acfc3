import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Operation } from '../../schemas/generated/types.ts';
import type { DocumentContent } from '../../schemas/rules/content.ts';
import { applyOperations } from '../../schemas/rules/operations.ts';
import * as edits from './edits.ts';
import { pathKey, valueAt } from './operation-paths.ts';
import { createOrder, type Fate, settled, textOf } from './order-double.ts';
import { box, openPage, type Page, placed, together } from './page-double.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const KINDS = [
  'add',
  'move',
  'rename',
  'param',
  'nest',
  'unset',
  'grant',
  'connect',
  'group',
  'remove',
  'note',
] as const;
interface Gesture {
  kind: (typeof KINDS)[number];
  a: number;
  b: number;
}

function perform(content: DocumentContent, { kind, a, b }: Gesture): DocumentContent {
  const ids = Object.keys(content.nodes);
  const id = ids[a % Math.max(ids.length, 1)] ?? 'none';
  const other = ids[b % Math.max(ids.length, 1)] ?? 'none';
  const node = content.nodes[id];
  if (kind === 'add') return edits.placeNode(content, box(edits.freeId(content.nodes, 'queue')), { x: a, y: b });
  if (!node) return content;
  if (kind === 'move') return edits.moveNodes(content, { [id]: { x: a * 10, y: b } });
  if (kind === 'rename') return edits.updateNode(content, id, { name: `name ${b}` });
  if (kind === 'param') return edits.updateNode(content, id, { params: { ...node.params, [`key-${a}`]: b } });
  if (kind === 'nest') return edits.updateNode(content, id, { params: { ...node.params, deep: { [`key-${a}`]: b } } });
  if (kind === 'unset') return edits.updateNode(content, id, { params: {} });
  if (kind === 'remove') return edits.removeElements(content, { nodes: [id], connections: [] });
  if (kind === 'connect') {
    const line = { from: { node: id, port: 'queue' }, to: { node: other, port: 'events' }, grants: ['receive'] };
    return edits.connect(content, line).content;
  }
  const line = Object.values(content.connections)[a % 3];
  if (kind === 'grant') {
    if (!line) return content;
    const grants = line.grants.includes('delete') ? ['receive'] : ['delete', 'receive'];
    return edits.updateConnection(content, line.id, { grants });
  }
  const group = edits.freeId(content.groups, 'group');
  if (kind === 'group')
    return {
      ...content,
      groups: { ...content.groups, [group]: { title: 'Group', color: 'grey' } },
      members: { ...content.members, [id]: group },
    };
  const note = { text: `note ${b}`, color: 'amber' as const, x: a, y: b, width: 160, height: 80 };
  return { ...content, notes: { ...content.notes, [edits.freeId(content.notes, 'note')]: note } };
}

type Step =
  | { do: 'edit'; who: 0 | 1; gesture: Gesture }
  | { do: 'undo' | 'redo' | 'event'; who: 0 | 1 }
  | { do: 'send'; who: 0 | 1; fate: Fate }
  | { do: 'miss'; who: 0 | 1; count: number };

const who = fc.constantFrom<(0 | 1)[]>(0, 1);
const gesture = fc.record({ kind: fc.constantFrom(...KINDS), a: fc.nat(5), b: fc.nat(5) });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('edit' as const), who, gesture }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('event' as const), who }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      who,
      fate: fc.constantFrom<Fate[]>('arrives', 'arrives', 'is lost', 'answer is lost'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('miss' as const), who, count: fc.nat(3) }) },
);

async function take(page: Page, one: Step): Promise<void> {
  if (one.do === 'edit') page.document.edit((now) => perform(now, one.gesture), { label: one.gesture.kind });
  if (one.do === 'undo') page.document.undo();
  if (one.do === 'redo') page.document.redo();
  if (one.do === 'event') await page.line.event(page.sync.receive);
  if (one.do === 'miss') page.line.miss(one.count);
  if (one.do === 'send') {
    void page.sync.flush();
    await settled();
    await page.line.request(one.fate);
  }
}

describe('two people', () => {
  it('hold the same document as the server in the end, whatever they do and whatever is lost on the way', async () => {
    const steps = fc.array(step, { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const order = createOrder();
        const pages = [openPage(order, 'client-a'), openPage(order, 'client-b')] as const;
        for (const one of list) await take(pages[one.who], one);
        for (const page of pages) page.add('last');
        await together(...pages);
        for (const page of pages) {
          expect(page.sync.state.getState()).toMatchObject({ pending: 0, refused: [] });
          expect(textOf(page.document.content())).toBe(textOf(order.content));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('take back with an undo what they set themselves, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (list) => {
        const order = createOrder();
        const pages = [openPage(order, 'client-a'), openPage(order, 'client-b')] as const;
        for (const one of list) await take(pages[one.who], one);
        const [{ document }] = pages;
        const { past } = document.store.getState();
        const before = document.content();
        const undone: Operation[] = [];
        document.onOperations((operations) => undone.push(...operations));
        document.undo();
        const entry = past[document.store.getState().past.length];
        if (undone.length === 0) return;
        expect(textOf(applyOperations(before, undone))).toBe(textOf(document.content()));
        for (const { operation, was } of entry?.backward ?? []) {
          if (operation.path.length === 2 && operation.path[0] !== 'positions') continue;
          const isOurs = JSON.stringify(valueAt(before, operation.path)) === JSON.stringify(was);
          const now = valueAt(document.content(), operation.path);
          const keys = undone.map(({ path }) => pathKey(path));
          if (isOurs && valueAt(document.content(), [operation.path[0], operation.path[1]]) !== undefined)
            expect(now).toEqual(operation.value);
          if (!isOurs) expect(keys).not.toContain(pathKey(operation.path));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('merge what does not collide', async () => {
    const order = createOrder(placed('jobs'));
    const [a, b] = [openPage(order, 'client-a'), openPage(order, 'client-b')];
    a.param('jobs', 'tries', 5);
    b.param('jobs', 'timeout', 90);
    await together(a, b);
    expect(order.content.nodes.jobs?.params).toEqual({ tries: 5, timeout: 90 });
    expect(a.sync.state.getState().collisions).toEqual([]);
    expect(b.sync.state.getState().collisions).toEqual([]);
  });

  it('keep the records that others did not touch, as the same objects', async () => {
    const order = createOrder(edits.placeNode(placed('jobs'), box('worker'), { x: 300, y: 0 }));
    const [a, b] = [openPage(order, 'client-a'), openPage(order, 'client-b')];
    const { nodes, positions } = b.document.content();
    b.param('worker', 'memory', 512);
    const mine = b.document.content().nodes.worker;
    a.param('jobs', 'tries', 5);
    await together(a, b);
    expect(b.document.content().nodes.worker).toBe(mine);
    expect(b.document.content().nodes.jobs).not.toBe(nodes.jobs);
    expect(b.document.content().positions).toBe(positions);
  });

  it('end an open gesture of the other, whose steps stay apart', async () => {
    const order = createOrder(placed('jobs', { tries: 1 }));
    const [a, b] = [openPage(order, 'client-a'), openPage(order, 'client-b')];
    a.param('jobs', 'tries', 2, 'params:jobs');
    b.param('jobs', 'timeout', 90);
    await together(b, a);
    a.param('jobs', 'tries', 3, 'params:jobs');
    a.document.undo();
    expect(a.params('jobs')).toEqual({ tries: 2, timeout: 90 });
    a.document.undo();
    expect(a.params('jobs')).toEqual({ tries: 1, timeout: 90 });
  });
});
