import { describe, expect, it } from 'vitest';
import { ACTION_GROUPS } from './action.ts';
import { ACTIONS } from './registry.ts';
import { type KeyPress, matchesShortcut, shortcutText } from './shortcut.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});
const keyed = ACTIONS.filter((action) => action.shortcut !== undefined);
const idsFor = (key: KeyPress) =>
  keyed.filter((action) => matchesShortcut(action.shortcut ?? '', key)).map(({ id }) => id);

/** A key press that is one way of a shortcut, as a keyboard with the American layout would send it. */
function pressOf(way: string): KeyPress {
  const parts = way.split('+');
  const name = parts.at(-1) ?? '';
  const symbols: Record<string, string> = { plus: '+', minus: '-', question: '?', slash: '/' };
  const key = symbols[name] ?? name;
  const code = /^\d$/.test(name) ? `Digit${name}` : /^[a-z]$/.test(name) ? `Key${name.toUpperCase()}` : name;
  return press(key, {
    code,
    ctrlKey: parts.includes('mod'),
    shiftKey: parts.includes('shift'),
    altKey: parts.includes('alt'),
  });
}

describe('commands', () => {
  it('have an id of their own, a label that reads as one, and a group', () => {
    expect(new Set(ACTIONS.map(({ id }) => id)).size).toBe(ACTIONS.length);
    for (const { label, group } of ACTIONS) {
      expect(label).toMatch(/^[A-Z].*[^.]$/);
      expect(ACTION_GROUPS).toContain(group);
    }
  });

  it('do not share a key where both could mean it', () => {
    for (const action of keyed) {
      for (const way of action.shortcut?.split(' ') ?? []) {
        const others = keyed.filter((other) => matchesShortcut(other.shortcut ?? '', pressOf(way)));
        expect(others).toContain(action);
        // Escape ends the innermost thing; the order of the registry says which that is.
        if (way === 'escape') continue;
        const inSight = others.filter((other) => !other.scope || !action.scope || other.scope === action.scope);
        expect(inSight.map(({ id }) => id)).toEqual([action.id]);
      }
    }
  });
});

describe('shortcuts', () => {
  it('mean what people expect, on a PC and on a Mac', () => {
    expect(idsFor(press('z', { ctrlKey: true }))).toEqual(['undo']);
    expect(idsFor(press('z', { metaKey: true }))).toEqual(['undo']);
    expect(idsFor(press('Z', { ctrlKey: true, shiftKey: true }))).toEqual(['redo']);
    expect(idsFor(press('Delete'))).toEqual(['delete']);
    expect(idsFor(press('Enter', { ctrlKey: true }))).toEqual(['plan']);
    expect(idsFor(press('k', { metaKey: true }))).toEqual(['commands']);
  });

  it('are found on other layouts by what is typed, or by the place of the key', () => {
    expect(idsFor(press('!', { shiftKey: true, code: 'Digit1' }))).toEqual(['fit']);
    expect(idsFor(press('?', { shiftKey: true, code: 'Minus' }))).toEqual(['shortcuts']);
    expect(idsFor(press('я', { ctrlKey: true, code: 'KeyZ' }))).toEqual(['undo']);
    expect(idsFor(press('å', { altKey: true, code: 'KeyA' }))).toEqual(['align-left']);
    expect(idsFor(press('y', { ctrlKey: true, code: 'KeyZ' }))).toEqual(['redo']);
  });

  it('do nothing without their modifier', () => {
    expect(idsFor(press('z'))).toEqual([]);
    expect(idsFor(press('k'))).toEqual([]);
  });

  it('are written the way people read them', () => {
    expect(shortcutText('mod+shift+z mod+y', false)).toBe('Ctrl+Shift+Z');
    expect(shortcutText('mod+shift+z mod+y', true)).toBe('⇧⌘Z');
    expect(shortcutText('delete backspace', true)).toBe('⌫');
    expect(shortcutText('shift+arrowleft', false)).toBe('Shift+←');
  });
});
