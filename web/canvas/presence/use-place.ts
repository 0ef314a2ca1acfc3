import { useStore as useFlow } from '@xyflow/react';
import { useShallow } from 'zustand/react/shallow';

export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a box stands on the canvas, also while it is dragged; undefined while it is not shown. */
export function usePlace(id: string | undefined): Place | undefined {
  return useFlow(
    useShallow((state) => {
      const node = id === undefined ? undefined : state.nodeLookup.get(id);
      if (!node || node.hidden) return undefined;
      const { x, y } = node.internals.positionAbsolute;
      return { x, y, width: node.measured.width ?? 0, height: node.measured.height ?? 0 };
    }),
  );
}
