import { flushSync } from 'react-dom';
import type { Dialog } from '../stores/session.ts';
import { notifyNote } from '../ui/notify.tsx';
import type { Action } from './action.ts';

const opening = (dialog: Dialog) => ({
  isEnabled: () => true,
  perform: ({ session }: Parameters<Action['perform']>[0]) => session.setState({ dialog }),
});

const openCommands: Action = {
  id: 'commands',
  label: 'Do anything',
  group: 'Page',
  shortcut: 'mod+k',
  inFields: true,
  isKeyOnly: true,
  ...opening('commands'),
};

const addModule: Action = {
  id: 'add-module',
  label: 'Add a module',
  group: 'Add',
  shortcut: 'a insert',
  menus: ['canvas'],
  words: 'new box place',
  ...opening('add-module'),
};

const showShortcuts: Action = {
  id: 'shortcuts',
  label: 'Keyboard shortcuts',
  group: 'Page',
  shortcut: 'question',
  menus: ['canvas'],
  words: 'help keys',
  ...opening('shortcuts'),
};

const showHealth: Action = {
  id: 'health',
  label: 'Health of the server',
  group: 'Page',
  words: 'version engine terraform opentofu provider database about',
  ...opening('health'),
};

const searchCanvas: Action = {
  id: 'search',
  label: 'Search the canvas',
  group: 'Select',
  shortcut: 'mod+f slash',
  menus: ['canvas'],
  words: 'find',
  isEnabled: ({ document }) => Object.keys(document.content().nodes).length > 0,
  perform: ({ session }) =>
    session.setState(({ search }) => ({ search: { query: search?.query ?? '', at: search?.at ?? 0 } })),
};

const searchModules: Action = {
  id: 'search-modules',
  label: 'Search the modules',
  group: 'Add',
  shortcut: 'm',
  words: 'find palette list browse',
  isEnabled: () => true,
  perform({ session }) {
    // Drawn at once, so that what is typed next goes into the field.
    flushSync(() => session.setState({ isPaletteOpen: true }));
    document.querySelector<HTMLElement>('.palette input')?.focus();
  },
};

const saveNow: Action = {
  id: 'save',
  label: 'Save',
  group: 'Page',
  shortcut: 'mod+s',
  inFields: true,
  isEnabled: () => true,
  async perform({ sync }) {
    const isSaved = await sync.flush();
    const { problem } = sync.state.getState();
    if (isSaved) notifyNote('Saved already', 'Every edit is saved as you make it.');
    else notifyNote('Not saved yet', `${problem ?? ''} Your edits are kept in this browser.`.trim());
  },
};

const togglePalette: Action = {
  id: 'palette',
  label: 'Show or hide the modules',
  group: 'Page',
  words: 'palette fold panel left',
  isEnabled: () => true,
  perform: ({ session }) => session.setState(({ isPaletteOpen }) => ({ isPaletteOpen: !isPaletteOpen })),
};

const toggleInspector: Action = {
  id: 'inspector',
  label: 'Show or hide the inspector',
  group: 'Page',
  words: 'fold panel right',
  isEnabled: () => true,
  perform: ({ session }) => session.setState(({ isInspectorOpen }) => ({ isInspectorOpen: !isInspectorOpen })),
};

const toggleRun: Action = {
  id: 'run-drawer',
  label: 'Show or hide the run',
  group: 'Run',
  words: 'logs drawer steps',
  isEnabled: ({ run }) => run.store.getState().run !== undefined,
  perform: ({ session }) => session.setState(({ isDrawerOpen }) => ({ isDrawerOpen: !isDrawerOpen })),
};

const theming = (theme: 'light' | 'dark' | 'system', label: string): Action => ({
  id: `theme-${theme}`,
  label,
  group: 'Page',
  words: 'theme colours appearance',
  isEnabled: ({ session }) => session.getState().theme !== theme,
  perform: ({ session }) => session.setState({ theme }),
});

export const PAGE_ACTIONS = { openCommands, addModule, searchModules, showShortcuts, searchCanvas, saveNow };

export const PAGE_TOGGLES: readonly Action[] = [
  togglePalette,
  toggleInspector,
  toggleRun,
  showHealth,
  theming('light', 'Light theme'),
  theming('dark', 'Dark theme'),
  theming('system', 'Theme of the system'),
];
