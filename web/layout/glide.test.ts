import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Position } from '../../schemas/generated/types.ts';
import { flowId } from '../canvas/groups/flow-id.ts';
import { createDocumentStore } from '../stores/document.ts';
import * as edits from '../stores/edits.ts';
import { memoryStorage, placed } from '../stores/page-double.ts';
import { createSessionStore } from '../stores/session.ts';
import { glideAlong } from './glide.ts';

let isStill = false;
beforeEach(() => {
  isStill = false;
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'performance'] });
  vi.spyOn(window, 'matchMedia').mockImplementation(() => ({ matches: isStill }) as MediaQueryList);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A box at the origin and a note beside it. */
function open() {
  const note = { text: 'note', color: 'blue', x: 0, y: 0, width: 80, height: 40 } as const;
  const document = createDocumentStore(edits.putNote(placed('box'), 'note', note));
  const session = createSessionStore(memoryStorage());
  const shown = (id: string) => session.getState().gliding?.get(id);
  const move = (id: string, to: Position) =>
    glideAlong({ document, session }, () =>
      document.edit((now) => edits.moveNodes(now, { [id]: to }), { label: 'move' }),
    );
  return { document, session, shown, move };
}

const far = { x: 800, y: 0 };

test('a box that an edit moves is seen to begin where it was, and to come nearer with every frame', () => {
  const { shown, move, session } = open();
  expect(move('box', far)).toBe(true);
  const seen = [shown('box')?.x ?? Number.NaN];
  for (let frame = 0; frame < 10; frame += 1) {
    vi.advanceTimersToNextFrame();
    seen.push(shown('box')?.x ?? Number.NaN);
  }
  expect(seen[0]).toBe(0);
  expect(seen).toEqual([...new Set(seen)].sort((left, right) => left - right));
  expect(seen.at(-1)).toBeLessThan(800);
  vi.advanceTimersByTime(200);
  expect(session.getState().gliding).toBeUndefined();
});

test('so is what undo takes back, notes too', () => {
  const { document, session, shown, move } = open();
  move('box', far);
  document.edit((now) => edits.putNote(now, 'note', { ...now.notes.note, ...far } as never), { label: 'move note' });
  vi.advanceTimersByTime(200);
  glideAlong({ document, session }, document.undo);
  expect([...(session.getState().gliding ?? [])]).toEqual([[flowId('note', 'note'), far]]);
  glideAlong({ document, session }, document.undo);
  expect(shown('box')).toEqual(far);
});

test('a second step takes over where the first one is, and lets what it does not move go on', () => {
  const { document, session, shown, move } = open();
  document.edit((now) => edits.placeNode(now, { ...now.nodes.box, id: 'other' } as never, { x: 0, y: 200 }), {
    label: 'add',
  });
  move('box', far);
  for (let frame = 0; frame < 3; frame += 1) vi.advanceTimersToNextFrame();
  const half = shown('box');
  move('other', { x: 0, y: 600 });
  expect(shown('box')).toEqual(half);
  expect(shown('other')).toEqual({ x: 0, y: 200 });
  vi.advanceTimersByTime(200);
  expect(session.getState().gliding).toBeUndefined();
});

test('nothing glides where nothing moves, or where the person wants no movement', () => {
  const { document, session, move } = open();
  glideAlong({ document, session }, () => document.edit((now) => now, { label: 'nothing' }));
  expect(session.getState().gliding).toBeUndefined();
  isStill = true;
  move('box', far);
  expect(session.getState().gliding).toBeUndefined();
});
