import type { Position } from '../../schemas/generated/types.ts';
import { countSelected, select } from '../stores/session.ts';
import type { Element } from '../stores/view.ts';
import type { Workspace } from '../stores/workspace.ts';
import { COLLECTION, currentElement, only } from './walk.ts';

/**
 * Opens the context menu of a thing at a place in the window. A thing that is part of the selection keeps it, and the menu is about all
 * of it; any other is selected first.
 */
export function openMenu({ session }: Workspace, thing: Element | undefined, at: Position): void {
  if (!thing) {
    select(session, {});
    session.setState({ menu: { target: 'canvas', at } });
    return;
  }
  const { selection } = session.getState();
  const isPart = selection[COLLECTION[thing.kind]].includes(thing.id);
  if (!isPart) select(session, only(thing));
  const isMany = isPart && countSelected(selection) > 1;
  session.setState({ menu: { target: isMany ? 'selection' : thing.kind, at } });
}

/** By key: on what the keyboard stands on, else on the middle of the canvas. */
export function openMenuHere(workspace: Workspace): void {
  const { view } = workspace.session.getState();
  const element = currentElement(workspace);
  const frame = document.querySelector('.canvas')?.getBoundingClientRect();
  const middle = frame ? { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 } : { x: 0, y: 0 };
  openMenu(workspace, element, (element && view?.place(element)) ?? middle);
}
