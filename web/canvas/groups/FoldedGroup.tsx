import { IconArrowsMaximize, IconChevronRight, IconStack2 } from '@tabler/icons-react';
import { Handle, type NodeProps, Position as Side } from '@xyflow/react';
import { type CSSProperties, memo, useMemo } from 'react';
import { setCollapsed } from '../../actions/fold.ts';
import { openGroup, renameGroup } from '../../actions/groups.ts';
import { lensOfAny } from '../../stores/session.ts';
import { useDocument, useRun, useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { plural } from '../../ui/format.ts';
import { StateIcon } from '../../ui/StateIcon.tsx';
import { HEADER, rowCentre } from '../geometry.ts';
import { readFlowId } from './flow-id.ts';
import type { FoldedPort } from './folding.ts';
import { GroupMenu } from './GroupMenu.tsx';
import { type FoldedNode, foldedHeight } from './group-elements.ts';
import { summarise } from './summary.ts';
import { TitleField } from './TitleField.tsx';

/** A collapsed group: one box with the ports that lines cross its border at, and what its boxes are and will be. */
export const FoldedGroup = memo(function FoldedGroup({ id: flow, data, selected }: NodeProps<FoldedNode>) {
  const workspace = useWorkspace();
  const { session } = workspace;
  const { id } = readFlowId(flow);
  const { view } = data;
  const group = useDocument((state) => state.groups[id]);
  const isRenaming = useSession((state) => state.editing === flow);
  const lens = useSession((state) => lensOfAny(state.found ?? state.lens, 'nodes', view.boxes));
  const holdsSelected = useSession((state) => state.selection.nodes.some((node) => view.boxes.includes(node)));
  const run = useRun((state) => state);
  const summary = useMemo(() => summarise(run, view.boxes), [run, view.boxes]);
  if (!group) return null;
  const rename = (title: string | undefined) => {
    session.setState({ editing: undefined });
    if (title !== undefined) renameGroup(workspace, id, title);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside and Ctrl+Down do the same
    <div
      className="box folded"
      data-color={group.color}
      data-selected={selected}
      data-holds={holdsSelected || undefined}
      data-action={summary.action}
      data-state={summary.state}
      data-lens={lens}
      style={{ height: foldedHeight(view) }}
      onDoubleClick={() => !isRenaming && openGroup(workspace, id)}
    >
      {summary.plan && <span className="box-badge">{summary.plan}</span>}
      <header className="box-head" style={{ height: HEADER }}>
        <span className="folded-tile" aria-hidden>
          <IconStack2 size={17} stroke={1.75} />
        </span>
        <span className="box-title">
          {isRenaming ? (
            <TitleField value={group.title} label="Title of the group" onDone={rename} />
          ) : (
            <strong>{group.title}</strong>
          )}
          <span>{plural(view.boxes.length, 'box', 'boxes')}</span>
        </span>
        <button
          type="button"
          className="frame-button nodrag nopan"
          tabIndex={selected ? 0 : -1}
          aria-label={`Expand group ${group.title}`}
          aria-expanded={false}
          onClick={() => setCollapsed(workspace, [id], false)}
        >
          <IconChevronRight size={15} stroke={1.75} />
        </button>
      </header>
      {view.inputs.map((port, index) => (
        <FoldedRow key={port.id} port={port} side="target" index={index} />
      ))}
      {view.outputs.map((port, index) => (
        <FoldedRow key={port.id} port={port} side="source" index={index} />
      ))}
      <footer className="box-foot">
        <span className="box-state" data-state={summary.state}>
          <StateIcon state={summary.state} />
          {summary.word}
        </span>
        {summary.issues > 0 && (
          <span className="folded-issues" title={plural(summary.issues, 'issue')}>
            !{summary.issues}
          </span>
        )}
        <span className="spring" />
        <button
          type="button"
          className="frame-button nodrag nopan"
          tabIndex={selected ? 0 : -1}
          aria-label={`Enter group ${group.title}`}
          title="Enter group"
          onClick={() => openGroup(workspace, id)}
        >
          <IconArrowsMaximize size={14} stroke={1.75} />
        </button>
        <GroupMenu id={id} group={group} isSelected={selected} />
      </footer>
    </div>
  );
});

function FoldedRow({ port, side, index }: { port: FoldedPort; side: 'source' | 'target'; index: number }) {
  const { library } = useWorkspace();
  const family = library.catalog.findContract(`${port.id}@*`)?.family ?? 'identity';
  const name = port.id.replace(/^aws-/, '').replaceAll('-', ' ');
  return (
    <div
      className={`port port-${side}`}
      style={{ '--family': `var(--${family})`, top: rowCentre(index) - 11 } as CSSProperties}
    >
      <Handle
        id={port.id}
        type={side}
        position={side === 'source' ? Side.Right : Side.Left}
        className="port-dot"
        data-connected
        isConnectable={false}
        title={`${name}: ${plural(port.count, 'port')} of boxes inside`}
        style={{ top: 11 }}
      />
      <span className="port-name">{name}</span>
      {port.count > 1 && <span className="port-count">{port.count}</span>}
    </div>
  );
}
