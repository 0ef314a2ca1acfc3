import { history, isolateHistory, redo, redoDepth, undo, undoDepth } from '@codemirror/commands';
import { Annotation, Compartment, Transaction } from '@codemirror/state';
import type { EditorView, ViewUpdate } from '@codemirror/view';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Issue } from '../../schemas/generated/types.ts';
import type { DocumentContent } from '../../schemas/rules/content.ts';
import { glideAlong } from '../layout/glide.ts';
import type { KeptText } from '../stores/kept-text.ts';
import type { Workspace } from '../stores/workspace.ts';
import { applyText } from './apply-text.ts';
import { canonicalTextOf, withKnownRecords } from './canonical-entries.ts';
import { type CheckedText, checkText, type Problem } from './check-text.ts';
import { mergeLines } from './merge-lines.ts';
import { hunkChanges, minimalChanges, type TextChange } from './minimal-changes.ts';
import { putBack } from './put-back.ts';

/** How the text stands to the document. */
export interface TextStatus {
  /** What keeps the text out of the document, the first first; empty: the text is the document. */
  broken: readonly Problem[];
  /** Somebody changed lines of the document that were changed here too. */
  collides: boolean;
  /** How many problems are marked. */
  marks: number;
}

const CHECK_MS = 80;
/** A large text is read in a longer pause, so that no key waits for it. */
const MOST_CHECK_MS = 600;
const CHECK_REST = 4;
const BURST_MS = 600;

/** Marks changes that come from the document: they are no step of the person who types. */
const fromDocument = Annotation.define<boolean>();
const typed = new Compartment();
const typedHistory = () => history({ newGroupDelay: BURST_MS });
/** The history of what is typed and not in the document yet. */
export const textHistory = () => typed.of(typedHistory());

export type TextSync = ReturnType<typeof createTextSync>;

