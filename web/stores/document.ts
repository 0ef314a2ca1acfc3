import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  applyChange,
  type Change,
  type DocumentContent,
  diffContent,
  EMPTY_CONTENT,
  invertChange,
  isEmptyChange,
  joinChanges,
} from './document-changes.ts';

interface HistoryEntry {
  label: string;
  change: Change;
  gesture?: string;
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
  /** What the server made of our own content (sealed secrets): replaces it, and is no step of the history. */
  settle(content: DocumentContent): void;
  /** What the server says: replaces the content; the history starts anew because its steps no longer fit. */
  load(content: DocumentContent): void;
}

export function createDocumentStore(initial: DocumentContent = EMPTY_CONTENT): DocumentStore {
  const store = createStore<DocumentState>()(() => ({ ...initial, past: [], future: [] }));

  function edit(change: (content: DocumentContent) => DocumentContent, options: EditOptions): boolean {
    const state = store.getState();
    const difference = diffContent(state, change(state));
    if (isEmptyChange(difference)) return false;
    const last = state.past.at(-1);
    const continues = options.gesture !== undefined && last?.gesture === options.gesture;
    const past =
      continues && last
        ? [...state.past.slice(0, -1), { ...last, change: joinChanges(last.change, difference) }]
        : [...state.past, { label: options.label, change: difference, gesture: options.gesture }];
    store.setState({
      ...applyChange(state, difference),
      past: past.filter((entry, index) => index < past.length - 1 || !isEmptyChange(entry.change)),
      future: [],
    });
    return true;
  }

  function endGesture(): void {
    const { past } = store.getState();
    const last = past.at(-1);
    if (last?.gesture === undefined) return;
    store.setState({ past: [...past.slice(0, -1), { label: last.label, change: last.change }] });
  }

  function undo(): void {
    endGesture();
    const state = store.getState();
    const last = state.past.at(-1);
    if (!last) return;
    store.setState({
      ...applyChange(state, invertChange(last.change)),
      past: state.past.slice(0, -1),
      future: [last, ...state.future],
    });
  }

  function redo(): void {
    const state = store.getState();
    const [next, ...rest] = state.future;
    if (!next) return;
    store.setState({ ...applyChange(state, next.change), past: [...state.past, next], future: rest });
  }

  return {
    store,
    content: () => store.getState(),
    edit,
    endGesture,
    undo,
    redo,
    settle: ({ nodes, connections, positions }) => store.setState({ nodes, connections, positions }),
    load: (content) => store.setState({ ...content, past: [], future: [] }),
  };
}
