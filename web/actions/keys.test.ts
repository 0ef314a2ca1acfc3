import { describe, expect, it } from 'vitest';
import { matchesShortcut, shortcutText } from './action.ts';
import { freePosition } from './edit.ts';
import { KEYED_ACTIONS } from './keys.ts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});
const idsFor = (key: ReturnType<typeof press>) =>
  KEYED_ACTIONS.filter((action) => action.shortcut && matchesShortcut(action.shortcut, key)).map(({ id }) => id);

describe('shortcuts', () => {
  it('mean what people expect, on a PC and on a Mac', () => {
    expect(idsFor(press('z', { ctrlKey: true }))).toEqual(['undo']);
    expect(idsFor(press('z', { metaKey: true }))).toEqual(['undo']);
    expect(idsFor(press('Z', { ctrlKey: true, shiftKey: true }))).toEqual(['redo']);
    expect(idsFor(press('Delete'))).toEqual(['delete']);
    expect(idsFor(press('Enter', { ctrlKey: true }))).toEqual(['plan']);
  });

  it('do nothing without their modifier', () => {
    expect(idsFor(press('z'))).toEqual([]);
    expect(idsFor(press('Enter'))).toEqual([]);
  });

  it('are written the way people read them', () => {
    expect(shortcutText('mod+shift+z mod+y')).toBe('Ctrl+Shift+Z');
  });
});

describe('placing a module', () => {
  it('never puts a box onto another one', () => {
    const positions = { a: { x: 0, y: 0 }, b: { x: 24, y: 40 } };
    const place = freePosition(positions, { x: 3, y: -2 });
    for (const other of Object.values(positions)) {
      expect(Math.abs(other.x - place.x) >= 100 || Math.abs(other.y - place.y) >= 64).toBe(true);
    }
  });
});
