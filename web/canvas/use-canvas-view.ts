import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import type { Position } from '../../schemas/generated/types.ts';
import { keepStanding } from '../actions/keep-standing.ts';
import { useWorkspace } from '../stores/use-workspace.ts';
import type { CanvasView, Element } from '../stores/view.ts';
import type { Workspace } from '../stores/workspace.ts';
import { coveredWidth, fitNow, motion } from './fit.ts';
import { flowIdOf } from './groups/flow-id.ts';
import { boxRects } from './select/box-rects.ts';
import { boundsOf, centreOf, type Rect } from './select/rect.ts';
import { standingRects } from './select/standing-rects.ts';

const TRIES = 120;
const MARGIN = 24;

/** The rectangle of a thing, or the one around both ends of a line. */
function rectOf(workspace: Workspace, element: Element): Rect | undefined {
  const { kind, id } = element;
  if (kind === 'group' || kind === 'note') return standingRects(workspace).get(flowIdOf(element));
  const rects = boxRects(workspace);
  if (kind === 'box') return rects.get(id);
  const line = workspace.document.content().connections[id];
  const ends = line ? [rects.get(line.from.node), rects.get(line.to.node)] : [];
  return boundsOf(ends.filter((rect) => rect !== undefined));
}

const elementOnPage = (frame: HTMLElement, element: Element) =>
  frame.querySelector<HTMLElement>(
    `.react-flow__${element.kind === 'line' ? 'edge' : 'node'}[data-id="${flowIdOf(element)}"]`,
  );

/**
 * Focuses an element, at once where it is drawn. Until it is, the canvas has the keyboard in its place, so that keys pressed in haste
 * are meant for it and for nothing else; `isWanted` says whether they still are.
 */
function giveKeyboard(frame: HTMLElement, element: Element, isWanted: () => boolean, tries = TRIES): void {
  const found = elementOnPage(frame, element);
  if (found) return found.focus({ preventScroll: true });
  if (tries === TRIES) frame.focus({ preventScroll: true });
  if (tries === 0) return;
  requestAnimationFrame(() => {
    if (isWanted() && document.activeElement === frame) giveKeyboard(frame, element, isWanted, tries - 1);
  });
}

/** Lets commands speak to the canvas that is on the page. */
export function useCanvasView(frame: RefObject<HTMLElement | null>): void {
  const workspace = useWorkspace();
  const flow = useReactFlow();
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const { session } = workspace;
    let pointer: Position | undefined;
    const follow = (event: PointerEvent) => (pointer = { x: event.clientX, y: event.clientY });
    const leave = () => (pointer = undefined);
    element.addEventListener('pointermove', follow);
    element.addEventListener('pointerleave', leave);

    const middle = () => {
      const seen = element.getBoundingClientRect();
      return { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 };
    };
    const isInView = (rect: Rect) => {
      const seen = element.getBoundingClientRect();
      const from = flow.flowToScreenPosition(rect);
      const to = flow.flowToScreenPosition({ x: rect.x + rect.width, y: rect.y + rect.height });
      return (
        from.x >= seen.left && from.y >= seen.top && to.x <= seen.right - coveredWidth() && to.y <= seen.bottom - MARGIN
      );
    };
    const bringIntoView = (target: Element) => {
      const rect = rectOf(workspace, target);
      if (!rect || isInView(rect)) return;
      const centre = centreOf(rect);
      const zoom = flow.getZoom();
      void flow.setCenter(centre.x + coveredWidth() / 2 / zoom, centre.y, { zoom, duration: motion(120) });
    };
    const view: CanvasView = {
      fit: (nodes) => void flow.fitView({ ...fitNow(), nodes: nodes?.map((id) => ({ id })), duration: motion(180) }),
      zoomBy: (direction) => void (direction === 'in' ? flow.zoomIn : flow.zoomOut)({ duration: motion(140) }),
      zoomToFull: () => void flow.zoomTo(1, { duration: motion(140) }),
      aim: () => flow.screenToFlowPosition(pointer ?? middle()),
      show: bringIntoView,
      focus(target) {
        if (!target) {
          session.setState({ focused: undefined });
          return element.focus({ preventScroll: true });
        }
        // Said first, because the canvas from afar makes an element of nothing else.
        session.setState({ focused: target });
        // Without waiting for the view: the keyboard is quicker, and a movement that another one takes over never ends.
        giveKeyboard(element, target, () => session.getState().focused === target);
        bringIntoView(target);
      },
      place(target) {
        const rect = rectOf(workspace, target);
        return rect && flow.flowToScreenPosition(centreOf(rect));
      },
    };
    session.setState({ view });
    const stopStanding = keepStanding(workspace);
    return () => {
      stopStanding();
      element.removeEventListener('pointermove', follow);
      element.removeEventListener('pointerleave', leave);
      session.setState({ view: undefined, focused: undefined, guides: [], menu: undefined });
    };
  }, [frame, flow, workspace]);
}
