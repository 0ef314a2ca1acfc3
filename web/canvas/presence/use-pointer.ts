import { useStore as useFlow, useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { useWorkspace } from '../../stores/use-workspace.ts';

/** Tells others where on the canvas this person points. */
export function usePointer(): void {
  const { presence } = useWorkspace();
  const { screenToFlowPosition } = useReactFlow();
  const pane = useFlow((state) => state.domNode);
  useEffect(() => {
    if (!pane) return;
    const move = ({ clientX: x, clientY: y }: PointerEvent) =>
      presence.point(() => screenToFlowPosition({ x, y }, { snapToGrid: false }));
    const leave = () => presence.point(undefined);
    pane.addEventListener('pointermove', move, { capture: true, passive: true });
    pane.addEventListener('pointerleave', leave);
    return () => {
      pane.removeEventListener('pointermove', move, { capture: true });
      pane.removeEventListener('pointerleave', leave);
      leave();
    };
  }, [pane, presence, screenToFlowPosition]);
}
