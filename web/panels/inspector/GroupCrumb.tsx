import { IconChevronRight, IconStack2 } from '@tabler/icons-react';
import { useDocument, useWorkspace } from '../../stores/use-workspace.ts';

/** The group that a box is in, before its name; a click shows the box there, also where the group is collapsed. */
export function GroupCrumb({ node }: { node: string }) {
  const { session } = useWorkspace();
  const group = useDocument((state) => state.groups[state.members[node] ?? '']);
  if (!group) return null;
  return (
    <button
      type="button"
      className="group-crumb"
      data-color={group.color}
      title={`Show it in the group ${group.title}`}
      onClick={() => session.setState({ reveal: { node } })}
    >
      <IconStack2 size={13} stroke={1.75} aria-hidden />
      <span className="clip">{group.title}</span>
      <IconChevronRight size={12} stroke={1.75} aria-hidden />
    </button>
  );
}
