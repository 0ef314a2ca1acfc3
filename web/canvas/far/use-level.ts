import { type ReactFlowState, useStore } from '@xyflow/react';
import { useCallback, useState } from 'react';
import { type Level, levelAt, startLevel } from './level.ts';

function createChooser() {
  let before: Level | undefined;
  return ({ width, fitViewQueued, transform }: ReactFlowState, boxes: number): Level => {
    const isKnown = width > 0 && !fitViewQueued;
    before = isKnown ? levelAt(transform[2], boxes, before ?? startLevel(boxes)) : startLevel(boxes);
    return before;
  };
}

/** Changes only where the zoom passes the border. Until the view is known, a large graph counts as far, so that nothing is mounted in vain. */
export function useLevel(boxes: number): Level {
  const [choose] = useState(createChooser);
  return useStore(useCallback((state: ReactFlowState) => choose(state, boxes), [choose, boxes]));
}