/** Carries edits from the text to the document and back, as long as `start` is not stopped. */
export function createTextSync(workspace: Workspace, onChecked: (checked: CheckedText) => void) {
  const { document, library, scope, keptText } = workspace;
  const status: StoreApi<TextStatus> = createStore(() => ({ broken: [], collides: false, marks: 0 }));
  let view: EditorView;
  /** The content that the text was last in step with: what a person types is the difference to it. */
  let base = document.content();
  let baseText = canonicalTextOf(base);
  let isDirty = false;
  let isCommitting = false;
  let checkTook = 0;
  let checkTimer: ReturnType<typeof setTimeout> | undefined;
  let outsideFrame = 0;
  let burst = { name: 0, at: 0 };
  /** What undo took back here, the last at the end, so that redo goes the same way back. */
  let undone: ('text' | 'document')[] = [];

  const textOf = () => view.state.doc.toString();
  const differs = (content: DocumentContent) =>
    content.nodes !== base.nodes || content.connections !== base.connections;

  /** Edits the text on behalf of the document: cursor, folds, scroll and what is typed and not yet taken stay. */
  function change(changes: readonly TextChange[]): void {
    if (changes.length === 0) return;
    view.dispatch({ changes: [...changes], annotations: [fromDocument.of(true), Transaction.addToHistory.of(false)] });
  }

  function settle(content: DocumentContent): void {
    base = content;
    baseText = canonicalTextOf(content);
    status.setState({ collides: false });
  }

  function forgetTyped(): void {
    if (undoDepth(view.state) + redoDepth(view.state) === 0) return;
    view.dispatch({ effects: typed.reconfigure([]) });
    view.dispatch({ effects: typed.reconfigure(typedHistory()) });
  }

  /** Flaws of the document itself; asked for only where the text has some too. */
  function knownFlaws(): (issue: Issue) => boolean {
    const keyOf = ({ code, node, connection }: Issue) => `${code} ${node} ${connection}`;
    let known: Set<string> | undefined;
    return (issue) => {
      known ??= new Set(
        checkText(library.catalog, baseText, scopeOf(), () => true).problems.map((problem) => keyOf(problem.issue)),
      );
      return known.has(keyOf(issue));
    };
  }

  const scopeOf = () => ({ project: scope.project, name: scope.environment });

  /** Reads the text now; a graph goes into the document. */
  function check(): void {
    clearTimeout(checkTimer);
    const from = performance.now();
    isDirty = false;
    const text = textOf();
    const checked = checkText(library.catalog, text, scopeOf(), knownFlaws());
    // Before the document has its say: what was found has its places in the text as it was read, and moves with it.
    onChecked(checked);
    if (checked.graph) {
      commit(withKnownRecords(checked.graph, base, text, checked.outline ?? []), text);
      status.setState({ broken: [] });
      keptText.keep(undefined);
    } else {
      status.setState({ broken: checked.problems.filter(({ blocks }) => blocks === 'save') });
      keptText.keep({ text, base: baseText });
    }
    checkTook = performance.now() - from;
  }

  function commit(graph: NonNullable<CheckedText['graph']>, text: string): void {
    const hadOutside = differs(document.content());
    isCommitting = true;
    const options = { label: 'edit text', gesture: `text:${burst.name}` };
    const hasChanged = glideAlong(workspace, () =>
      document.edit((now) => applyText(now, base, graph, library.catalog), options),
    );
    isCommitting = false;
    settle(document.content());
    if (hasChanged) forgetTyped();
    if (hadOutside) {
      change(minimalChanges(text, baseText));
      scheduleCheck();
    }
  }

  function scheduleCheck(): void {
    clearTimeout(checkTimer);
    checkTimer = setTimeout(check, Math.min(MOST_CHECK_MS, Math.max(CHECK_MS, checkTook * CHECK_REST)));
  }

  /** Takes in what the canvas, an undo or somebody else did to the document. */
  function takeOutside(): void {
    cancelAnimationFrame(outsideFrame);
    outsideFrame = 0;
    const content = document.content();
    if (!differs(content)) return;
    if (view.composing) return scheduleOutside();
    const text = textOf();
    const next = canonicalTextOf(content);
    const isWaiting = isDirty || status.getState().broken.length > 0;
    if (text === baseText || !isWaiting) change(outsideChanges(text, next) ?? minimalChanges(text, next));
    else {
      const changes = outsideChanges(text, next);
      if (!changes) return status.setState({ collides: true });
      change(changes);
    }
    settle(content);
    scheduleCheck();
  }

  function outsideChanges(text: string, next: string): TextChange[] | undefined {
    if (text === baseText) return minimalChanges(text, next);
    const lines = text.split('\n');
    const hunks = mergeLines(baseText.split('\n'), lines, next.split('\n'));
    return hunks && hunkChanges(lines, hunks);
  }

  function scheduleOutside(): void {
    // After the canvas has painted its own edit.
    outsideFrame ||= requestAnimationFrame(() => setTimeout(takeOutside));
  }

  return {
    status,
    /** The text to begin with. */
    text: () => baseText,
    /** Begins to carry edits; returns how to stop. */
    start(shown: EditorView): () => void {
      view = shown;
      check();
      takeOutside();
      const stop = document.store.subscribe((now) => {
        if (!isCommitting && differs(now)) scheduleOutside();
      });
      return () => {
        if (isDirty) check();
        stop();
        clearTimeout(checkTimer);
        cancelAnimationFrame(outsideFrame);
      };
    },
    /** Call for every update of the editor. */
    onUpdate({ docChanged, transactions }: ViewUpdate): void {
      if (!docChanged || transactions.every((transaction) => transaction.annotation(fromDocument))) return;
      const now = performance.now();
      if (now - burst.at > BURST_MS) burst = { name: burst.name + 1, at: now };
      burst.at = now;
      isDirty = true;
      undone = [];
      scheduleCheck();
    },
    /** The last thing that happened, in the text or in the document, is taken back. */
    undo(): boolean {
      if (isDirty) check();
      const isText = undoDepth(view.state) > 0;
      const way = undone;
      if (isText) undo(view);
      else glideAlong(workspace, document.undo);
      undone = [...way, isText ? 'text' : 'document'];
      if (isText) check();
      else takeOutside();
      return true;
    },
    redo(): boolean {
      const way = undone.slice(0, -1);
      const hasText = redoDepth(view.state) > 0;
      const isText = hasText && (undone.at(-1) === 'text' || document.store.getState().future.length === 0);
      if (isText) redo(view);
      else glideAlong(workspace, document.redo);
      undone = way;
      if (isText) check();
      else takeOutside();
      return true;
    },
    /** An edit that is a step of undo by itself, apart from what was typed before it and is typed after it. */
    mend(changes: readonly TextChange[]): void {
      const before = view.state.doc;
      if (isDirty) check();
      // The document had more to say: what would mend is about to be found anew.
      if (!view.state.doc.eq(before)) return;
      burst = { name: burst.name + 1, at: performance.now() };
      view.dispatch({ changes: [...changes], userEvent: 'input.mend', annotations: isolateHistory.of('full') });
      view.focus();
      check();
      burst.at = Number.NEGATIVE_INFINITY;
    },
    /** Reads what was typed last, where the page may be gone before the pause is over. */
    flush(): void {
      if (isDirty) check();
    },
    /** Whether the document has left the lines alone that a kept text differs in. */
    canPutBack: (kept: KeptText): boolean => putBack(kept, baseText) !== undefined,
    /** A kept text becomes what is typed here, over what the document has become meanwhile. */
    putBack(kept: KeptText): void {
      const before = textOf();
      const text = putBack(kept, before);
      if (text === undefined) return;
      view.dispatch({ changes: minimalChanges(before, text) });
      keptText.dismiss(kept);
      check();
    },
    /** The document's text in place of what is here and could not be taken. */
    takeDocument(): void {
      const content = document.content();
      change(minimalChanges(textOf(), canonicalTextOf(content)));
      settle(content);
      forgetTyped();
      check();
    },
    /** The canonical form, when the person is done with it; text that is no graph stays as it is. */
    tidy(): void {
      if (isDirty) check();
      if (status.getState().broken.length > 0) return;
      change(minimalChanges(textOf(), baseText));
      scheduleCheck();
    },
  };
}
