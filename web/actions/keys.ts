import type { Workspace } from '../stores/workspace.ts';
import { type Action, type KeyPress, matchesShortcut } from './action.ts';
import { deleteSelection, selectAll, selectNothing } from './edit.ts';
import { redo, undo } from './history.ts';
import { planChanges } from './runs.ts';

export const KEYED_ACTIONS: readonly Action[] = [undo, redo, deleteSelection, selectAll, selectNothing, planChanges];

/** The action that a key press asks for, if it may run now. */
function actionFor(press: KeyPress, isInField: boolean, workspace: Workspace): Action | undefined {
  return KEYED_ACTIONS.find(
    (action) =>
      action.shortcut !== undefined &&
      (!isInField || action.inFields === true) &&
      matchesShortcut(action.shortcut, press) &&
      action.isEnabled(workspace),
  );
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}

/** Listens on the page; an open dialog or menu keeps its keys to itself. Returns how to stop. */
export function listenToKeys(workspace: Workspace): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if (event.target instanceof HTMLElement && event.target.closest('[role="dialog"], [role="menu"]')) return;
    const action = actionFor(event, isField(event.target), workspace);
    if (!action) return;
    event.preventDefault();
    void action.perform(workspace);
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
