import { reachElements, reachOf } from '../../schemas/rules/reach.ts';
import type { Workspace } from '../stores/workspace.ts';
import type { Action } from './action.ts';

/** What the lens looks at: the selected box, or the one that a selected line belongs to. */
function focusOf({ session, document }: Workspace): string | undefined {
  const { nodes, connections } = session.getState().selection;
  const [node] = nodes;
  if (node && nodes.length === 1) return node;
  const [line] = connections;
  return line && connections.length === 1 ? document.content().connections[line]?.from.node : undefined;
}

/** Shows on the canvas how one box reaches others and is reached, as the graph stands now. */
function lookAt({ document, library, session }: Workspace, focus: string): void {
  const { nodes, connections } = document.content();
  if (!nodes[focus]) return session.setState({ lens: undefined });
  const graph = { nodes: Object.values(nodes), connections: Object.values(connections) };
  session.setState({ lens: { focus, ...reachElements(reachOf(library.catalog, graph), focus) } });
}

/** Keeps the lens on what is selected, and true to the graph. */
export function refreshLens(workspace: Workspace): void {
  const { lens } = workspace.session.getState();
  if (lens) lookAt(workspace, focusOf(workspace) ?? lens.focus);
}

export const toggleLens: Action = {
  id: 'lens',
  label: 'Show who can reach what',
  group: 'Canvas',
  shortcut: 'i',
  menus: ['box', 'line', 'canvas'],
  words: 'access lens iam permissions policy reach',
  isEnabled: ({ document }) => Object.keys(document.content().nodes).length > 0,
  perform: (workspace) => {
    const { session } = workspace;
    const focus = focusOf(workspace);
    if (session.getState().lens) session.setState({ lens: undefined });
    else if (focus) lookAt(workspace, focus);
    else session.setState({ isInspectorOpen: true, environmentTab: 'access' });
  },
};

export const leaveLens: Action = {
  id: 'leave-lens',
  label: 'Leave the access lens',
  group: 'Canvas',
  isKeyOnly: true,
  shortcut: 'escape',
  isEnabled: ({ session }) => session.getState().lens !== undefined,
  perform: ({ session }) => session.setState({ lens: undefined }),
};
