import { type ConnectionLineComponentProps, getBezierPath } from '@xyflow/react';
import type { CSSProperties } from 'react';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { familyOf } from './family-of.ts';

/** The line that is being drawn, in its contract's hue; its loose end is open until a port takes it. */
export function DrawnLine(props: ConnectionLineComponentProps) {
  const workspace = useWorkspace();
  const connecting = useSession((state) => state.connecting);
  if (!connecting) return null;
  const [path] = getBezierPath({
    sourceX: props.fromX,
    sourceY: props.fromY,
    sourcePosition: props.fromPosition,
    targetX: props.toX,
    targetY: props.toY,
    targetPosition: props.toPosition,
    curvature: 0.3,
  });
  const style = { '--family': `var(--${familyOf(workspace, connecting)})` } as CSSProperties;
  return (
    <g className="drawn-line" data-valid={props.connectionStatus === 'valid'} style={style}>
      <path d={path} fill="none" />
      <circle cx={props.toX} cy={props.toY} r={5} />
    </g>
  );
}
