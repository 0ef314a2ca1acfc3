import { flowIdOf } from '../canvas/groups/flow-id.ts';
import { rectsOf } from '../canvas/select/box-rects.ts';
import { firstRect } from '../canvas/select/nearest.ts';
import { select } from '../stores/session.ts';
import type { Element } from '../stores/view.ts';
import type { Workspace } from '../stores/workspace.ts';
import type { Action } from './action.ts';
import { focusInspector } from './focus-inspector.ts';
import { setCollapsed } from './fold.ts';
import { boxesOf } from './groups.ts';
import { openMenuHere } from './menu.ts';
import { currentElement, goTo, only } from './walk.ts';

const hasElement = (workspace: Workspace) => currentElement(workspace) !== undefined;

function named(workspace: Workspace): Element | undefined {
  const element = currentElement(workspace);
  return element?.kind === 'line' ? undefined : element;
}

const configure: Action = {
  id: 'configure',
  label: 'Settings',
  group: 'Edit',
  shortcut: 'enter',
  scope: 'canvas',
  menus: ['box', 'line'],
  words: 'configure params inspector edit',
  isEnabled: hasElement,
  perform(workspace) {
    const element = currentElement(workspace);
    if (!element) return;
    select(workspace.session, only(element));
    if (element.kind === 'group') return openOrEnter(workspace, element.id);
    if (element.kind === 'note') return workspace.session.setState({ editing: flowIdOf(element) });
    workspace.session.setState({ isInspectorOpen: true, nodeTab: 'settings', connectionTab: 'grants' });
    focusInspector();
  },
};

/** A collapsed group expands; one that is expanded leads to the first of its boxes. */
function openOrEnter(workspace: Workspace, id: string): void {
  if (workspace.document.content().groups[id]?.collapsed) {
    setCollapsed(workspace, [id], false);
    return workspace.session.getState().view?.focus({ kind: 'group', id });
  }
  const box = firstRect(rectsOf(workspace, boxesOf(workspace, id)));
  if (box !== undefined) goTo(workspace, { kind: 'box', id: box });
}

const backToCanvas: Action = {
  id: 'back-to-canvas',
  label: 'Back to the canvas',
  group: 'Select',
  shortcut: 'escape',
  scope: 'inspector',
  inFields: true,
  isKeyOnly: true,
  isEnabled: hasElement,
  perform(workspace) {
    const element = currentElement(workspace);
    if (element) workspace.session.getState().view?.focus(element);
  },
};

const rename: Action = {
  id: 'rename',
  label: 'Rename',
  group: 'Edit',
  shortcut: 'f2',
  menus: ['box', 'group'],
  isEnabled: (workspace) => named(workspace) !== undefined,
  perform(workspace) {
    const element = named(workspace);
    if (element) workspace.session.setState({ editing: flowIdOf(element) });
  },
};

const contextMenu: Action = {
  id: 'menu',
  label: 'Menu',
  group: 'Canvas',
  shortcut: 'shift+f10 contextmenu',
  scope: 'canvas',
  isKeyOnly: true,
  isEnabled: ({ session }) => session.getState().view !== undefined,
  perform: openMenuHere,
};

const closeSearch: Action = {
  id: 'close-search',
  label: 'End the search',
  group: 'Select',
  shortcut: 'escape',
  isEnabled: ({ session }) => session.getState().search !== undefined,
  perform: ({ session }) => session.setState({ search: undefined, found: undefined }),
};

export const ELEMENT_ACTIONS: readonly Action[] = [configure, backToCanvas, rename, contextMenu, closeSearch];
