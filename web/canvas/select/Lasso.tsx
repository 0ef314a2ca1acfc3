import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect, useRef } from 'react';
import type { Position } from '../../../schemas/generated/types.ts';
import { copyOf } from '../../stores/clipping.ts';
import { select } from '../../stores/session.ts';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import type { Workspace } from '../../stores/workspace.ts';
import { drawnAreas } from '../groups/drawn-areas.ts';
import { readFlowId } from '../groups/flow-id.ts';
import { TITLE_BAR } from '../groups/frames.ts';
import { inLasso } from './lasso.ts';
import type { Rects } from './rect.ts';

/** What keeps its own clicks while the lasso is in hand. */
const CONTROLS = '.react-flow__panel, button, input, textarea, [role="dialog"]';
const STEP = 3;

const isControl = (target: EventTarget | null) => target instanceof Element && target.closest(CONTROLS) !== null;

/** What the lasso takes things by: all of a box, note or collapsed group, and the title bar of a frame, whose inside is its boxes. */
function graspedAt(workspace: Workspace): Rects {
  const { groups } = workspace.document.content();
  const isFrame = (flow: string) => {
    const { kind, id } = readFlowId(flow);
    return kind === 'group' && !groups[id]?.collapsed;
  };
  const areas = [...drawnAreas(workspace)];
  return new Map(areas.map(([flow, area]) => [flow, isFrame(flow) ? { ...area, height: TITLE_BAR } : area]));
}

/** Selection by a line drawn around things. It comes before all other gestures of the canvas, except moving the view. */
export function Lasso({ frame }: { frame: RefObject<HTMLElement | null> }) {
  const workspace = useWorkspace();
  const { screenToFlowPosition } = useReactFlow();
  const isOn = useSession((state) => state.tool === 'lasso');
  const path = useRef<SVGPathElement>(null);

  useEffect(() => {
    const element = frame.current;
    if (!isOn || !element) return;
    let points: Position[] = [];
    let pointer: number | undefined;

    const draw = () => {
      const { left, top } = element.getBoundingClientRect();
      const text = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x - left} ${y - top}`).join('');
      path.current?.setAttribute('d', text);
    };
    const take = (isMore: boolean) => {
      const loop = points.map((point) => screenToFlowPosition(point, { snapToGrid: false }));
      const taken = inLasso(graspedAt(workspace), loop).map(readFlowId);
      const before = isMore ? workspace.session.getState().selection : undefined;
      const all = (kind: string, ids: readonly string[] = []) => [
        ...new Set([...ids, ...taken.filter((each) => each.kind === kind).map(({ id }) => id)]),
      ];
      const nodes = all('box', before?.nodes);
      const { connections } = copyOf(workspace.document.content(), nodes);
      select(workspace.session, {
        nodes,
        groups: all('group', before?.groups),
        notes: all('note', before?.notes),
        connections: connections.map(({ id }) => id),
      });
    };
    const down = (event: PointerEvent) => {
      if (event.button !== 0 || isControl(event.target)) return;
      event.preventDefault();
      pointer = event.pointerId;
      points = [{ x: event.clientX, y: event.clientY }];
      element.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent) => {
      const last = points.at(-1);
      if (pointer !== event.pointerId || !last) return;
      if (Math.hypot(event.clientX - last.x, event.clientY - last.y) < STEP) return;
      points.push({ x: event.clientX, y: event.clientY });
      draw();
    };
    const up = (event: PointerEvent) => {
      if (pointer !== event.pointerId) return;
      if (event.type === 'pointerup') take(event.shiftKey);
      pointer = undefined;
      points = [];
      draw();
    };
    const keep = (event: Event) => {
      if (isControl(event.target) || (event as MouseEvent).button !== 0) return;
      event.stopPropagation();
      // Or the browser would select text on the way.
      event.preventDefault();
    };
    const heard = {
      pointerdown: down,
      pointermove: move,
      pointerup: up,
      pointercancel: up,
      mousedown: keep,
      click: keep,
    };
    const each = Object.entries(heard) as [string, EventListener][];
    for (const [kind, listen] of each) element.addEventListener(kind, listen, true);
    return () => {
      for (const [kind, listen] of each) element.removeEventListener(kind, listen, true);
    };
  }, [frame, isOn, workspace, screenToFlowPosition]);

  if (!isOn) return null;
  return (
    <svg className="lasso" aria-hidden="true">
      <path ref={path} />
    </svg>
  );
}
