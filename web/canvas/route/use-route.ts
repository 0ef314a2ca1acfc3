import { useEffect, useMemo, useState } from 'react';
import type { Obstacle } from '../../stores/session.ts';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { type AreaIndex, indexAreas } from '../far/area-index.ts';
import type { CanvasNode } from '../flow-elements.ts';
import { aroundLine, type Ends, type RoutedLine, routeLine } from './route-line.ts';

const isSame = (a: readonly Obstacle[], b: readonly Obstacle[]) =>
  a.length === b.length &&
  a.every((one, index) => {
    const other = b[index];
    return one.id === other?.id && one.x === other.x && one.y === other.y && one.height === other.height;
  });

/**
 * Boxes and collapsed groups are what lines go around. While something is dragged they count as they stood before, so that only its own
 * lines move.
 */
export function useObstacles(nodes: readonly CanvasNode[], isMoving: boolean): void {
  const { session } = useWorkspace();
  useEffect(() => {
    if (isMoving) return;
    const obstacles = nodes.flatMap(({ id, type, position, width = 0, height = 0 }) =>
      type === 'box' || type === 'folded' ? [{ id, ...position, width, height }] : [],
    );
    if (!isSame(session.getState().obstacles, obstacles)) session.setState({ obstacles });
  }, [session, nodes, isMoving]);
}

const indexes = new WeakMap<readonly Obstacle[], AreaIndex<Obstacle>>();

/** Every line asks for those near it when it is drawn first: they are found by place, and not by a look at all. */
function indexOf(obstacles: readonly Obstacle[]): AreaIndex<Obstacle> {
  const index = indexes.get(obstacles) ?? indexAreas(obstacles);
  indexes.set(obstacles, index);
  return index;
}

interface LineProps {
  source: string;
  target: string;
  sourceX: number;
  sourceY: number;
  targetX: number;
  targetY: number;
}

/** Looks for a way anew only where the ends or the boxes near the line are others than before: most moves concern few lines. */
function createRouter() {
  let last: { ends: Ends; near: readonly Obstacle[]; line: RoutedLine } | undefined;
  return (ends: Ends, near: readonly Obstacle[]): RoutedLine => {
    const isKept = last && isSame(last.near, near) && ENDS.every((key) => last?.ends[key] === ends[key]);
    if (!last || !isKept) last = { ends, near, line: routeLine(ends, near) };
    return last.line;
  };
}

const ENDS = ['x1', 'y1', 'x2', 'y2'] as const;

/** How a line runs between its ends, around the boxes that it does not join. */
export function useRoute({ source, target, sourceX, sourceY, targetX, targetY }: LineProps): RoutedLine {
  const obstacles = useSession((state) => state.obstacles);
  const [route] = useState(createRouter);
  return useMemo(() => {
    const ends = { x1: sourceX, y1: sourceY, x2: targetX, y2: targetY };
    return route(
      ends,
      indexOf(obstacles)
        .within(aroundLine(ends))
        .filter(({ id }) => id !== source && id !== target),
    );
  }, [route, obstacles, source, target, sourceX, sourceY, targetX, targetY]);
}
