import { IconChevronDown } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { type MouseEvent, memo } from 'react';
import { setCollapsed } from '../../actions/fold.ts';
import { renameGroup } from '../../actions/groups.ts';
import { select } from '../../stores/session.ts';
import { useDocument, useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { plural } from '../../ui/format.ts';
import { readFlowId } from './flow-id.ts';
import { GroupMenu } from './GroupMenu.tsx';
import type { FrameNode } from './group-elements.ts';
import { TitleField } from './TitleField.tsx';

/** The frame of a group: a title bar and a border to hold it by; what is inside takes the pointer as if it were not there. */
export const GroupFrame = memo(function GroupFrame({ id: flow, data, selected }: NodeProps<FrameNode>) {
  const workspace = useWorkspace();
  const { session } = workspace;
  const { id } = readFlowId(flow);
  const group = useDocument((state) => state.groups[id]);
  const isRenaming = useSession((state) => state.editing === flow);
  if (!group) return null;

  const choose = (event: MouseEvent) => {
    const { groups } = session.getState().selection;
    if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return select(session, { groups: [id] });
    const others = groups.filter((each) => each !== id);
    const selection = session.getState().selection;
    select(session, { ...selection, groups: others.length < groups.length ? others : [...groups, id] });
  };
  const rename = (title: string | undefined) => {
    session.setState({ editing: undefined });
    if (title !== undefined) renameGroup(workspace, id, title);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the node around it takes the keys
    <div
      className="group-frame"
      data-color={group.color}
      data-selected={selected}
      data-target={data.isTarget || undefined}
      onClick={choose}
    >
      <div className="frame-bar frame-grip">
        <button
          type="button"
          className="frame-button nodrag nopan"
          tabIndex={selected ? 0 : -1}
          aria-label={`Collapse group ${group.title}`}
          aria-expanded
          onClick={(event) => {
            event.stopPropagation();
            setCollapsed(workspace, [id], true);
          }}
        >
          <IconChevronDown size={15} stroke={1.75} />
        </button>
        {isRenaming ? (
          <TitleField value={group.title} label="Title of the group" onDone={rename} />
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: the menu has Rename for keys
          <strong className="frame-title" onDoubleClick={() => session.setState({ editing: flow })}>
            {group.title}
          </strong>
        )}
        <span className="frame-count">{plural(data.boxes.length, 'box', 'boxes')}</span>
        <GroupMenu id={id} group={group} isSelected={selected} />
      </div>
      {(['top', 'right', 'bottom', 'left'] as const).map((edge) => (
        <span key={edge} className={`frame-edge frame-edge-${edge} frame-grip`} />
      ))}
    </div>
  );
});
