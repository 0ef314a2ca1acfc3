import { useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useRef } from 'react';
import { moveBoxes } from '../actions/edit.ts';
import { select } from '../stores/session.ts';
import { useWorkspace } from '../stores/use-workspace.ts';
import type { BoxNode } from './flow-elements.ts';
import { BOX_WIDTH } from './geometry.ts';

const STEP = 8;
const DIRECTIONS: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The nearest box in a direction; boxes far off the axis count as farther away. */
export function nearestBox(
  boxes: readonly Pick<BoxNode, 'id' | 'position'>[],
  from: string,
  [dx, dy]: readonly [number, number],
): string | undefined {
  const start = boxes.find((box) => box.id === from)?.position;
  if (!start) return undefined;
  let best: { id: string; distance: number } | undefined;
  for (const box of boxes) {
    const x = box.position.x - start.x;
    const y = box.position.y - start.y;
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy) + Math.abs(y * dx);
    if (box.id === from || along <= 0) continue;
    const distance = along + across * 2;
    if (!best || distance < best.distance) best = { id: box.id, distance };
  }
  return best?.id;
}

/** Keys on a focused box or line: Enter selects, arrows go to the next box, Alt and arrows move the box. */
export function useBoxKeys(nodes: readonly BoxNode[]) {
  const workspace = useWorkspace();
  const flow = useReactFlow();
  const gesture = useRef(0);

  function focusBox(id: string): void {
    const box = nodes.find((node) => node.id === id);
    if (!box) return;
    select(workspace.session, { nodes: [id] });
    const centre = { x: box.position.x + BOX_WIDTH / 2, y: box.position.y + (box.height ?? 0) / 2 };
    const find = () => document.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`);
    const element = find();
    if (element) element.focus();
    else void flow.setCenter(centre.x, centre.y, { zoom: flow.getZoom() }).then(() => find()?.focus());
  }

  return (event: KeyboardEvent) => {
    const element = event.target instanceof Element ? event.target : undefined;
    const box = element?.matches('.react-flow__node') ? element.getAttribute('data-id') : null;
    const line = element?.matches('.react-flow__edge') ? element.getAttribute('data-id') : null;
    if (!box && !line) return;
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      select(workspace.session, box ? { nodes: [box] } : { connections: line ? [line] : [] });
      return;
    }
    const direction = DIRECTIONS[event.key];
    if (!direction || !box) return;
    event.preventDefault();
    if (!event.altKey) {
      const next = nearestBox(nodes, box, direction);
      if (next) focusBox(next);
      return;
    }
    const position = nodes.find((node) => node.id === box)?.position;
    if (!position) return;
    if (!event.repeat) gesture.current += 1;
    const moved = { x: position.x + direction[0] * STEP, y: position.y + direction[1] * STEP };
    moveBoxes(workspace, { [box]: moved }, `nudge:${box}:${gesture.current}`);
  };
}
