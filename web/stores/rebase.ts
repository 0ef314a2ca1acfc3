import type { EnvironmentState, Operation, OperationsEvent, OperationsTaken } from '../../schemas/generated/types.ts';
import { contentOf, type DocumentContent } from '../../schemas/rules/content.ts';
import { applyOperations, diffOperations } from '../../schemas/rules/operations.ts';
import { type Collision, findCollisions } from './collisions.ts';
import type { DocumentStore } from './document.ts';
import { isSameGraph } from './keep-identity.ts';
import { isSame } from './merge-patch.ts';
import { overlaps, valueAt } from './operation-paths.ts';
import { type Batch, joinEdit, operationsOf, type Renamed, renameIn, resolveIds } from './pending.ts';
import { sealIn, sealingsOf } from './secrets.ts';

export type ServerState = Pick<EnvironmentState, 'graph' | 'layout' | 'sequence'>;

/** Whose operations came, when they were not this page's own; undefined where the page had missed them. */
export interface Others {
  client?: string;
  operations: readonly Operation[];
}

interface RebaseOptions {
  document: DocumentStore;
  client: string;
  sequence: number;
  /** What an earlier page has left to be sent. */
  batches: readonly Batch[];
  /** Conflicts that it has left open. */
  collisions: readonly Collision[];
  onRenamed(renamed: Renamed): void;
}

/**
 * The document as the server has it, with this page's edits on top that are not in the order yet. Whatever comes in changes the
 * lower layer, and the upper one is put on it anew.
 */
