import { Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconHandStop,
  IconMaximize,
  IconMinus,
  IconPlus,
  IconPointer,
  type TablerIcon,
} from '@tabler/icons-react';
import { Panel, useReactFlow } from '@xyflow/react';
import { type Action, shortcutText } from '../actions/action.ts';
import { redo, undo } from '../actions/history.ts';
import { useDocument, useSession, useWorkspace } from '../stores/use-workspace.ts';
import { FIT } from './fit.ts';

interface ToolProps {
  label: string;
  icon: TablerIcon;
  isOn?: boolean;
  isDisabled?: boolean;
  onClick(): void;
}

function Tool({ label, icon: Icon, isOn, isDisabled, onClick }: ToolProps) {
  return (
    <Tooltip label={label} position="top">
      <button
        type="button"
        className="tool"
        aria-label={label}
        aria-pressed={isOn}
        aria-disabled={isDisabled || undefined}
        onClick={() => !isDisabled && onClick()}
      >
        <Icon size={17} stroke={1.75} />
      </button>
    </Tooltip>
  );
}

const withKeys = (action: Action, detail: string | undefined) =>
  `${action.label}${detail ? ` ${detail}` : ''}${action.shortcut ? ` (${shortcutText(action.shortcut)})` : ''}`;

export function Toolbar() {
  const workspace = useWorkspace();
  const { fitView, zoomIn, zoomOut } = useReactFlow();
  const tool = useSession((state) => state.tool);
  const past = useDocument((state) => state.past.at(-1)?.label);
  const future = useDocument((state) => state.future[0]?.label);
  const setTool = (next: typeof tool) => workspace.session.setState({ tool: next });

  return (
    <Panel position="bottom-left" className="toolbar" role="toolbar" aria-label="Canvas tools">
      <Tool label="Select" icon={IconPointer} isOn={tool === 'select'} onClick={() => setTool('select')} />
      <Tool label="Pan (hold Space)" icon={IconHandStop} isOn={tool === 'pan'} onClick={() => setTool('pan')} />
      <span className="tool-gap" />
      <Tool label="Zoom out" icon={IconMinus} onClick={() => void zoomOut({ duration: 140 })} />
      <Tool label="Zoom in" icon={IconPlus} onClick={() => void zoomIn({ duration: 140 })} />
      <Tool label="Fit everything" icon={IconMaximize} onClick={() => void fitView({ ...FIT, duration: 160 })} />
      <span className="tool-gap" />
      <Tool
        label={withKeys(undo, past)}
        icon={IconArrowBackUp}
        isDisabled={past === undefined}
        onClick={() => void undo.perform(workspace)}
      />
      <Tool
        label={withKeys(redo, future)}
        icon={IconArrowForwardUp}
        isDisabled={future === undefined}
        onClick={() => void redo.perform(workspace)}
      />
    </Panel>
  );
}
