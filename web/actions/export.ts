import type { Action } from './action.ts';

export const exportCanvas: Action = {
  id: 'export',
  label: 'Save a picture',
  group: 'Canvas',
  shortcut: 'mod+shift+e',
  menus: ['canvas', 'selection', 'group'],
  words: 'export svg png image download',
  isEnabled: ({ document }) => Object.keys(document.content().nodes).length > 0,
  perform: ({ session }) => session.setState({ dialog: 'export' }),
};