export function createRebase({ document, client, onRenamed, ...start }: RebaseOptions) {
  let confirmed: DocumentContent = document.content();
  let { sequence } = start;
  let graphSequence = sequence;
  let batches: readonly Batch[] = start.batches;
  let collisions: readonly Collision[] = [];
  /** What the newest revision holds. */
  let checkpoint = confirmed;
  let lastNumber = 0;

  const replace = (batch: Batch, next: readonly Batch[]) => {
    batches = batches.flatMap((each) => (each === batch ? next : [each]));
  };

  function confirm(next: DocumentContent, place: number): void {
    if (next.nodes !== confirmed.nodes || next.connections !== confirmed.connections) graphSequence = place;
    confirmed = next;
    sequence = place;
  }

  function show(): void {
    document.receive(applyOperations(confirmed, operationsOf(batches)));
    if (batches.length === 0) confirmed = document.content();
  }

  function settleIds(): void {
    const { batches: settled, renamed } = resolveIds(confirmed, document.content(), batches);
    batches = settled;
    if (renamed.length > 0) document.rewriteHistory((operation) => renamed.reduce(renameIn, operation));
    for (const each of renamed) onRenamed(each);
  }

  /** The server keeps secrets sealed: their values leave this page. */
  function seal(batch: Batch, stored: readonly Operation[]): void {
    const later = operationsOf(batches.slice(batches.indexOf(batch) + 1));
    const isLast = ({ path }: { path: Operation['path'] }) =>
      !later.some((operation) => overlaps(operation.path, path));
    // What was stored before is told a second time by nobody: the same value keeps its sealed form.
    const content = applyOperations(confirmed, stored);
    const sealings = sealingsOf(batch.edits.flat(), (path) => valueAt(content, path)).filter(isLast);
    if (sealings.length > 0) document.rewriteHistory((operation) => sealings.reduce(sealIn, operation));
  }

  function takeOthers(operations: readonly Operation[], who: string | undefined): Others {
    const before = document.content();
    settleIds();
    show();
    const mine = operationsOf(batches);
    const meeting = { who, theirs: operations, mine, before, confirmed, after: document.content() };
    const fresh = mine.length > 0 ? findCollisions(meeting) : [];
    const ids = new Set(fresh.map(({ id }) => id));
    collisions = [...collisions.filter(({ id }) => !ids.has(id)), ...fresh];
    return { client: who, operations };
  }

  if (batches.length > 0) {
    settleIds();
    show();
  }
  // What somebody has set anew since is no choice between these two any more.
  collisions = start.collisions.filter(({ path, mine, theirs }) => {
    const now = valueAt(document.content(), path);
    return isSame(now, mine) || isSame(now, theirs);
  });

  return {
    graphSequence: () => graphSequence,
    collisions: () => collisions,
    /** Those that the server has not taken yet, as far as is known. */
    unsent: () => batches.filter((batch) => batch.sequence === undefined),
    isWaiting: (batch: Batch) => batches.includes(batch),

    takeLocal(operations: readonly Operation[]): void {
      collisions = collisions.filter(({ path }) => !operations.some((operation) => overlaps(operation.path, path)));
      const last = batches.at(-1);
      if (last && last.number === undefined && !last.isAlone)
        replace(last, [{ ...last, edits: joinEdit(last.edits, operations) }]);
      else batches = [...batches, { client, edits: [operations] }];
    },

    /** The next batch to send, from now on as it is. */
    number(): Batch | undefined {
      const batch = batches.find((each) => each.sequence === undefined);
      if (!batch || batch.number !== undefined) return batch;
      lastNumber += 1;
      const numbered: Batch = { ...batch, client, number: lastNumber };
      replace(batch, [numbered]);
      return numbered;
    },

    /** False when something between is missing, and nothing was taken in. */
    takeEvent({ operations, batch: count, ...event }: OperationsEvent): { isTaken: boolean; others?: Others } {
      if (event.sequence > sequence + 1) return { isTaken: false };
      const own = batches.find((batch) => batch.client === event.client && batch.number === count);
      const isNew = event.sequence > sequence;
      if (own) {
        seal(own, operations);
        replace(own, []);
      }
      if (isNew) confirm(applyOperations(confirmed, operations), event.sequence);
      if (isNew && !own) return { isTaken: true, others: takeOthers(operations, event.client) };
      show();
      return { isTaken: true };
    },

    takeAnswer(batch: Batch, { sequence: place, operations }: OperationsTaken): void {
      if (!batches.includes(batch)) return;
      if (operations) seal(batch, operations);
      const stored = operations ? { ...batch, edits: [operations] } : batch;
      // Others' operations that come before it in the order are still on their way.
      replace(batch, place > sequence + 1 ? [{ ...stored, sequence: place }] : []);
      if (place === sequence + 1) confirm(applyOperations(confirmed, operationsOf([stored])), place);
      show();
    },

    /** Begins anew from the whole state of the server. */
    takeState({ graph, layout, ...state }: ServerState): Others | undefined {
      if (state.sequence < sequence) return undefined;
      const next = contentOf(graph, layout);
      const operations = diffOperations(confirmed, next);
      confirm(next, state.sequence);
      batches = batches.filter((batch) => batch.sequence === undefined || batch.sequence > sequence);
      return takeOthers(operations, undefined);
    },

    /** The server has not taken it and never will: it can be changed again, and goes under another number. */
    release(batch: Batch): void {
      replace(batch, [{ ...batch, client, number: undefined }]);
    },

    /** Takes a refused batch out; one of several edits is tried again edit by edit. Returns the edit that has no place. */
    refuse(batch: Batch): readonly Operation[] | undefined {
      if (batch.edits.length > 1) {
        replace(
          batch,
          batch.edits.map((edit) => ({ client, edits: [edit], isAlone: true })),
        );
        return undefined;
      }
      replace(batch, []);
      show();
      return batch.edits.flat();
    },

    /** The server has made a revision of what it has told so far. */
    takeRevision(): void {
      checkpoint = confirmed;
    },
    /** Whether the graph that is shown is that of the newest revision. */
    isRevision: () => isSameGraph(checkpoint, document.content()),

    forget(collision: Collision): void {
      collisions = collisions.filter(({ id }) => id !== collision.id);
    },
  };
}
