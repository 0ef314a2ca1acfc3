import type { CanvasEdge, CanvasNode } from '../flow-elements.ts';

const hidden = new WeakMap<CanvasNode, CanvasNode>();

function hide(node: CanvasNode): CanvasNode {
  const known = hidden.get(node);
  if (known) return known;
  const made: CanvasNode = { ...node, hidden: true };
  hidden.set(node, made);
  return made;
}

/** From afar React Flow knows every box, so that it can fit and drag them, and mounts only these. */
export function mountOnly(nodes: readonly CanvasNode[], mounted: ReadonlySet<string>): CanvasNode[] {
  return nodes.map((node) => (mounted.has(node.id) ? node : hide(node)));
}

const FEW = 300;

export interface Window {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The lines that may be seen in a window: React Flow goes through every line that it has whenever the view moves. */
export function edgesIn(edges: CanvasEdge[], nodes: readonly CanvasNode[], window: Window): CanvasEdge[] {
  if (edges.length <= FEW) return edges;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return edges.filter((edge) => {
    const [from, to] = [byId.get(edge.source), byId.get(edge.target)];
    if (!from || !to) return false;
    const [x1, x2] = [from.position.x, to.position.x];
    const [y1, y2] = [from.position.y, to.position.y];
    return (
      Math.min(x1, x2) <= window.right &&
      Math.max(x1 + (from.width ?? 0), x2 + (to.width ?? 0)) >= window.left &&
      Math.min(y1, y2) <= window.bottom &&
      Math.max(y1 + (from.height ?? 0), y2 + (to.height ?? 0)) >= window.top
    );
  });
}
