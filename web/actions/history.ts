import { restingPlaces } from '../canvas/groups/places.ts';
import { glide } from '../layout/glide.ts';
import type { Workspace } from '../stores/workspace.ts';
import type { Action } from './action.ts';

/** Boxes that a step of the history moves are seen to go there. */
function stepBy(workspace: Workspace, step: () => void): void {
  const before = restingPlaces(workspace.document.content());
  step();
  const after = restingPlaces(workspace.document.content());
  const moved = Object.entries(before).filter(
    ([id, { x, y }]) => after[id] && (after[id].x !== x || after[id].y !== y),
  );
  if (moved.length > 0) glide(workspace.session, new Map(moved), after);
}

export const undo: Action = {
  id: 'undo',
  label: 'Undo',
  group: 'Edit',
  shortcut: 'mod+z',
  isEnabled: ({ document }) => document.store.getState().past.length > 0,
  perform: (workspace) => stepBy(workspace, workspace.document.undo),
};

export const redo: Action = {
  id: 'redo',
  label: 'Redo',
  group: 'Edit',
  shortcut: 'mod+shift+z mod+y',
  isEnabled: ({ document }) => document.store.getState().future.length > 0,
  perform: (workspace) => stepBy(workspace, workspace.document.redo),
};
