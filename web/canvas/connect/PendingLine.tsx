import { getBezierPath, Position as Side, useInternalNode, ViewportPortal } from '@xyflow/react';
import type { CSSProperties } from 'react';
import type { Position } from '../../../schemas/generated/types.ts';
import type { LineEnd } from '../../stores/session.ts';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { familyOf } from './family-of.ts';

/** While the menu asks what a line ends at, the line stays where it was let go. */
export function PendingLine() {
  const menu = useSession((state) => state.connectMenu);
  const [end] = menu?.ends ?? [];
  if (!end || !menu?.place) return null;
  return <LineTo end={end} place={menu.place} />;
}

function LineTo({ end, place }: { end: LineEnd; place: Position }) {
  const workspace = useWorkspace();
  const box = useInternalNode(end.port.node);
  const handle = box?.internals.handleBounds?.[end.side]?.find(({ id }) => id === end.port.port);
  if (!box || !handle) return null;
  const { x, y } = box.internals.positionAbsolute;
  const isOutput = end.side === 'source';
  const [path] = getBezierPath({
    sourceX: x + handle.x + handle.width / 2,
    sourceY: y + handle.y + handle.height / 2,
    sourcePosition: isOutput ? Side.Right : Side.Left,
    targetX: place.x,
    targetY: place.y,
    targetPosition: isOutput ? Side.Left : Side.Right,
    curvature: 0.3,
  });
  const style = { '--family': `var(--${familyOf(workspace, end)})` } as CSSProperties;
  return (
    <ViewportPortal>
      <svg className="pending-line drawn-line" style={style} aria-hidden>
        <path d={path} fill="none" />
        <circle cx={place.x} cy={place.y} r={5} />
      </svg>
    </ViewportPortal>
  );
}
