import { useRun, useSync } from '../../stores/use-workspace.ts';

/** Changes whenever the server may answer differently about this environment: after a save, and after an apply. */
export function useSavedKey(): string {
  const sequence = useSync((state) => state.graphSequence);
  const runtime = useRun((state) =>
    Object.values(state.runtime)
      .map((entry) => `${entry.node}${entry.run}`)
      .join(),
  );
  return `${sequence}:${runtime}`;
}
