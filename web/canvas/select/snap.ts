import type { Guide } from '../../stores/view.ts';
import type { Rect } from './rect.ts';

/** How far away a box may be and still be a neighbour, in canvas pixels. */
const NEAR = 900;
const ACROSS = { x: 'y', y: 'x' } as const;
const SIZE = { x: 'width', y: 'height' } as const;

export interface Snap {
  dx: number;
  dy: number;
  guides: Guide[];
}

interface SnapOptions {
  grid: number;
  /** How near an edge or a middle must come before it pulls. */
  reach: number;
}

const linesOf = (rect: Rect, axis: 'x' | 'y') => {
  const half = rect[SIZE[axis]] / 2;
  return { edges: [rect[axis], rect[axis] + 2 * half], middle: rect[axis] + half };
};

/** The gap between two rectangles along an axis; nothing where they overlap. */
const gap = (a: Rect, b: Rect, axis: 'x' | 'y') =>
  Math.max(0, a[axis] - (b[axis] + b[SIZE[axis]]), b[axis] - (a[axis] + a[SIZE[axis]]));

/** Offsets that would bring a line of `moving` onto one of `other`. */
function offsets(moving: Rect, other: Rect, axis: 'x' | 'y'): number[] {
  const [own, theirs] = [linesOf(moving, axis), linesOf(other, axis)];
  const edges = own.edges.flatMap((edge) => theirs.edges.map((target) => target - edge));
  return [...edges, theirs.middle - own.middle];
}

function pull(moving: Rect, near: readonly Rect[], axis: 'x' | 'y', { grid, reach }: SnapOptions): number {
  let best: number | undefined;
  for (const other of near) {
    for (const offset of offsets(moving, other, axis)) {
      if (Math.abs(offset) <= reach && (best === undefined || Math.abs(offset) < Math.abs(best))) best = offset;
    }
  }
  return best ?? Math.round(moving[axis] / grid) * grid - moving[axis];
}

/** One guide for each line that the moved rectangle now shares with neighbours, from end to end of all that share it. */
function guidesOf(moved: Rect, near: readonly Rect[], axis: 'x' | 'y'): Guide[] {
  const across = ACROSS[axis];
  const span = (rect: Rect) => [rect[across], rect[across] + rect[SIZE[across]]] as const;
  const own = linesOf(moved, axis);
  const guides = new Map<number, Guide>();
  for (const other of near) {
    const theirs = linesOf(other, axis);
    const shared = own.edges.filter((edge) => theirs.edges.some((target) => Math.abs(target - edge) < 0.5));
    if (Math.abs(theirs.middle - own.middle) < 0.5) shared.push(own.middle);
    for (const at of shared) {
      const [from, to] = span(other);
      const [start, end] = span(moved);
      const known = guides.get(at) ?? { axis, at, from: start, to: end };
      guides.set(at, { ...known, from: Math.min(known.from, from), to: Math.max(known.to, to) });
    }
  }
  return [...guides.values()];
}

/** How a dragged rectangle is to be corrected: onto edges and middles of its neighbours, else onto the grid. */
export function snapMove(moving: Rect, others: Iterable<Rect>, options: SnapOptions): Snap {
  const near = [...others].filter((other) => gap(moving, other, 'x') <= NEAR && gap(moving, other, 'y') <= NEAR);
  const dx = pull(moving, near, 'x', options);
  const dy = pull(moving, near, 'y', options);
  const moved = { ...moving, x: moving.x + dx, y: moving.y + dy };
  return { dx, dy, guides: [...guidesOf(moved, near, 'x'), ...guidesOf(moved, near, 'y')] };
}
