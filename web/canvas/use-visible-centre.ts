import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import type { Position } from '../../schemas/generated/types.ts';
import { BOX_WIDTH, HEADER } from './geometry.ts';

/** Where a box stands in the middle of what is visible; a box placed by key or click lands there. */
export function useVisibleCentre(): () => Position {
  const { screenToFlowPosition } = useReactFlow();
  return useCallback(() => {
    const frame = document.querySelector('.react-flow')?.getBoundingClientRect();
    const middle = frame
      ? { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 }
      : { x: window.innerWidth / 2, y: window.innerHeight / 2 };
    const place = screenToFlowPosition(middle);
    return { x: place.x - BOX_WIDTH / 2, y: place.y - HEADER };
  }, [screenToFlowPosition]);
}
