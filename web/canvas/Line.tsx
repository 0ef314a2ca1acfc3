import { IconAlertTriangle, IconKey } from '@tabler/icons-react';
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import { isLineLive } from '../stores/run-view.ts';
import { lensOf, select } from '../stores/session.ts';
import { useDocument, useRun, useSession, useWorkspace } from '../stores/use-workspace.ts';
import { fanOffset } from './connect/fan-in.ts';
import { issueOfLine } from './connect/line-issues.ts';
import type { LineEdge } from './flow-elements.ts';
import { useRoute } from './route/use-route.ts';

/** How far from its ports a selected line can be taken by an end; React Flow's grips lie there. */
const GRIP = 16;

/** A line in its family's hue: dashed until it is live, with a chip that names the grants, or what is wrong with it. */
export const Line = memo(function Line(props: EdgeProps<LineEdge>) {
  const { id, data, selected, target } = props;
  const line = useDocument((state) => state.connections[id]);
  const offset = useDocument((state) => fanOffset(state, id));
  const isLive = useRun((state) => line !== undefined && isLineLive(line, state.runtime[line.to.node]));
  const isApplying = useRun((state) => state.steps[target]?.status === 'running' && state.run?.status === 'applying');
  const lens = useSession((state) => lensOf(state.found ?? state.lens, 'connections', id));
  const issue = useRun((state) => issueOfLine(state.issues, id));
  const targetY = props.targetY + offset;
  const { path, label } = useRoute({ ...props, targetY });
  const style = { '--family': `var(--${data?.family ?? 'identity'})` } as CSSProperties;
  const state = {
    'data-live': isLive,
    'data-selected': selected ?? false,
    'data-issue': issue !== undefined,
    'data-busy': isApplying,
    'data-lens': lens,
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
      {selected && (
        <g className="line-grips" aria-hidden>
          <circle cx={props.sourceX + GRIP} cy={props.sourceY} r={5} />
          <circle cx={props.targetX - GRIP} cy={targetY} r={5} />
        </g>
      )}
      {data && (data.grants.length > 0 || issue) && (
        <EdgeLabelRenderer>
          <LineChip
            id={id}
            grants={data.grants}
            broken={issue?.message}
            x={label.x}
            y={label.y}
            style={style}
            state={state}
          />
        </EdgeLabelRenderer>
      )}
    </>
  );
});

interface ChipProps {
  id: string;
  grants: readonly string[];
  /** What is wrong with the line. */
  broken: string | undefined;
  x: number;
  y: number;
  style: CSSProperties;
  state: Record<string, boolean | string | undefined>;
}

function LineChip({ id, grants, broken, x, y, style, state }: ChipProps) {
  const { session } = useWorkspace();
  const [first = 'broken', ...others] = grants;
  const Icon = broken ? IconAlertTriangle : IconKey;
  return (
    <button
      type="button"
      tabIndex={-1}
      className="line-chip nodrag nopan"
      style={{ ...style, transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
      title={broken ?? `Grants ${grants.join(', ')}`}
      onClick={() => select(session, { connections: [id] })}
      {...state}
    >
      <Icon size={12} stroke={1.75} aria-hidden />
      {broken ? 'broken' : first}
      {!broken && others.length > 0 && ` +${others.length}`}
    </button>
  );
}
