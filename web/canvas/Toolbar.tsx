import { Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBoxMultiple,
  IconHandStop,
  IconLasso,
  IconLayoutDistributeVertical,
  IconMaximize,
  IconMinus,
  IconNote,
  IconPhotoDown,
  IconPlus,
  IconPointer,
  type TablerIcon,
} from '@tabler/icons-react';
import { Panel } from '@xyflow/react';
import { memo } from 'react';
import type { Action } from '../actions/action.ts';
import { exportCanvas } from '../actions/export.ts';
import { groupSelection } from '../actions/groups.ts';
import { redo, undo } from '../actions/history.ts';
import { arrangeAll, arrangeSelection } from '../actions/layout.ts';
import { addNote } from '../actions/notes.ts';
import { shortcutText } from '../actions/shortcut.ts';
import { TOOL_ACTIONS } from '../actions/tools.ts';
import { VIEW_ACTIONS } from '../actions/view.ts';
import { useDocument, useSession, useWorkspace } from '../stores/use-workspace.ts';

interface ToolProps {
  action: Action;
  icon: TablerIcon;
  /** What the command would do now, said after its name. */
  detail?: string;
  isOn?: boolean;
  isDisabled?: boolean;
}

/** A command as a button. */
const Tool = memo(function Tool({ action, icon: Icon, detail, isOn, isDisabled }: ToolProps) {
  const workspace = useWorkspace();
  const name = `${action.label}${detail ? ` ${detail}` : ''}`;
  const label = action.shortcut ? `${name} (${shortcutText(action.shortcut)})` : name;
  return (
    <Tooltip label={label} position="top">
      <button
        type="button"
        className="tool"
        aria-label={label}
        aria-pressed={isOn}
        aria-disabled={isDisabled || undefined}
        onClick={() => !isDisabled && action.isEnabled(workspace) && void action.perform(workspace)}
      >
        <Icon size={17} stroke={1.75} />
      </button>
    </Tooltip>
  );
});

export function Toolbar() {
  const tool = useSession((state) => state.tool);
  const canGroup = useSession((state) => state.selection.nodes.length > 0 && state.openGroup === undefined);
  const hasMany = useSession((state) => state.selection.nodes.length > 1);
  const past = useDocument((state) => state.past.at(-1)?.label);
  const future = useDocument((state) => state.future[0]?.label);
  return (
    <Panel position="bottom-left" className="toolbar" role="toolbar" aria-label="Canvas tools">
      <Tool action={TOOL_ACTIONS.select} icon={IconPointer} isOn={tool === 'select'} />
      <Tool action={TOOL_ACTIONS.lasso} icon={IconLasso} isOn={tool === 'lasso'} />
      <Tool action={TOOL_ACTIONS.pan} detail="or hold Space" icon={IconHandStop} isOn={tool === 'pan'} />
      <span className="tool-gap" />
      <Tool action={addNote} icon={IconNote} />
      <Tool action={groupSelection} icon={IconBoxMultiple} isDisabled={!canGroup} />
      <Tool action={hasMany ? arrangeSelection : arrangeAll} icon={IconLayoutDistributeVertical} />
      <span className="tool-gap" />
      <Tool action={VIEW_ACTIONS.zoomOut} icon={IconMinus} />
      <Tool action={VIEW_ACTIONS.zoomIn} icon={IconPlus} />
      <Tool action={VIEW_ACTIONS.fitAll} icon={IconMaximize} />
      <Tool action={exportCanvas} icon={IconPhotoDown} />
      <span className="tool-gap" />
      <Tool action={undo} detail={past} icon={IconArrowBackUp} isDisabled={past === undefined} />
      <Tool action={redo} detail={future} icon={IconArrowForwardUp} isDisabled={future === undefined} />
    </Panel>
  );
}
