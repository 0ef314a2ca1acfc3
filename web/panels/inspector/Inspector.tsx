import { IconLayoutSidebarRightCollapse } from '@tabler/icons-react';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { ConnectionPanel } from './ConnectionPanel.tsx';
import { EnvironmentPanel } from './EnvironmentPanel.tsx';
import { NodePanel } from './NodePanel.tsx';
import { SelectionPanel } from './SelectionPanel.tsx';

export function Inspector() {
  const { session } = useWorkspace();
  const selection = useSession((state) => state.selection);
  const [node] = selection.nodes;
  const [line] = selection.connections;
  const count = selection.nodes.length + selection.connections.length;
  return (
    <aside className="inspector" aria-label="Inspector">
      {count === 0 && <EnvironmentPanel />}
      {count === 1 && node && <NodePanel key={node} id={node} />}
      {count === 1 && line && <ConnectionPanel key={line} id={line} />}
      {count > 1 && <SelectionPanel nodes={selection.nodes.length} lines={selection.connections.length} />}
      <button
        type="button"
        className="icon-button inspector-fold"
        aria-label="Fold the inspector"
        onClick={() => session.setState({ isInspectorOpen: false })}
      >
        <IconLayoutSidebarRightCollapse size={17} stroke={1.75} />
      </button>
    </aside>
  );
}
