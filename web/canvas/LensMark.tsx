import { IconFocus2, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { leaveLens, refreshLens } from '../actions/lens.ts';
import { useDocument, useSession, useWorkspace } from '../stores/use-workspace.ts';
import { plural } from '../ui/format.ts';

/** Says what the lens shows, and keeps it true while people edit and select. */
export function LensMark() {
  const lens = useSession((state) => state.lens);
  return lens ? <Mark focus={lens.focus} lines={Object.keys(lens.connections).length} /> : null;
}

function Mark({ focus, lines }: { focus: string; lines: number }) {
  const workspace = useWorkspace();
  const name = useDocument((state) => state.nodes[focus]?.name);
  const nodes = useDocument((state) => state.nodes);
  const connections = useDocument((state) => state.connections);
  const selection = useSession((state) => state.selection);
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- these three are what the lens is made from.
  useEffect(() => refreshLens(workspace), [workspace, nodes, connections, selection]);
  return (
    <div className="lens-mark" role="status">
      <IconFocus2 size={15} stroke={1.75} aria-hidden />
      <span>
        Access of <strong>{name}</strong>: {lines === 0 ? 'no line hands out a permission' : plural(lines, 'line')}
      </span>
      <button
        type="button"
        className="icon-button small"
        aria-label="Leave the access lens"
        onClick={() => void leaveLens.perform(workspace)}
      >
        <IconX size={14} stroke={1.75} />
      </button>
    </div>
  );
}
