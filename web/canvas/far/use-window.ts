import { type ReactFlowState, useStore } from '@xyflow/react';
import { useMemo } from 'react';
import type { Window } from './mounted.ts';

const CELL_PIXELS = 512;

/** The cells of a grid that the view touches and one more around them; the grid is as coarse as the zoom is small. */
function windowKey({ width, height, transform: [x, y, zoom] }: ReactFlowState): string {
  const cell = CELL_PIXELS / 2 ** Math.round(Math.log2(zoom));
  const [left, top] = [Math.floor(-x / zoom / cell) - 1, Math.floor(-y / zoom / cell) - 1];
  const [right, bottom] = [Math.ceil((width - x) / zoom / cell) + 1, Math.ceil((height - y) / zoom / cell) + 1];
  return [left * cell, top * cell, right * cell, bottom * cell].join();
}

/** What is in view with some room around it; a new one only now and then while the view moves. */
export function useWindow(): Window {
  const key = useStore(windowKey);
  return useMemo(() => {
    const [left = 0, top = 0, right = 0, bottom = 0] = key.split(',').map(Number);
    return { left, top, right, bottom };
  }, [key]);
}
