import { useState } from 'react';
import type { CanvasEdge, CanvasNode } from '../flow-elements.ts';
import { createScene, movedSince, NONE_MOVED, type Scene, type Shape } from './scene.ts';

interface Staged {
  scene: Scene;
  moved: ReadonlyMap<string, Shape>;
}

function createStage() {
  let staged: Staged | undefined;
  return (nodes: readonly CanvasNode[], edges: readonly CanvasEdge[], isDragging: boolean): Staged => {
    const moved = staged && movedSince(staged.scene, nodes, edges);
    if (!staged || !moved || (moved.size > 0 && !isDragging)) {
      staged = { scene: createScene(nodes, edges), moved: NONE_MOVED };
    } else if (moved.size > 0 || staged.moved.size > 0) {
      staged = { scene: staged.scene, moved };
    }
    return staged;
  };
}

/** The scene as of the last edit that changed a look or a place; what is being dragged lies over it and leaves it as it is. */
export function useScene(
  nodes: readonly CanvasNode[],
  edges: readonly CanvasEdge[],
  { isWanted, isDragging }: { isWanted: boolean; isDragging: boolean },
): Staged | undefined {
  const [stage] = useState(createStage);
  return isWanted ? stage(nodes, edges, isDragging) : undefined;
}
