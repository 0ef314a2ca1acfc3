import { useStore } from 'zustand';
import { useRun, useWorkspace } from '../../stores/use-workspace.ts';

/** Changes whenever the server may answer differently about this environment: after a save, and after an apply. */
export function useSavedKey(): string {
  const { autosave } = useWorkspace();
  const revision = useStore(autosave.state, (state) => state.revision);
  const runtime = useRun((state) =>
    Object.values(state.runtime)
      .map((entry) => `${entry.node}${entry.run}`)
      .join(),
  );
  return `${revision}:${runtime}`;
}
