import { IconKey } from '@tabler/icons-react';
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import { isLineLive } from '../stores/run-view.ts';
import { select } from '../stores/session.ts';
import { useDocument, useRun, useWorkspace } from '../stores/use-workspace.ts';
import type { LineEdge } from './flow-elements.ts';

/** A line in its family's hue: dashed until it is live, with a chip that names the grants. */
export const Line = memo(function Line(props: EdgeProps<LineEdge>) {
  const { id, data, selected, target } = props;
  const line = useDocument((state) => state.connections[id]);
  const isLive = useRun((state) => line !== undefined && isLineLive(line, state.runtime[line.to.node]));
  const isApplying = useRun((state) => state.steps[target]?.status === 'running' && state.run?.status === 'applying');
  const hasIssue = useRun((state) =>
    state.issues.some((issue) => issue.connection === id && issue.blocks !== 'nothing'),
  );
  const [path, x, y] = getBezierPath({ ...props, curvature: 0.3 });
  const style = { '--family': `var(--${data?.family ?? 'identity'})` } as CSSProperties;
  const state = {
    'data-live': isLive,
    'data-selected': selected ?? false,
    'data-issue': hasIssue,
    'data-busy': isApplying,
  };

  return (
    <>
      {selected && <path className="line-halo" d={path} fill="none" />}
      <BaseEdge
        path={path}
        interactionWidth={props.interactionWidth}
        className="line-path"
        style={style}
        data-long={Math.abs(props.targetX - props.sourceX) + Math.abs(props.targetY - props.sourceY) > 2400}
        {...state}
      />
      {data && data.grants.length > 0 && (
        <EdgeLabelRenderer>
          <LineChip id={id} grants={data.grants} x={x} y={y} style={style} state={state} />
        </EdgeLabelRenderer>
      )}
    </>
  );
});

interface ChipProps {
  id: string;
  grants: readonly string[];
  x: number;
  y: number;
  style: CSSProperties;
  state: Record<string, boolean>;
}

function LineChip({ id, grants, x, y, style, state }: ChipProps) {
  const { session } = useWorkspace();
  const [first, ...others] = grants;
  return (
    <button
      type="button"
      tabIndex={-1}
      className="line-chip nodrag nopan"
      style={{ ...style, transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      title={`Grants ${grants.join(', ')}`}
      onClick={() => select(session, { connections: [id] })}
      {...state}
    >
      <IconKey size={12} stroke={1.75} aria-hidden />
      {first}
      {others.length > 0 && ` +${others.length}`}
    </button>
  );
}
