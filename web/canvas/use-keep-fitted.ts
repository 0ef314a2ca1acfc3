import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import { FIT } from './fit.ts';
import type { BoxNode } from './flow-elements.ts';

/** When the canvas changes its size (the drawer opens, a panel folds), what was in view as a whole stays so. */
export function useKeepFitted(frame: RefObject<HTMLElement | null>): void {
  const { fitView, flowToScreenPosition, getNodes, getNodesBounds } = useReactFlow<BoxNode>();
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let before: DOMRect | undefined;
    const sawEverything = (seen: DOMRect) => {
      const bounds = getNodesBounds(getNodes());
      const from = flowToScreenPosition({ x: bounds.x, y: bounds.y });
      const to = flowToScreenPosition({ x: bounds.x + bounds.width, y: bounds.y + bounds.height });
      return from.x >= seen.left && from.y >= seen.top && to.x <= seen.right && to.y <= seen.bottom;
    };
    const observer = new ResizeObserver(() => {
      const seen = before;
      before = element.getBoundingClientRect();
      if (seen && getNodes().length > 0 && sawEverything(seen)) void fitView({ ...FIT, duration: 160 });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame, fitView, flowToScreenPosition, getNodes, getNodesBounds]);
}
