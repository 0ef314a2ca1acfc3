import { Popover } from '@mantine/core';
import { IconAlertTriangle, IconCloudCheck, IconCloudOff, IconCloudUp, IconGitCompare } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { announce } from '../stores/session.ts';
import type { SaveStatus, SyncState } from '../stores/sync.ts';
import { useRun, useSync, useWorkspace } from '../stores/use-workspace.ts';
import { plural } from '../ui/format.ts';
import { RefusedEdits } from './RefusedEdits.tsx';

const ICONS: Record<SaveStatus, typeof IconCloudCheck> = {
  saved: IconCloudCheck,
  saving: IconCloudUp,
  offline: IconCloudOff,
  conflict: IconGitCompare,
  refused: IconAlertTriangle,
};

function wordsOf({ status, pending, collisions, refused }: SyncState, isOnline: boolean): string {
  if (status === 'saving') return 'Saving';
  if (status === 'offline') return `Offline, ${plural(pending, 'edit')} kept`;
  if (status === 'conflict') return plural(collisions.length, 'conflict');
  if (status === 'refused') return `${plural(refused.length, 'edit')} not kept`;
  return isOnline ? 'Saved' : 'Saved, reconnecting';
}

function sentenceOf({ status, pending, collisions }: SyncState, isOnline: boolean): string {
  if (status === 'saving') return `${plural(pending, 'edit')} on the way to the server.`;
  if (status === 'offline')
    return `${plural(pending, 'edit')} kept in this browser. ${pending === 1 ? 'It goes' : 'They go'} out when the server is back; you can go on, and close the page.`;
  if (status === 'conflict')
    return `Everything is saved. ${plural(collisions.length, 'value')} that you set ${collisions.length === 1 ? 'was' : 'were'} set by somebody else too: choose above the canvas.`;
  if (status === 'refused') return 'The server did not take these edits. Everything else is saved.';
  if (!isOnline) return 'Everything is saved. What others do is shown when the server is back.';
  return 'Everything is saved, as you make it. Others see it at once.';
}

/** Whether what is drawn is on the server; opened, what that means and what to do. */
export function SaveMark() {
  const state = useSync((each) => each);
  const isOnline = useRun((run) => run.isOnline);
  const [isOpen, setOpen] = useState(false);
  const { status } = state;
  const Icon = ICONS[status];
  useAnnounced(status, wordsOf(state, isOnline));
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={340} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className="save"
          data-status={status}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon size={16} stroke={1.75} aria-hidden />
          {wordsOf(state, isOnline)}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Save state">
        <SaveDetail state={state} isOnline={isOnline} />
      </Popover.Dropdown>
    </Popover>
  );
}

function SaveDetail({ state, isOnline }: { state: SyncState; isOnline: boolean }) {
  const { sync } = useWorkspace();
  const { status, revision, problem, refused } = state;
  return (
    <div className="save-detail">
      <p>{sentenceOf(state, isOnline)}</p>
      {status === 'offline' && (
        <>
          <p className="quiet">{problem}</p>
          <button type="button" className="button small" onClick={() => void sync.flush()}>
            Try now
          </button>
        </>
      )}
      {refused.length > 0 && <RefusedEdits items={refused} />}
      <p className="quiet">
        {revision === undefined
          ? 'The graph has changed since its last revision; a pause or a plan makes the next one.'
          : `The graph is revision ${revision}.`}
      </p>
    </div>
  );
}

/** Tells people who do not see it of trouble and of its end, not of every edit that was saved. */
function useAnnounced(status: SaveStatus, text: string): void {
  const { session } = useWorkspace();
  const told = useRef<SaveStatus>('saved');
  useEffect(() => {
    if (status === 'saving' || status === told.current) return;
    told.current = status;
    announce(session, status === 'saved' ? 'Everything is saved.' : `${text}.`);
  }, [session, status, text]);
}
