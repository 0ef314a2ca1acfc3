import type { Action } from './action.ts';

export const undo: Action = {
  id: 'undo',
  label: 'Undo',
  shortcut: 'mod+z',
  isEnabled: ({ document }) => document.store.getState().past.length > 0,
  perform: ({ document }) => document.undo(),
};

export const redo: Action = {
  id: 'redo',
  label: 'Redo',
  shortcut: 'mod+shift+z mod+y',
  isEnabled: ({ document }) => document.store.getState().future.length > 0,
  perform: ({ document }) => document.redo(),
};
