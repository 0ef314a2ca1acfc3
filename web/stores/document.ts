import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Operation } from '../../schemas/generated/types.ts';
import { COLLECTIONS, type DocumentContent, EMPTY_CONTENT } from '../../schemas/rules/content.ts';
import { applyOperations, diffOperations } from '../../schemas/rules/operations.ts';
import { keepIdentity } from './keep-identity.ts';
import { isSame } from './merge-patch.ts';
import { isRecordPath, valueAt } from './operation-paths.ts';

/** One operation of a step, and what it replaces: where something else stands, somebody has set it since. */
interface Change {
  operation: Operation;
  was: unknown;
}

/** One step of this person: what it set, and how to take that back. Others' edits are no part of it. */
interface HistoryEntry {
  label: string;
  gesture?: string;
  forward: readonly Change[];
  backward: readonly Change[];
}

export interface DocumentState extends DocumentContent {
  past: readonly HistoryEntry[];
  future: readonly HistoryEntry[];
}

export interface EditOptions {
  /** What the undo button says: "Undo <label>". */
  label: string;
  /** Edits with the same gesture, one after the other, are one step of the history. */
  gesture?: string;
}

export interface DocumentStore {
  store: StoreApi<DocumentState>;
  content(): DocumentContent;
  /** Applies a pure edit as one undoable step. Returns false when it changed nothing. */
  edit(change: (content: DocumentContent) => DocumentContent, options: EditOptions): boolean;
  endGesture(): void;
  undo(): void;
  redo(): void;
  /** Hears of every edit, undo and redo made here, in their order. */
  onOperations(listener: (operations: readonly Operation[]) => void): () => void;
  /** What the content is with others' operations taken in: no step of the history, and the end of an open gesture. */
  receive(content: DocumentContent): void;
  /** Changes the operations that the history holds: ids that had to change, secrets that were sealed. */
  rewriteHistory(rewrite: (operation: Operation) => Operation): void;
}

const onlyContent = (content: DocumentContent): DocumentContent =>
  Object.fromEntries(COLLECTIONS.map((name) => [name, content[name]])) as unknown as DocumentContent;

const changesBetween = (before: DocumentContent, after: DocumentContent): Change[] =>
  diffOperations(before, after).map((operation) => ({ operation, was: valueAt(before, operation.path) }));

/**
 * What of these changes is still ours to make: a value that somebody else has set since stays theirs. A box that we added goes even
 * if others changed it; one that is back already is not put a second time.
 */
function stillOurs(content: DocumentContent, changes: readonly Change[]): Operation[] {
  const fits = ({ operation: { path, value }, was }: Change) => {
    const now = valueAt(content, path);
    return isRecordPath(path) ? (value === undefined) === (now !== undefined) : isSame(now, was);
  };
  return changes.filter(fits).map(({ operation }) => operation);
}

export function createDocumentStore(initial: DocumentContent = EMPTY_CONTENT): DocumentStore {
  let content = onlyContent(initial);
  let gestureStart: DocumentContent | undefined;
  const listeners = new Set<(operations: readonly Operation[]) => void>();
  const store = createStore<DocumentState>()(() => ({ ...content, past: [], future: [] }));
  const tell = (operations: readonly Operation[]) => {
    for (const listener of listeners) listener(operations);
  };

  function edit(change: (content: DocumentContent) => DocumentContent, { label, gesture }: EditOptions): boolean {
    const before = content;
    const operations = diffOperations(before, change(before));
    const after = applyOperations(before, operations);
    if (after === before) return false;
    const { past } = store.getState();
    const last = past.at(-1);
    const continues = gesture !== undefined && gestureStart !== undefined && last?.gesture === gesture;
    const start = continues && gestureStart ? gestureStart : before;
    const entry: HistoryEntry = {
      label: continues && last ? last.label : label,
      gesture,
      forward: changesBetween(start, after),
      backward: changesBetween(after, start),
    };
    gestureStart = gesture === undefined ? undefined : start;
    const others = continues ? past.slice(0, -1) : past;
    content = after;
    store.setState({ ...after, past: entry.forward.length > 0 ? [...others, entry] : others, future: [] });
    tell(operations);
    return true;
  }

  function withoutGesture(past: readonly HistoryEntry[]): readonly HistoryEntry[] {
    gestureStart = undefined;
    const last = past.at(-1);
    return last?.gesture === undefined ? past : [...past.slice(0, -1), { ...last, gesture: undefined }];
  }

  /** Goes through the steps until one has something left to take back; returns what it did, and the step that does the opposite. */
  function step(entries: readonly HistoryEntry[], direction: 'forward' | 'backward') {
    for (const [index, entry] of entries.entries()) {
      const before = content;
      const after = applyOperations(before, stillOurs(before, entry[direction]));
      if (after === before) continue;
      content = after;
      const [done, opposite] = [changesBetween(before, after), changesBetween(after, before)];
      const [forward, backward] = direction === 'forward' ? [done, opposite] : [opposite, done];
      const turned: HistoryEntry = { label: entry.label, forward, backward };
      return { done: done.map(({ operation }) => operation), turned, rest: entries.slice(index + 1) };
    }
    return { done: [], turned: undefined, rest: [] };
  }

  return {
    store,
    content: () => content,
    edit,
    endGesture() {
      const { past } = store.getState();
      const closed = withoutGesture(past);
      if (closed !== past) store.setState({ past: closed });
    },
    undo() {
      const { past, future } = store.getState();
      const { done, turned, rest } = step(withoutGesture(past).toReversed(), 'backward');
      store.setState({ ...content, past: rest.toReversed(), future: turned ? [turned, ...future] : future });
      if (done.length > 0) tell(done);
    },
    redo() {
      const { past, future } = store.getState();
      const { done, turned, rest } = step(future, 'forward');
      store.setState({ ...content, past: turned ? [...withoutGesture(past), turned] : past, future: rest });
      if (done.length > 0) tell(done);
    },
    onOperations(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    receive(next) {
      const kept = keepIdentity(content, onlyContent(next));
      if (kept === content) return;
      content = kept;
      store.setState({ ...kept, past: withoutGesture(store.getState().past) });
    },
    rewriteHistory(rewrite) {
      const rewriteChange = ({ operation, was }: Change): Change => ({
        operation: rewrite(operation),
        was: rewrite({ path: operation.path, value: was }).value,
      });
      const anew = (entry: HistoryEntry): HistoryEntry => ({
        ...entry,
        forward: entry.forward.map(rewriteChange),
        backward: entry.backward.map(rewriteChange),
      });
      const { past, future } = store.getState();
      store.setState({ past: past.map(anew), future: future.map(anew) });
    },
  };
}
