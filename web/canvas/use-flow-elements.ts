import { useMemo, useState } from 'react';
import type { Position } from '../../schemas/generated/types.ts';
import { useDocument, useSession, useWorkspace } from '../stores/use-workspace.ts';
import { placeMissing } from './auto-place.ts';
import { createFaceKeeper } from './faces.ts';
import type { CanvasNode } from './flow-elements.ts';
import { draggedBoxes, isGroupDragged } from './groups/places.ts';
import { useFolding } from './groups/use-folding.ts';
import { useGroupNodes } from './groups/use-group-nodes.ts';
import { useNoteNodes } from './notes/use-note-nodes.ts';
import { useBoxNodes } from './use-box-nodes.ts';
import { useLineEdges } from './use-line-edges.ts';
import { useShownNodes } from './use-shown-nodes.ts';

/** The document as React Flow nodes and edges: views that are rebuilt only for records that changed. */
export function useFlowElements(
  dragged: ReadonlyMap<string, Position>,
  unfolded: ReadonlyMap<string, readonly string[]>,
) {
  const { library } = useWorkspace();
  const nodes = useShownNodes();
  const connections = useDocument((state) => state.connections);
  const positions = useDocument((state) => state.positions);
  const members = useDocument((state) => state.members);
  const keepFaces = useMemo(() => createFaceKeeper(library.catalog), [library]);
  const faces = useMemo(() => keepFaces(nodes), [keepFaces, nodes]);
  const missing = useMemo(() => placeMissing(nodes, connections, positions), [nodes, connections, positions]);
  const rest = useMemo(
    () => (Object.keys(missing).length === 0 ? positions : { ...missing, ...positions }),
    [missing, positions],
  );
  const folding = useFolding();
  const moving = useMemo(() => draggedBoxes(dragged, members, rest), [dragged, members, rest]);
  const boxes = useBoxNodes({ faces, folding, unfolded, rest, moving });
  const edges = useLineEdges(faces, folding);
  const isGliding = useSession((state) => state.gliding !== undefined);
  const groups = useGroupNodes({
    ...{ folding, boxes, moving, rest },
    isGroupDragged: isGliding || isGroupDragged(dragged),
  });
  const notes = useNoteNodes(dragged);
  const drawn: CanvasNode[] = [...groups.below, ...notes, ...boxes, ...groups.above];
  const [keepList] = useState(createListKeeper);
  return { nodes: keepList(drawn), edges };
}

/** The same views are the same list, so that React Flow is told of changes only. */
function createListKeeper() {
  let last: CanvasNode[] = [];
  return (next: CanvasNode[]): CanvasNode[] => {
    if (next.length !== last.length || next.some((node, index) => node !== last[index])) last = next;
    return last;
  };
}
