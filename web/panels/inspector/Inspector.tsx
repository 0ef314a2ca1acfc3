import { IconLayoutSidebarRightCollapse } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef } from 'react';
import { prefetchForms } from '../../api/validators.ts';
import { countSelected, type SessionState, type SessionStore } from '../../stores/session.ts';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ConnectionPanel } from './ConnectionPanel.tsx';
import { EnvironmentPanel } from './EnvironmentPanel.tsx';
import { GroupPanel } from './GroupPanel.tsx';
import { NodePanel } from './NodePanel.tsx';
import { SelectionPanel } from './SelectionPanel.tsx';

const failure = (problem: string, retry: () => void) => (
  <div className="inspector-body">
    <Notice tone="bad" title="This cannot be shown.">
      <p>{problem}</p>
      <button type="button" className="button small" onClick={retry}>
        Try again
      </button>
    </Notice>
  </div>
);

export function Inspector() {
  const { session, library } = useWorkspace();
  const selection = useSession((state) => state.selection);
  const frame = useRef<HTMLElement>(null);
  useFreeRunBar(frame, session);
  const [node] = selection.nodes;
  const [line] = selection.connections;
  const [group] = selection.groups;
  const count = countSelected(selection);
  const only = count === 1 ? (node ?? line ?? group) : undefined;
  useEffect(() => void prefetchForms(library.catalog.modules), [library]);
  return (
    <aside className="inspector" aria-label="Inspector" ref={frame}>
      <ErrorBoundary key={only ?? (count === 0 ? 'environment' : 'several')} fallback={failure}>
        {count === 0 && <EnvironmentPanel />}
        {count === 1 && node && <NodePanel key={node} id={node} />}
        {count === 1 && line && <ConnectionPanel key={line} id={line} />}
        {count === 1 && group && <GroupPanel key={group} id={group} />}
        {count > 0 && only === undefined && <SelectionPanel selection={selection} />}
      </ErrorBoundary>
      <button
        type="button"
        className="icon-button inspector-fold"
        aria-label="Fold the inspector"
        onClick={() => session.setState({ isInspectorOpen: false })}
      >
        <IconLayoutSidebarRightCollapse size={17} stroke={1.75} />
      </button>
    </aside>
  );
}

/** Where the inspector lies over the canvas it ends above the run bar, wherever the drawer has pushed that. */
function useFreeRunBar(frame: RefObject<HTMLElement | null>, session: SessionStore): void {
  useEffect(() => {
    // Not through React: the drawer's edge moves with the pointer, and the panel has nothing to draw anew.
    const follow = ({ isDrawerOpen, drawerHeight }: SessionState) =>
      frame.current?.style.setProperty('--drawer', isDrawerOpen ? `${drawerHeight + 4}px` : '0px');
    follow(session.getState());
    return session.subscribe(follow);
  }, [frame, session]);
}
