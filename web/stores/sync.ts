import { createStore, type StoreApi } from 'zustand/vanilla';
import { shallow } from 'zustand/vanilla/shallow';
import type { Issue, OperationBatch, OperationsEvent, OperationsTaken } from '../../schemas/generated/types.ts';
import { applyOperations } from '../../schemas/rules/operations.ts';
import { type ApiFailure, describeFailure, isRefusal } from '../api/failure.ts';
import type { Collision } from './collisions.ts';
import type { DocumentStore } from './document.ts';
import { type DraftBox, isEmptyDraft, type Refused } from './draft.ts';
import type { Batch, Renamed } from './pending.ts';
import { createRebase, type Others, type ServerState } from './rebase.ts';

export type SaveStatus = 'saved' | 'saving' | 'offline' | 'conflict' | 'refused';

export interface SyncState {
  status: SaveStatus;
  /** Edits that the server has not taken yet. */
  pending: number;
  /** Place in the order of the last change of boxes and lines, whoever made it. */
  graphSequence: number;
  /** The revision that the graph is; undefined while it has changes that are in none. */
  revision?: number;
  collisions: readonly Collision[];
  refused: readonly Refused[];
  /** Why the server could not be reached, in words. */
  problem?: string;
}

export interface SyncTarget {
  send(batch: OperationBatch): Promise<OperationsTaken>;
  state(): Promise<ServerState>;
}

export interface SyncOptions {
  document: DocumentStore;
  target: SyncTarget;
  drafts: DraftBox;
  /** This page. */
  client: string;
  /** Of the content that the document holds. */
  sequence: number;
  revision: number;
  onIssues(issues: Issue[]): void;
  onRenamed(renamed: Renamed): void;
  onOthers(others: Others): void;
  delayMs?: number;
}

export interface Sync {
  state: StoreApi<SyncState>;
  /** Sends what was not sent yet; true when the server has taken everything. */
  flush(): Promise<boolean>;
  /** What the server says happened, in its order. */
  receive(event: OperationsEvent): void;
  /** Everything that the server has told until now is in this revision. */
  takeRevision(revision: number): void;
  /** An ordinary edit that makes one version stand. */
  settle(collision: Collision, keep: 'mine' | 'theirs'): void;
  /** Makes a refused edit anew. */
  retry(refused: Refused): void;
  dismiss(refused: Refused): void;
  stop(): void;
}

const RETRY_MS = [1000, 2000, 5000, 10000];
const ID_TRIES = 5;

/** Sends this page's edits, one batch at a time, takes in everybody's, and keeps in the browser what the server does not have. */
export function createSync(options: SyncOptions): Sync {
  const { document, target, drafts, onIssues, onOthers, delayMs = 120 } = options;
  const draft = drafts.adopt();
  const rebase = createRebase({ ...options, ...draft });
  let { refused } = draft;
  let { revision } = options;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | undefined;
  let fetching: Promise<void> | undefined;
  let held: OperationsEvent[] = [];
  let failures = 0;
  let idTries = 0;
  let problem: string | undefined;
  let isStopped = false;
  const state = createStore<SyncState>()(describe);

  function describe(): SyncState {
    const collisions = rebase.collisions();
    const pending = rebase.unsent().reduce((count, { edits }) => count + edits.length, 0);
    const settled = refused.length > 0 ? 'refused' : collisions.length > 0 ? 'conflict' : 'saved';
    const status = pending === 0 ? settled : problem === undefined ? 'saving' : 'offline';
    const shown = rebase.isRevision() ? revision : undefined;
    return { status, pending, graphSequence: rebase.graphSequence(), revision: shown, collisions, refused, problem };
  }

  function report(): void {
    const left = { batches: rebase.unsent(), refused, collisions: rebase.collisions() };
    // Of a page that was left, another may have taken over the draft: it is only cleared.
    if (!isStopped || isEmptyDraft(left)) drafts.write(left);
    const [before, now] = [state.getState(), describe()];
    if (!shallow(before, now)) state.setState(now, true);
  }

  function schedule(ms: number): void {
    if (!isStopped) timer ??= setTimeout(() => void flush(), ms);
  }

  function tellOthers(others: Others | undefined): void {
    if (others && others.operations.length > 0) onOthers(others);
  }

  function receive(event: OperationsEvent): void {
    if (fetching) return void held.push(event);
    const { isTaken, others } = rebase.takeEvent(event);
    if (!isTaken) {
      held.push(event);
      refetch().catch(() => schedule(RETRY_MS[0] ?? delayMs));
      return;
    }
    report();
    tellOthers(others);
  }

  /** Events are missing, or an id is taken by what this page does not know of. */
  function refetch(): Promise<void> {
    fetching ??= target
      .state()
      .then((fresh) => {
        const others = rebase.takeState(fresh);
        report();
        tellOthers(others);
      })
      .finally(() => {
        fetching = undefined;
        const missed = held;
        held = [];
        for (const event of missed) receive(event);
      });
    return fetching;
  }

  function unreachable(error: unknown): false {
    problem = describeFailure(error);
    schedule(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 10000);
    failures += 1;
    return false;
  }

  async function takeRefusal(batch: Batch, error: ApiFailure): Promise<void> {
    if (error.body.code === 'id-taken' && idTries < ID_TRIES) {
      idTries += 1;
      rebase.release(batch);
      return refetch();
    }
    const operations = rebase.refuse(batch);
    if (!operations) return;
    refused = [...refused, { id: `${batch.client}.${batch.number}`, operations, problem: describeFailure(error) }];
  }

  /** False when the server cannot be reached for now. */
  async function send(batch: Batch): Promise<boolean> {
    const operations = batch.edits.flat() as OperationBatch['operations'];
    try {
      const answer = await target.send({ client: batch.client, batch: batch.number ?? 0, operations });
      idTries = 0;
      onIssues(answer.issues);
      rebase.takeAnswer(batch, answer);
    } catch (error) {
      // Its event may have come although its answer did not.
      if (!rebase.isWaiting(batch)) return true;
      if (!isRefusal(error)) return unreachable(error);
      try {
        await takeRefusal(batch, error);
      } catch (failure) {
        return unreachable(failure);
      }
    }
    failures = 0;
    problem = undefined;
    return true;
  }

  async function run(): Promise<boolean> {
    for (;;) {
      const batch = rebase.number();
      report();
      if (!batch) return true;
      if (!(await send(batch))) return false;
    }
  }

  function flush(): Promise<boolean> {
    clearTimeout(timer);
    timer = undefined;
    running ??= run().finally(() => {
      running = undefined;
      report();
    });
    return running;
  }

  const stopListening = document.onOperations((operations) => {
    rebase.takeLocal(operations);
    report();
    schedule(delayMs);
  });
  report();
  if (rebase.unsent().length > 0) schedule(0);

  return {
    state,
    flush,
    receive,
    takeRevision(fresh) {
      if (fresh <= revision) return;
      revision = fresh;
      rebase.takeRevision();
      report();
    },
    settle(collision, keep) {
      const operations = keep === 'mine' ? collision.keepMine : collision.keepTheirs;
      const label = keep === 'mine' ? 'keep my version' : 'keep their version';
      document.edit((content) => applyOperations(content, operations), { label });
      rebase.forget(collision);
      report();
    },
    retry(item) {
      refused = refused.filter(({ id }) => id !== item.id);
      document.edit((content) => applyOperations(content, item.operations), { label: 'try again' });
      report();
    },
    dismiss(item) {
      refused = refused.filter(({ id }) => id !== item.id);
      report();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      stopListening();
    },
  };
}
