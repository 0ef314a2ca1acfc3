import type { FocusEvent } from 'react';
import { entry, goTo } from '../actions/walk.ts';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';
import type { Element as CanvasElement } from '../stores/view.ts';
import { readFlowId } from './groups/flow-id.ts';

/** The thing on the canvas that a part of the page belongs to. */
function elementAt(target: EventTarget | null): CanvasElement | undefined {
  if (!(target instanceof Element)) return undefined;
  const node = target.closest('.react-flow__node')?.getAttribute('data-id');
  const { kind, id } = readFlowId(node ?? '');
  if (node && kind !== 'stub' && kind !== 'bundle') return { kind, id };
  const line = target.closest('.react-flow__edge')?.getAttribute('data-id');
  return line ? { kind: 'line', id: line } : undefined;
}

/**
 * Tab comes to the canvas once and leaves it with the next: inside, arrows walk (`actions/walk.ts`). The canvas is a stop only while
 * the keyboard is elsewhere, and hands it to a box.
 */
export function useBoxKeys() {
  const workspace = useWorkspace();
  const { session } = workspace;
  const isInside = useSession((state) => state.focused !== undefined);
  return {
    tabIndex: isInside ? -1 : 0,
    onFocus(event: FocusEvent<HTMLElement>) {
      const isCanvas = event.target === event.currentTarget;
      if (!isCanvas) return session.setState({ focused: elementAt(event.target) });
      // A click on empty canvas comes here too, and is no wish to go to a box.
      if (!event.target.matches(':focus-visible') || session.getState().focused) return;
      const first = entry(workspace);
      if (first) goTo(workspace, first);
    },
    onBlur(event: FocusEvent<HTMLElement>) {
      if (!event.currentTarget.contains(event.relatedTarget)) session.setState({ focused: undefined });
    },
  };
}
