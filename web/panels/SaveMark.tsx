import { Tooltip } from '@mantine/core';
import { useStore } from 'zustand';
import type { SaveStatus } from '../stores/autosave.ts';
import { useRun, useWorkspace } from '../stores/use-workspace.ts';

const WORDS: Record<SaveStatus, string> = {
  saved: 'Saved',
  waiting: 'Saving',
  saving: 'Saving',
  offline: 'Offline, kept in this browser',
  conflict: 'Conflict',
  refused: 'Not saved, kept in this browser',
};

/** Whether what is drawn is on the server. */
export function SaveMark() {
  const { autosave } = useWorkspace();
  const { status, revision, problem } = useStore(autosave.state);
  const isOnline = useRun((state) => state.isOnline);
  const words = status === 'saved' && !isOnline ? 'Saved, reconnecting' : WORDS[status];
  return (
    <Tooltip label={problem ?? `Revision ${revision}`} multiline maw={320}>
      <span className="save" data-status={status} role="status">
        {words}
        {status === 'refused' && (
          <button type="button" className="link-button" onClick={() => void autosave.flush()}>
            Try again
          </button>
        )}
      </span>
    </Tooltip>
  );
}
