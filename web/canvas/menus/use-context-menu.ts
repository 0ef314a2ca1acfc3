import { useMemo } from 'react';
import { openMenu } from '../../actions/menu.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { readFlowId } from '../groups/flow-id.ts';

interface Press {
  clientX: number;
  clientY: number;
  preventDefault(): void;
}

/** The right button on the canvas, as React Flow reports it: not when it was held to move the view. */
export function useContextMenu() {
  const workspace = useWorkspace();
  return useMemo(() => {
    const open = (event: Press, thing: Parameters<typeof openMenu>[1]) => {
      event.preventDefault();
      openMenu(workspace, thing, { x: event.clientX, y: event.clientY });
    };
    return {
      onPaneContextMenu: (event: Press) => open(event, undefined),
      onSelectionContextMenu: (event: Press) => {
        const [id] = workspace.session.getState().selection.nodes;
        open(event, id === undefined ? undefined : { kind: 'box', id });
      },
      onNodeContextMenu: (event: Press, node: { id: string }) => {
        const { kind, id } = readFlowId(node.id);
        open(event, kind === 'stub' || kind === 'bundle' ? undefined : { kind, id });
      },
      onEdgeContextMenu: (event: Press, edge: { id: string; type?: string | undefined }) =>
        open(event, edge.type === 'line' ? { kind: 'line', id: edge.id } : undefined),
      onNodeDoubleClick: (_event: unknown, node: { id: string; type?: string | undefined }) => {
        if (node.type === 'box') workspace.session.setState({ editing: node.id });
      },
    };
  }, [workspace]);
}
