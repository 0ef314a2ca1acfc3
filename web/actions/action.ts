import type { MenuTarget } from '../stores/session.ts';
import type { Workspace } from '../stores/workspace.ts';

/** Where the palette and the shortcut sheet list a command, in this order. */
export const ACTION_GROUPS = ['Edit', 'Select', 'Arrange', 'Add', 'Canvas', 'Tools', 'Run', 'Page'] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

/** One command of the user: buttons, menus, the palette, the shortcut sheet and keys share it. */
export interface Action {
  id: string;
  label: string;
  group: ActionGroup;
  /** `mod` is Ctrl, or Command on a Mac: `mod+shift+z`, `delete`. Alternatives are separated by a space. */
  shortcut?: string;
  /** The key means this only while the keyboard stands there, so that buttons and lists elsewhere keep it. */
  scope?: 'canvas' | 'inspector';
  /** Also while a text field has the focus. */
  inFields?: boolean;
  /** The browser turns the key into an event (copy, cut, paste) that is listened to instead. */
  byBrowser?: boolean;
  /** Context menus that list it. */
  menus?: readonly MenuTarget[];
  /** Only a key: neither the palette nor menus list it. */
  isKeyOnly?: boolean;
  /** Further words to find it by. */
  words?: string;
  isEnabled(workspace: Workspace): boolean;
  perform(workspace: Workspace, press?: { repeat: boolean }): void | Promise<void>;
}
