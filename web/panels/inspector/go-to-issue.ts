import type { Issue } from '../../../schemas/generated/types.ts';
import { select } from '../../stores/session.ts';
import type { Workspace } from '../../stores/workspace.ts';

/** Selects what an issue speaks of and asks the canvas to bring it into view. */
export function goToIssue({ session, document }: Workspace, issue: Issue): void {
  const { nodes, connections } = document.content();
  const line = issue.connection ? connections[issue.connection] : undefined;
  const node = issue.node ?? line?.to.node;
  if (line) select(session, { connections: [line.id] });
  else if (node && nodes[node]) select(session, { nodes: [node] });
  if (node) session.setState({ nodeTab: issue.path.includes('/params') ? 'settings' : 'lines', reveal: { node } });
}
