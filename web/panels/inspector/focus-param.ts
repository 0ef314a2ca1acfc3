import type { SessionStore } from '../../stores/session.ts';

/** So many frames the form of a module that was not opened before may take to come. */
const TRIES = 300;

/** Gives the keyboard to the field of a setting as soon as the form shows it; where it is locked, to what unlocks it. */
export function focusParam(session: SessionStore, node: string, param: string, tries = TRIES): void {
  const { nodeTab, selection } = session.getState();
  // Somebody who has gone on is not pulled back.
  if (nodeTab !== 'settings' || selection.nodes.length !== 1 || selection.nodes[0] !== node) return;
  const field = document.getElementById(`param-${node}_${param}`);
  const target = field?.matches(':disabled') ? document.querySelector(`.lock[data-lock="${param}"] button`) : field;
  if (target instanceof HTMLElement) target.focus();
  else if (tries > 0) requestAnimationFrame(() => focusParam(session, node, param, tries - 1));
}
