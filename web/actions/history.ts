import { glideAlong } from '../layout/glide.ts';
import type { Action } from './action.ts';

export const undo: Action = {
  id: 'undo',
  label: 'Undo',
  group: 'Edit',
  shortcut: 'mod+z',
  isEnabled: ({ document }) => document.store.getState().past.length > 0,
  perform: (workspace) => glideAlong(workspace, workspace.document.undo),
};

export const redo: Action = {
  id: 'redo',
  label: 'Redo',
  group: 'Edit',
  shortcut: 'mod+shift+z mod+y',
  isEnabled: ({ document }) => document.store.getState().future.length > 0,
  perform: (workspace) => glideAlong(workspace, workspace.document.redo),
};
