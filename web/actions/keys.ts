import type { Workspace } from '../stores/workspace.ts';
import type { Action } from './action.ts';
import { listenToClipboard } from './clipboard.ts';
import { ACTIONS } from './registry.ts';
import { type KeyPress, matchesShortcut } from './shortcut.ts';

/** Where the keyboard stands when a key is pressed. */
interface KeyPlace {
  scope: Action['scope'];
  isField: boolean;
}

/** The action that a key press asks for, if it may run now. */
function actionFor(press: KeyPress, place: KeyPlace, workspace: Workspace): Action | undefined {
  return ACTIONS.find(
    (action) =>
      action.shortcut !== undefined &&
      !action.byBrowser &&
      (!place.isField || action.inFields === true) &&
      (action.scope === undefined || action.scope === place.scope) &&
      matchesShortcut(action.shortcut, press) &&
      action.isEnabled(workspace),
  );
}

const FIELDS = 'input, textarea, select, [contenteditable="true"]';
/** Things on the canvas that have keys of their own. */
const CONTROLS = 'button, a, summary, [role="toolbar"]';

function keyPlace(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return { scope: undefined, isField: false };
  const isOnCanvas = target === document.body || (target.closest('.canvas') && !target.closest(CONTROLS));
  const scope = isOnCanvas ? 'canvas' : target.closest('.inspector') ? 'inspector' : undefined;
  return { scope, isField: target.closest(FIELDS) !== null };
}

/** An open dialog or menu keeps its keys to itself. */
const isAway = (target: EventTarget | null) =>
  target instanceof Element &&
  target.closest('[role="dialog"], [role="menu"], [role="listbox"], [aria-expanded="true"][role="combobox"]') !== null;

/** Also in the moment in which what was opened has not taken the keyboard yet: a key must not go to the page behind it. */
function isCovered({ session }: Workspace): boolean {
  const { dialog, menu, connectMenu } = session.getState();
  return dialog !== undefined || menu !== undefined || connectMenu !== undefined;
}

/** Listens on the page. Returns how to stop. */
export function listenToKeys(workspace: Workspace): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isCovered(workspace) || isAway(event.target)) return;
    const action = actionFor(event, keyPlace(event.target), workspace);
    if (!action) return;
    event.preventDefault();
    void action.perform(workspace, { repeat: event.repeat });
  };
  window.addEventListener('keydown', onKey);
  const stopClipboard = listenToClipboard(
    workspace,
    (target) => isCovered(workspace) || isAway(target) || keyPlace(target).isField,
  );
  return () => {
    window.removeEventListener('keydown', onKey);
    stopClipboard();
  };
}
