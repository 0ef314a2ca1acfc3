import { IconChevronRight } from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { openGroup } from '../../actions/groups.ts';
import { useDocument, useSession, useWorkspace } from '../../stores/use-workspace.ts';

/** Where one is while a group is open, and the way back. */
export function Breadcrumbs() {
  const workspace = useWorkspace();
  const open = useSession((state) => state.openGroup);
  const group = useDocument((state) => (open === undefined ? undefined : state.groups[open]));
  if (!group) return null;
  return (
    <Panel position="top-left" className="breadcrumbs" role="navigation" aria-label="Breadcrumbs">
      <button type="button" className="link-button" onClick={() => openGroup(workspace, undefined)}>
        {workspace.scope.environment}
      </button>
      <IconChevronRight size={13} stroke={1.75} aria-hidden />
      <span className="crumb-here" data-color={group.color} aria-current="location">
        {group.title}
      </span>
      <kbd>Esc</kbd>
    </Panel>
  );
}
