import type { Operation } from '../../schemas/generated/types.ts';
import { isRecord } from '../../schemas/rules/merge-patch.ts';
import type { Collision } from './collisions.ts';
import type { Batch } from './pending.ts';

/** Edits that the server did not take, with its words. */
export interface Refused {
  id: string;
  operations: readonly Operation[];
  problem: string;
}

/** What only this page knows, kept in this browser so that a reload loses nothing. */
export interface Draft {
  /** Edits that the server has not taken yet. */
  batches: readonly Batch[];
  refused: readonly Refused[];
  /** Conflicts that nobody has settled yet. */
  collisions: readonly Collision[];
}

export const isEmptyDraft = ({ batches, refused, collisions }: Draft): boolean =>
  batches.length + refused.length + collisions.length === 0;

export interface DraftBox {
  write(draft: Draft): void;
  /** Takes over what pages that are closed by now have left here. */
  adopt(): Draft;
}

export type BrowserStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface DraftOptions {
  storage: BrowserStorage;
  project: string;
  environment: string;
  /** This page: each writes a draft of its own. */
  client: string;
  /** Takes secret values out: a browser's storage is no place for them, so they are typed again after a reload. */
  conceal(operations: readonly Operation[]): Operation[];
  isOpen(client: string): boolean;
}

function readDraft(text: string | null): Draft {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    const list = (name: keyof Draft) => (isRecord(value) && Array.isArray(value[name]) ? value[name] : []);
    return { batches: list('batches'), refused: list('refused'), collisions: list('collisions') };
  } catch {
    return { batches: [], refused: [], collisions: [] };
  }
}

export function createDraftBox({ storage, project, environment, client, conceal, isOpen }: DraftOptions): DraftBox {
  const prefix = `plumbline.edits.${project}/${environment}.`;
  const isClear = (operations: readonly Operation[]) =>
    JSON.stringify(conceal(operations)) === JSON.stringify(operations);
  /** With a secret on either side there is no choice left to offer. */
  const holdsNoSecret = ({ path, mine, theirs, keepMine, keepTheirs }: Collision) =>
    [keepMine, keepTheirs, [{ path, value: mine }], [{ path, value: theirs }]].every(isClear);
  return {
    write({ batches, refused, collisions }) {
      const draft: Draft = {
        batches: batches
          .map((batch) => ({ ...batch, edits: batch.edits.map(conceal).filter((edit) => edit.length > 0) }))
          .filter(({ edits }) => edits.length > 0),
        refused: refused
          .map((each) => ({ ...each, operations: conceal(each.operations) }))
          .filter(({ operations }) => operations.length > 0),
        collisions: collisions.filter(holdsNoSecret),
      };
      if (isEmptyDraft(draft)) return storage.removeItem(prefix + client);
      try {
        storage.setItem(prefix + client, JSON.stringify(draft));
      } catch {
        // A full storage must not stop editing: the edit is still in memory and on its way to the server.
      }
    },
    adopt() {
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
      const left = keys.filter((key) => key.startsWith(prefix) && !isOpen(key.slice(prefix.length)));
      const drafts = left.map((key) => readDraft(storage.getItem(key)));
      for (const key of left) storage.removeItem(key);
      return {
        batches: drafts.flatMap(({ batches }) => batches),
        refused: drafts.flatMap(({ refused }) => refused),
        collisions: drafts.flatMap(({ collisions }) => collisions),
      };
    },
  };
}
