import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import { isLineLive } from '../../stores/run-view.ts';
import { lensOfAny, select } from '../../stores/session.ts';
import { useDocument, useRun, useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { plural } from '../../ui/format.ts';
import { useRoute } from '../route/use-route.ts';
import type { BundleEdge } from './group-elements.ts';

/** Several lines between the same two ends as one, with their number; live when all of them are, selected when one is. */
export const Bundle = memo(function Bundle(props: EdgeProps<BundleEdge>) {
  const { data } = props;
  const { session } = useWorkspace();
  const lines = data?.lines ?? [];
  const connections = useDocument((state) => state.connections);
  const isLive = useRun((state) =>
    lines.every((id) => {
      const line = connections[id];
      return line !== undefined && isLineLive(line, state.runtime[line.to.node]);
    }),
  );
  const hasIssue = useRun((state) =>
    state.issues.some((issue) => issue.connection && lines.includes(issue.connection) && issue.blocks !== 'nothing'),
  );
  const lens = useSession((state) => lensOfAny(state.found ?? state.lens, 'connections', lines));
  const isSelected = useSession((state) => lines.some((id) => state.selection.connections.includes(id)));
  const { path, label } = useRoute(props);
  const style = { '--family': `var(--${data?.family ?? 'identity'})` } as CSSProperties;
  const state = {
    ...{ 'data-live': isLive, 'data-selected': isSelected, 'data-issue': hasIssue },
    'data-lens': lens,
  };
  return (
    <>
      {isSelected && <path className="line-halo" d={path} fill="none" />}
      <BaseEdge path={path} interactionWidth={18} className="line-path bundle" style={style} {...state} />
      <EdgeLabelRenderer>
        <button
          type="button"
          tabIndex={-1}
          className="line-chip nodrag nopan"
          style={{ ...style, transform: `translate(-50%, -50%) translate(${label.x}px, ${label.y}px)` }}
          title={plural(lines.length, 'line')}
          onClick={() => select(session, { connections: lines })}
          {...state}
        >
          {lines.length}×
        </button>
      </EdgeLabelRenderer>
    </>
  );
});
