import { IconCommand } from '@tabler/icons-react';
import { PAGE_ACTIONS } from '../../actions/page.ts';
import { shortcutKeys } from '../../actions/shortcut.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';

const { openCommands } = PAGE_ACTIONS;

/** The way to the command palette that needs no knowledge. */
export function CommandField() {
  const workspace = useWorkspace();
  const keys = shortcutKeys(openCommands.shortcut ?? '').join(' ');
  return (
    <button type="button" className="command-field" onClick={() => void openCommands.perform(workspace)}>
      <IconCommand size={15} stroke={1.75} aria-hidden />
      <span>{openCommands.label}</span>
      <kbd>{keys}</kbd>
    </button>
  );
}
