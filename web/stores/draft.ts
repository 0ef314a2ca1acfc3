import type { Graph, Layout } from '../../schemas/generated/types.ts';

/** Edits that the server has not taken yet, kept in this browser so that a reload loses nothing. */
export interface Draft {
  base: number;
  graph: Graph;
  layout: Layout;
}

export interface DraftBox {
  read(): Draft | undefined;
  write(draft: Draft): void;
  clear(): void;
}

function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && 'base' in value && 'graph' in value && 'layout' in value;
}

/** @param conceal takes secret values out: a browser's storage is no place for them, so they are typed again after a reload. */
export function createDraftBox(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  project: string,
  environment: string,
  conceal: (graph: Graph) => Graph,
): DraftBox {
  const key = `plumbline.draft.${project}/${environment}`;
  return {
    read() {
      try {
        const value: unknown = JSON.parse(storage.getItem(key) ?? 'null');
        return isDraft(value) ? value : undefined;
      } catch {
        return undefined;
      }
    },
    write(draft) {
      try {
        storage.setItem(key, JSON.stringify({ ...draft, graph: conceal(draft.graph) }));
      } catch {
        // A full storage must not stop editing: the edit is still in memory and on its way to the server.
      }
    },
    clear: () => storage.removeItem(key),
  };
}
