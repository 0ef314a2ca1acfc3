import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GraphConflict, GraphSave, GraphSaved, Issue, Layout } from '../../schemas/generated/types.ts';
import { ApiFailure } from '../api/failure.ts';
import type { DocumentStore } from './document.ts';
import {
  changesGraph,
  contentOf,
  type DocumentContent,
  diffContent,
  graphOf,
  isEmptyChange,
  layoutOf,
} from './document-changes.ts';
import type { DraftBox } from './draft.ts';
import { replaceSent, sealedNodes } from './secrets.ts';

export type SaveStatus = 'saved' | 'waiting' | 'saving' | 'offline' | 'conflict' | 'refused';

export interface SaveState {
  status: SaveStatus;
  revision: number;
  conflict?: GraphConflict;
  /** Why the server refused, in its words. */
  problem?: string;
}

export interface SaveTarget {
  saveGraph(save: GraphSave): Promise<GraphSaved>;
  saveLayout(layout: Layout): Promise<void>;
}

export interface AutosaveOptions {
  document: DocumentStore;
  target: SaveTarget;
  drafts: DraftBox;
  revision: number;
  saved: DocumentContent;
  onIssues(issues: Issue[]): void;
  delayMs?: number;
}

export interface Autosave {
  state: StoreApi<SaveState>;
  /** Saves what is not saved yet; true when everything is on the server. */
  flush(): Promise<boolean>;
  /** After a conflict: my version goes on top of theirs (theirs stays as a revision). */
  keepMine(): Promise<boolean>;
  /** After a conflict: their version comes in as one undoable step, so mine is an undo away. */
  takeTheirs(): void;
  /** Somebody else saved a revision: taken in when there is nothing of ours to save. Returns false when there is. */
  takeRevision(revision: number, content: DocumentContent): boolean;
  stop(): void;
}

const RETRY_MS = [1000, 2000, 5000, 10000];

export function createAutosave(options: AutosaveOptions): Autosave {
  const { document, target, drafts, onIssues, delayMs = 400 } = options;
  const state = createStore<SaveState>()(() => ({ status: 'saved', revision: options.revision }));
  let saved = options.saved;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | undefined;
  let failures = 0;

  const pending = () => diffContent(saved, document.content());
  const isDone = () => isEmptyChange(pending());

  function keepDraft(): void {
    const content = document.content();
    drafts.write({ base: state.getState().revision, graph: graphOf(content), layout: layoutOf(content) });
  }

  function schedule(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  }

  async function send(): Promise<void> {
    const content = document.content();
    const change = diffContent(saved, content);
    if (isEmptyChange(change)) return;
    if (changesGraph(change)) {
      const base = state.getState().revision;
      const answer = await target.saveGraph({
        base,
        mode: 'draft',
        graph: graphOf(content),
        layout: layoutOf(content),
      });
      state.setState({ revision: answer.revision });
      onIssues(answer.issues);
      if (answer.graph) {
        const sealed = sealedNodes(content, answer.graph);
        saved = replaceSent(content, content, sealed);
        document.settle(replaceSent(document.content(), content, sealed));
        return;
      }
    } else {
      await target.saveLayout(layoutOf(content));
    }
    saved = content;
  }

  function settleFailure(error: unknown): void {
    if (error instanceof ApiFailure && error.conflict) {
      state.setState({ status: 'conflict', conflict: error.conflict, problem: undefined });
      return;
    }
    if (error instanceof ApiFailure && error.status >= 400 && error.status < 500 && error.status !== 401) {
      state.setState({ status: 'refused', problem: error.message });
      if (error.issues) onIssues(error.issues);
      return;
    }
    state.setState({ status: 'offline', problem: error instanceof Error ? error.message : String(error) });
    schedule(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 10000);
    failures += 1;
  }

  async function run(): Promise<boolean> {
    try {
      while (!isDone()) {
        state.setState({ status: 'saving' });
        await send();
      }
      failures = 0;
      drafts.clear();
      state.setState({ status: 'saved', problem: undefined, conflict: undefined });
      return true;
    } catch (error) {
      keepDraft();
      settleFailure(error);
      return false;
    }
  }

  function flush(): Promise<boolean> {
    clearTimeout(timer);
    if (state.getState().status === 'conflict') return Promise.resolve(false);
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  }

  const unsubscribe = document.store.subscribe((now, before) => {
    if (now.nodes === before.nodes && now.connections === before.connections && now.positions === before.positions) {
      return;
    }
    if (state.getState().status === 'conflict') return keepDraft();
    if (isDone()) return;
    keepDraft();
    if (!running) state.setState({ status: 'waiting' });
    schedule(delayMs);
  });

  return {
    state,
    flush,
    keepMine() {
      const { conflict } = state.getState();
      if (!conflict) return flush();
      saved = contentOf(conflict.currentGraph, { schemaVersion: 1, nodes: saved.positions });
      state.setState({ status: 'waiting', revision: conflict.current, conflict: undefined });
      return flush();
    },
    takeTheirs() {
      const { conflict } = state.getState();
      if (!conflict) return;
      const theirs = contentOf(conflict.currentGraph, { schemaVersion: 1, nodes: document.content().positions });
      saved = { ...theirs, positions: saved.positions };
      state.setState({ status: 'waiting', revision: conflict.current, conflict: undefined });
      document.edit(() => theirs, { label: 'take their version' });
      void flush();
    },
    takeRevision(revision, content) {
      if (revision <= state.getState().revision) return true;
      if (running || !isDone()) return false;
      saved = content;
      state.setState({ revision });
      document.load(content);
      return true;
    },
    stop() {
      clearTimeout(timer);
      unsubscribe();
    },
  };
}
