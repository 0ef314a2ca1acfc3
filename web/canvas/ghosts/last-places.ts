import { useCallback, useEffect, useState } from 'react';
import type { Position } from '../../../schemas/generated/types.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';

type Places = Readonly<Record<string, Position>>;

function read(key: string): Places {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Places) : {};
  } catch {
    return {};
  }
}

/** Where boxes stood that were taken away in this browser; the layout forgets a place with its box. */
export function useLastPlaces(): (id: string) => Position | undefined {
  const { document, scope } = useWorkspace();
  const key = `plumbline.places.${scope.project}/${scope.environment}`;
  const [places, setPlaces] = useState(() => read(key));
  useEffect(
    () =>
      document.store.subscribe((now, before) => {
        if (now.nodes === before.nodes) return;
        // A place goes with its box; most edits take none away.
        if (now.positions === before.positions) return;
        const gone = Object.entries(before.positions).filter(([id]) => id in before.nodes && !(id in now.nodes));
        if (gone.length === 0) return;
        const next = { ...read(key), ...Object.fromEntries(gone) };
        localStorage.setItem(key, JSON.stringify(next));
        setPlaces(next);
      }),
    [document, key],
  );
  return useCallback((id: string) => places[id], [places]);
}
