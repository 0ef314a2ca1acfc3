import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { DocumentState } from './document.ts';
import type { PresenceState } from './presence.ts';
import type { RunState } from './run.ts';
import type { SessionState } from './session.ts';
import type { SyncState } from './sync.ts';
import type { Workspace } from './workspace.ts';

export const WorkspaceContext = createContext<Workspace | undefined>(undefined);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('useWorkspace needs a WorkspaceContext above it.');
  return workspace;
}

/** Selectors must return the same reference while nothing changed; select by id, never whole records. */
export function useDocument<T>(selector: (state: DocumentState) => T): T {
  return useStore(useWorkspace().document.store, selector);
}

export function useSession<T>(selector: (state: SessionState) => T): T {
  return useStore(useWorkspace().session, selector);
}

export function useRun<T>(selector: (state: RunState) => T): T {
  return useStore(useWorkspace().run.store, selector);
}

export function useSync<T>(selector: (state: SyncState) => T): T {
  return useStore(useWorkspace().sync.state, selector);
}

export function usePresence<T>(selector: (state: PresenceState) => T): T {
  return useStore(useWorkspace().presence.store, selector);
}
