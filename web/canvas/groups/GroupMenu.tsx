import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { Group } from '../../../schemas/generated/types.ts';
import type { Action } from '../../actions/action.ts';
import {
  deleteGroupWithContent,
  enterGroup,
  selectInGroup,
  setGroups,
  toggleCollapsed,
  ungroup,
} from '../../actions/groups.ts';
import { shortcutText } from '../../actions/shortcut.ts';
import { select } from '../../stores/session.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { ColorItems } from './ColorItems.tsx';
import { flowId } from './flow-id.ts';

const ACTIONS: readonly Action[] = [enterGroup, selectInGroup, ungroup, deleteGroupWithContent];

/** Everything that can be done with a group; opening it selects the group, which the commands speak of. */
export function GroupMenu({ id, group, isSelected }: { id: string; group: Group; isSelected: boolean }) {
  const workspace = useWorkspace();
  const { session } = workspace;
  return (
    <Menu position="bottom-start" width={258} onOpen={() => select(session, { groups: [id] })}>
      <Menu.Target>
        <button
          type="button"
          className="frame-button nodrag nopan"
          // Tab comes to the buttons of the selected group alone: those of all others would stand between the canvas and the page.
          tabIndex={isSelected ? 0 : -1}
          aria-label={`Commands of group ${group.title}`}
        >
          <IconDots size={15} stroke={1.75} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <ColorItems
          value={group.color}
          onChange={(color) => setGroups(workspace, [id], { color }, 'change colour of group')}
        />
        <Menu.Divider />
        <Menu.Item onClick={() => session.setState({ editing: flowId('group', id) })}>Rename</Menu.Item>
        <Item action={toggleCollapsed} label={group.collapsed ? 'Expand' : 'Collapse'} />
        {ACTIONS.map((action) => (
          <Item key={action.id} action={action} label={action.label} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Item({ action, label }: { action: Action; label: string }) {
  const workspace = useWorkspace();
  return (
    <Menu.Item
      color={action === deleteGroupWithContent ? 'var(--bad)' : undefined}
      rightSection={action.shortcut && <span className="quiet">{shortcutText(action.shortcut)}</span>}
      onClick={() => void action.perform(workspace)}
    >
      {label}
    </Menu.Item>
  );
}
