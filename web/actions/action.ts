import type { Workspace } from '../stores/workspace.ts';

/** One command of the user: buttons, menus and keys share it. */
export interface Action {
  id: string;
  label: string;
  /** `mod` is Ctrl, or Command on a Mac: `mod+shift+z`, `delete`. Alternatives are separated by a space. */
  shortcut?: string;
  /** Also while a text field has the focus. */
  inFields?: boolean;
  isEnabled(workspace: Workspace): boolean;
  perform(workspace: Workspace): void | Promise<void>;
}

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

export function matchesShortcut(shortcut: string, press: KeyPress): boolean {
  return shortcut.split(' ').some((one) => {
    const parts = one.split('+');
    const key = parts.at(-1);
    const wants = (name: string) => parts.slice(0, -1).includes(name);
    return (
      press.key.toLowerCase() === key &&
      (press.ctrlKey || press.metaKey) === wants('mod') &&
      press.shiftKey === wants('shift') &&
      press.altKey === wants('alt')
    );
  });
}

const KEY_NAMES: Record<string, string> = { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', delete: 'Del', enter: 'Enter' };

/** How people read a shortcut: `Ctrl+Shift+Z`. */
export function shortcutText(shortcut: string): string {
  const first = shortcut.split(' ')[0] ?? '';
  return first
    .split('+')
    .map((part) => KEY_NAMES[part] ?? part.toUpperCase())
    .join('+');
}
