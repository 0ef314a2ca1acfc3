import { Handle, type NodeProps, Position as Side } from '@xyflow/react';
import { type CSSProperties, memo } from 'react';
import { openGroup } from '../../actions/groups.ts';
import { lensOf, select } from '../../stores/session.ts';
import { useDocument, useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { ModuleTile } from '../../ui/ModuleIcon.tsx';
import type { StubNode } from './group-elements.ts';

/** A box outside of the open group, at the other end of its lines; a click leaves the group and goes there. */
export const StubBox = memo(function StubBox({ data }: NodeProps<StubNode>) {
  const workspace = useWorkspace();
  const { node: id, side } = data.stub;
  const node = useDocument((state) => state.nodes[id]);
  const group = useDocument((state) => state.groups[state.members[id] ?? '']?.title);
  const lens = useSession((state) => lensOf(state.found ?? state.lens, 'nodes', id));
  if (!node) return null;
  const goThere = () => {
    openGroup(workspace, undefined);
    select(workspace.session, { nodes: [id] });
    workspace.session.setState({ reveal: { node: id } });
  };
  return (
    <button
      type="button"
      className="stub nodrag"
      data-lens={lens}
      title={`Go to ${node.name}`}
      style={{ '--family': `var(--${data.family})` } as CSSProperties}
      onClick={goThere}
    >
      <ModuleTile svg={workspace.library.module(node.module)?.icon} family={data.family} size={24} />
      <span className="box-title">
        <strong>{node.name}</strong>
        <span>{group ? `in ${group}` : 'outside'}</span>
      </span>
      <Handle
        id="all"
        type={side}
        position={side === 'source' ? Side.Right : Side.Left}
        className="port-dot"
        isConnectable={false}
      />
    </button>
  );
});
