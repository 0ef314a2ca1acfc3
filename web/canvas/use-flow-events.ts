import { type EdgeChange, type NodeChange, useReactFlow } from '@xyflow/react';
import { type Dispatch, type SetStateAction, useMemo } from 'react';
import type { Position } from '../../schemas/generated/types.ts';
import { dropOnCanvas } from '../actions/groups.ts';
import { type Selection, select } from '../stores/session.ts';
import { useWorkspace } from '../stores/use-workspace.ts';
import type { Workspace } from '../stores/workspace.ts';
import { drawingHandlers } from './connect/drawing-handlers.ts';
import type { CanvasEdge, CanvasNode } from './flow-elements.ts';
import { readFlowId } from './groups/flow-id.ts';
import { useSnapping } from './select/use-snapping.ts';

type SetDragged = Dispatch<SetStateAction<ReadonlyMap<string, Position>>>;

const COLLECTION = { box: 'nodes', group: 'groups', note: 'notes' } as const;

/** Selections of every kind that changes are collected in. */
function collector(selection: Selection) {
  const sets = {
    nodes: new Set(selection.nodes),
    groups: new Set(selection.groups),
    notes: new Set(selection.notes),
    connections: new Set(selection.connections),
  };
  return {
    set(collection: keyof Selection, id: string, isSelected: boolean) {
      if (isSelected) sets[collection].add(id);
      else sets[collection].delete(id);
    },
    selection: (): Selection => ({
      nodes: [...sets.nodes],
      groups: [...sets.groups],
      notes: [...sets.notes],
      connections: [...sets.connections],
    }),
  };
}

function selectionHandlers({ session }: Workspace) {
  return {
    nodes(changes: NodeChange<CanvasNode>[]) {
      const selects = changes.filter((change) => change.type === 'select');
      if (selects.length === 0) return;
      const collected = collector(session.getState().selection);
      for (const change of selects) {
        const { kind, id } = readFlowId(change.id);
        if (kind !== 'stub' && kind !== 'bundle') collected.set(COLLECTION[kind], id, change.selected);
      }
      select(session, collected.selection());
    },
    edges(changes: EdgeChange<CanvasEdge>[], linesOf: (edge: string) => readonly string[]) {
      const selects = changes.filter((change) => change.type === 'select');
      if (selects.length === 0) return;
      const collected = collector(session.getState().selection);
      for (const change of selects)
        for (const line of linesOf(change.id)) collected.set('connections', line, change.selected);
      select(session, collected.selection());
    },
  };
}

/** What React Flow reports, turned into edits and session changes. A drag stays outside the document until it ends. */
export function useFlowEvents(setDragged: SetDragged) {
  const workspace = useWorkspace();
  const { getEdge, getNodes, screenToFlowPosition } = useReactFlow<CanvasNode, CanvasEdge>();
  const snapping = useSnapping();
  return useMemo(() => {
    const selecting = selectionHandlers(workspace);
    const linesOf = (id: string) => {
      const edge = getEdge(id);
      return edge?.type === 'bundle' ? (edge.data?.lines ?? []) : [id];
    };
    const drop = (moved: readonly CanvasNode[]) => {
      const dropped = snapping.drop(new Map(moved.map((node) => [node.id, node.position])));
      if (dropped) dropOnCanvas(workspace, dropped, getNodes());
      setDragged(new Map());
    };
    const drag = (event: { altKey: boolean }, moved: readonly CanvasNode[]) =>
      snapping.begin(
        event,
        moved.map((node) => node.id),
      );
    return {
      ...drawingHandlers(workspace, screenToFlowPosition),
      onNodesChange(changes: NodeChange<CanvasNode>[]) {
        selecting.nodes(changes);
        const moves = changes.filter((change) => change.type === 'position' && change.dragging && change.position);
        if (moves.length === 0) return;
        const places = new Map<string, Position>();
        for (const move of moves) if (move.type === 'position' && move.position) places.set(move.id, move.position);
        setDragged(snapping.place(places));
      },
      onEdgesChange: (changes: EdgeChange<CanvasEdge>[]) => selecting.edges(changes, linesOf),
      onNodeDragStart: (event: { altKey: boolean }, _node: CanvasNode, moved: CanvasNode[]) => drag(event, moved),
      onSelectionDragStart: (event: { altKey: boolean }, moved: CanvasNode[]) => drag(event, moved),
      onNodeDragStop: (_event: unknown, _node: CanvasNode, moved: CanvasNode[]) => drop(moved),
      onSelectionDragStop: (_event: unknown, moved: CanvasNode[]) => drop(moved),
      onPaneClick: () => select(workspace.session, {}),
    };
  }, [workspace, setDragged, snapping, getEdge, getNodes, screenToFlowPosition]);
}
