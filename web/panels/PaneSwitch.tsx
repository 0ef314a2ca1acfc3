import { Tooltip } from '@mantine/core';
import { IconCode, IconLayoutColumns, IconVectorTriangle } from '@tabler/icons-react';
import { PANE_ACTIONS, showPane } from '../actions/panes.ts';
import { shortcutText } from '../actions/shortcut.ts';
import type { Pane } from '../stores/session.ts';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';

const PANES: { pane: Pane; label: string; icon: typeof IconCode }[] = [
  { pane: 'canvas', label: 'Canvas', icon: IconVectorTriangle },
  { pane: 'both', label: 'Both', icon: IconLayoutColumns },
  { pane: 'text', label: 'Text', icon: IconCode },
];

/** Canvas, text, or the two side by side. */
export function PaneSwitch() {
  const { session } = useWorkspace();
  const shown = useSession((state) => state.pane);
  return (
    <Tooltip label={`Switch with ${shortcutText(PANE_ACTIONS.nextPane.shortcut ?? '')}`}>
      <div className="pane-switch" role="group" aria-label="What to show">
        {PANES.map(({ pane, label, icon: Icon }) => (
          <button
            key={pane}
            type="button"
            aria-pressed={pane === shown}
            aria-label={label}
            onClick={() => showPane(session, pane)}
          >
            <Icon size={15} stroke={1.75} aria-hidden />
            <span>{label}</span>
          </button>
        ))}
      </div>
    </Tooltip>
  );
}
