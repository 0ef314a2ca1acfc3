import type {
  Edge,
  EdgeChange,
  Connection as FlowConnection,
  NodeChange,
  OnConnectEnd,
  OnConnectStart,
} from '@xyflow/react';
import { type Dispatch, type SetStateAction, useMemo } from 'react';
import type { Position } from '../../schemas/generated/types.ts';
import { connectPorts, moveBoxes } from '../actions/edit.ts';
import { select } from '../stores/session.ts';
import { useWorkspace } from '../stores/use-workspace.ts';
import type { Workspace } from '../stores/workspace.ts';
import type { BoxNode, LineEdge } from './flow-elements.ts';

type SetDragged = Dispatch<SetStateAction<ReadonlyMap<string, Position>>>;

function withSelection(ids: readonly string[], changes: readonly { id: string; selected: boolean }[]): string[] {
  const selected = new Set(ids);
  for (const change of changes) {
    if (change.selected) selected.add(change.id);
    else selected.delete(change.id);
  }
  return [...selected];
}

const portsOf = (line: FlowConnection | Edge) => ({
  from: { node: line.source, port: line.sourceHandle ?? '' },
  to: { node: line.target, port: line.targetHandle ?? '' },
});

function selectionHandlers({ session }: Workspace) {
  return {
    nodes(changes: NodeChange<BoxNode>[]) {
      const selects = changes.filter((change) => change.type === 'select');
      const { selection } = session.getState();
      if (selects.length > 0) select(session, { ...selection, nodes: withSelection(selection.nodes, selects) });
    },
    edges(changes: EdgeChange<LineEdge>[]) {
      const selects = changes.filter((change) => change.type === 'select');
      const { selection } = session.getState();
      if (selects.length > 0) {
        select(session, { ...selection, connections: withSelection(selection.connections, selects) });
      }
    },
  };
}

function drawingHandlers(workspace: Workspace) {
  const { session } = workspace;
  const onConnectStart: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
    if (!nodeId || !handleId || !handleType) return;
    session.setState({ connecting: { port: { node: nodeId, port: handleId }, side: handleType } });
  };
  const onConnectEnd: OnConnectEnd = () => session.setState({ connecting: undefined, hint: undefined });
  const onConnect = (line: FlowConnection) => {
    const { from, to } = portsOf(line);
    connectPorts(workspace, from, to);
  };
  return { onConnectStart, onConnectEnd, onConnect };
}

/** What React Flow reports, turned into edits and session changes. A drag stays outside the document until it ends. */
export function useFlowEvents(setDragged: SetDragged) {
  const workspace = useWorkspace();
  return useMemo(() => {
    const selecting = selectionHandlers(workspace);
    const drop = (moved: readonly BoxNode[]) => {
      moveBoxes(workspace, Object.fromEntries(moved.map((node) => [node.id, node.position])));
      setDragged(new Map());
    };
    return {
      ...drawingHandlers(workspace),
      onNodesChange(changes: NodeChange<BoxNode>[]) {
        selecting.nodes(changes);
        const moves = changes.filter((change) => change.type === 'position' && change.dragging && change.position);
        if (moves.length === 0) return;
        setDragged((before) => {
          const next = new Map(before);
          for (const move of moves) if (move.type === 'position' && move.position) next.set(move.id, move.position);
          return next;
        });
      },
      onEdgesChange: selecting.edges,
      onNodeDragStop: (_event: unknown, _node: BoxNode, moved: BoxNode[]) => drop(moved),
      onSelectionDragStop: (_event: unknown, moved: BoxNode[]) => drop(moved),
      onPaneClick: () => select(workspace.session, {}),
    };
  }, [workspace, setDragged]);
}
