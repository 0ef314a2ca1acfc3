import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { fitNow, motion } from './fit.ts';
import type { BoxNode } from './flow-elements.ts';

/** When the canvas changes its size (the drawer opens, a panel folds), what was in view as a whole stays so. */
export function useKeepFitted(frame: RefObject<HTMLElement | null>): void {
  const { fitView, flowToScreenPosition, getNodes, getNodesBounds } = useReactFlow<BoxNode>();
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let before: DOMRect | undefined;
    /** Measured from the canvas's own corner, which may have moved with a panel beside it. */
    const sawEverything = (seen: DOMRect) => {
      const { left, top } = element.getBoundingClientRect();
      const bounds = getNodesBounds(getNodes());
      const from = flowToScreenPosition({ x: bounds.x, y: bounds.y });
      const to = flowToScreenPosition({ x: bounds.x + bounds.width, y: bounds.y + bounds.height });
      return from.x >= left && from.y >= top && to.x <= left + seen.width && to.y <= top + seen.height;
    };
    const observer = new ResizeObserver(() => {
      const seen = before;
      before = element.getBoundingClientRect();
      if (seen && getNodes().length > 0 && sawEverything(seen)) void fitView({ ...fitNow(), duration: motion(160) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame, fitView, flowToScreenPosition, getNodes, getNodesBounds]);
}
