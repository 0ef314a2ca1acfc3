import { type ReactFlowState, useReactFlow, useStoreApi } from '@xyflow/react';
import { type MouseEvent, type RefObject, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { type Selection, select } from '../../stores/session.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { readFlowId } from '../groups/flow-id.ts';
import { shapeAt, strokeAt } from './hit.ts';
import { BUNDLE_BELOW } from './level.ts';
import type { Scene } from './scene.ts';

const LINE_REACH = 6;

type Picked = Omit<Selection, 'connections'>;

function sorted(ids: readonly string[]): Picked {
  const found = ids.map(readFlowId);
  const of = (kind: string) => found.filter((each) => each.kind === kind).map(({ id }) => id);
  return { nodes: of('box'), groups: of('group'), notes: of('note') };
}

/** The shapes that the lasso of React Flow holds, and their lines, as it would select them if they were mounted. */
function inLasso(scene: Scene, { userSelectionRect: rect, transform: [x, y, zoom] }: ReactFlowState): Selection {
  if (!rect) return { nodes: [], groups: [], notes: [], connections: [] };
  const area = { x: (rect.x - x) / zoom, y: (rect.y - y) / zoom, width: rect.width / zoom, height: rect.height / zoom };
  const ids = scene.index.within(area).flatMap(({ id, kind }) => (kind === 'frame' || kind === 'stub' ? [] : [id]));
  const inside = new Set(ids);
  const lines = scene.strokes.filter(({ from, to }) => inside.has(from) || inside.has(to)).map(({ id }) => id);
  return { ...sorted(ids), connections: lines.filter((id) => readFlowId(id).kind === 'box') };
}

/**
 * The pointer on the picture: the shape under it is mounted as a real, unseen element before it is pressed, so that clicks, drags and
 * menus are those of the near canvas.
 */
export function useFarPointer(frame: RefObject<HTMLElement | null>, scene: Scene | undefined) {
  const { session } = useWorkspace();
  const flow = useReactFlow();
  const store = useStoreApi();
  const [hovered, setHovered] = useState<string>();

  useEffect(() => {
    const element = frame.current;
    if (!element || !scene) return;
    let last: string | undefined | null = null;
    const hover = (id: string | undefined) => {
      if (last === id) return;
      last = id;
      flushSync(() => setHovered(id));
    };
    const onMove = (event: PointerEvent) => {
      if (event.buttons !== 0) return;
      const isOnCanvas =
        event.target instanceof Element && event.target.closest('.react-flow__pane, .react-flow__node');
      const place = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
      hover(isOnCanvas ? shapeAt(scene, place)?.id : undefined);
    };
    const onLeave = () => hover(undefined);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerleave', onLeave);
    const stopLasso = store.subscribe((state, before) => {
      if (!state.userSelectionActive || state.userSelectionRect === before.userSelectionRect) return;
      select(session, inLasso(scene, state));
    });
    return () => {
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerleave', onLeave);
      stopLasso();
    };
  }, [frame, scene, flow, store, session]);

  /** A click that met no mounted element: a finger's, or one on a line. Returns whether there was something. */
  function clickAt(event: MouseEvent): boolean {
    if (!scene) return false;
    const place = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    const shape = shapeAt(scene, place);
    if (shape) {
      select(session, sorted([shape.id]));
      return true;
    }
    const zoom = flow.getZoom();
    const line = zoom < BUNDLE_BELOW ? undefined : strokeAt(scene, place, LINE_REACH / zoom);
    if (!line || readFlowId(line.id).kind !== 'box') return false;
    select(session, { connections: [line.id] });
    return true;
  }
  return { hovered: scene ? hovered : undefined, clickAt };
}
