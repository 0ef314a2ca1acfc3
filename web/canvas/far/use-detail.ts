import { useMemo, useState } from 'react';
import { useSession } from '../../stores/use-workspace.ts';
import type { CanvasEdge, CanvasNode } from '../flow-elements.ts';
import { flowIdOf } from '../groups/flow-id.ts';
import type { Level } from './level.ts';
import { edgesIn, mountOnly } from './mounted.ts';
import { useWindow } from './use-window.ts';

interface Elements {
  nodes: CanvasNode[];
  edges: CanvasEdge[];
}

/** The same lines are the same list, so that a drag of boxes does not set up all of them. */
function createListKeeper() {
  let last: CanvasEdge[] = [];
  return (next: CanvasEdge[]): CanvasEdge[] => {
    if (next.length !== last.length || next.some((edge, index) => edge !== last[index])) last = next;
    return last;
  };
}

/** The part of the canvas that React Flow draws: near what is around the view, from afar what the pointer or the keyboard is at. */
export function useDetail({ nodes, edges }: Elements, level: Level, hovered: string | undefined): Elements {
  const window = useWindow();
  const focused = useSession((state) => state.focused && flowIdOf(state.focused));
  const onlySelected = useSession(({ selection }) => (selection.nodes.length === 1 ? selection.nodes[0] : undefined));
  const isFar = level === 'far';
  const shown = useMemo(
    () => (isFar ? mountOnly(nodes, new Set([hovered ?? '', focused ?? '', onlySelected ?? ''])) : nodes),
    [isFar, nodes, hovered, focused, onlySelected],
  );
  const [keep] = useState(createListKeeper);
  const seen = useMemo(
    () => (isFar ? edges.filter(({ id }) => id === focused) : edgesIn(edges, nodes, window)),
    [isFar, edges, nodes, window, focused],
  );
  return { nodes: shown, edges: keep(seen) };
}
