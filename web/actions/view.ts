import { rectsOf } from '../canvas/select/box-rects.ts';
import type { Workspace } from '../stores/workspace.ts';
import type { Action } from './action.ts';

const hasView = ({ session }: Workspace) => session.getState().view !== undefined;
const hasBoxes = (workspace: Workspace) =>
  hasView(workspace) && Object.keys(workspace.document.content().nodes).length > 0;

/** The selected boxes, and those at the ends of selected lines. */
function selectedBoxes({ session, document }: Workspace): string[] {
  const { nodes, connections } = session.getState().selection;
  const ends = connections.flatMap((id) => {
    const line = document.content().connections[id];
    return line ? [line.from.node, line.to.node] : [];
  });
  return [...new Set([...nodes, ...ends])];
}

const fitAll: Action = {
  id: 'fit',
  label: 'Fit everything',
  group: 'Canvas',
  shortcut: 'shift+1',
  menus: ['canvas'],
  words: 'zoom show all overview',
  isEnabled: hasBoxes,
  perform: ({ session }) => session.getState().view?.fit(),
};

const zoomToSelection: Action = {
  id: 'zoom-to-selection',
  label: 'Zoom to selection',
  group: 'Canvas',
  shortcut: 'shift+2',
  menus: ['box', 'selection', 'line'],
  words: 'show focus',
  isEnabled: (workspace) => hasView(workspace) && rectsOf(workspace, selectedBoxes(workspace)).size > 0,
  perform: (workspace) => workspace.session.getState().view?.fit(selectedBoxes(workspace)),
};

const zoomIn: Action = {
  id: 'zoom-in',
  label: 'Zoom in',
  group: 'Canvas',
  shortcut: 'plus =',
  isEnabled: hasView,
  perform: ({ session }) => session.getState().view?.zoomBy('in'),
};

const zoomOut: Action = {
  id: 'zoom-out',
  label: 'Zoom out',
  group: 'Canvas',
  shortcut: 'minus',
  isEnabled: hasView,
  perform: ({ session }) => session.getState().view?.zoomBy('out'),
};

const zoomToFull: Action = {
  id: 'zoom-to-full',
  label: 'Zoom to 100%',
  group: 'Canvas',
  shortcut: '0',
  words: 'actual size reset',
  isEnabled: hasView,
  perform: ({ session }) => session.getState().view?.zoomToFull(),
};

export const VIEW_ACTIONS = { fitAll, zoomToSelection, zoomIn, zoomOut, zoomToFull };
