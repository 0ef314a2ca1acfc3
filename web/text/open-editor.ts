import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { graphOf } from '../../schemas/rules/content.ts';
import type { Workspace } from '../stores/workspace.ts';
import { assistance } from './assistance.ts';
import type { Problem } from './check-text.ts';
import { editorExtensions } from './editor.ts';
import type { Knowledge } from './knowledge.ts';
import { hasKeyboard, selectFromText, showSelected } from './linked-lines.ts';
import { setOutline } from './outline-field.ts';
import { type Mending, showProblems } from './problems.ts';
import { createTextSync, type TextSync } from './text-sync.ts';

function knowledgeOf({ library, document, run }: Workspace): Knowledge {
  return {
    catalog: library.catalog,
    graph: graphOf(document.content()),
    isApplied: (node) => node in run.store.getState().runtime,
  };
}

/** The text of one environment in an editor that outlives its place on the page. */
export interface TextEditor {
  workspace: Workspace;
  view: EditorView;
  sync: TextSync;
  /** @param onBoxes told which boxes the cursor has come to. Returns how to take it off the page. */
  show(parent: HTMLElement, onBoxes: (nodes: readonly string[]) => void): () => void;
}

/** After the key: a canvas of a thousand boxes takes its time to show another selection. */
const LINK_MS = 60;

/** The text that was open last, with its cursor, folds and what is typed: switching the view loses nothing. */
let last: TextEditor | undefined;

export function textEditorOf(workspace: Workspace): TextEditor {
  if (last?.workspace === workspace) return last;
  last?.view.destroy();
  last = createTextEditor(workspace);
  return last;
}

function createTextEditor(workspace: Workspace): TextEditor {
  const { session, run } = workspace;
  let problems: readonly Problem[] = [];
  let linkTimer: ReturnType<typeof setTimeout> | undefined;
  let tellBoxes: (nodes: readonly string[]) => void = () => undefined;
  const mending: Mending = { knowledge: () => knowledgeOf(workspace), apply: (changes) => sync.mend(changes) };
  const showAll = () =>
    sync.status.setState({ marks: showProblems(view, problems, run.store.getState().issues, mending) });
  const sync: TextSync = createTextSync(workspace, (checked) => {
    if (checked.outline) view.dispatch({ effects: setOutline.of(checked.outline) });
    problems = checked.problems;
    showAll();
  });
  const listener = EditorView.updateListener.of((update) => {
    sync.onUpdate(update);
    const isMoved = update.transactions.some((each) => each.isUserEvent('select') || each.isUserEvent('input'));
    if (!isMoved || !hasKeyboard(update.view)) return;
    clearTimeout(linkTimer);
    linkTimer = setTimeout(() => tellBoxes(selectFromText(view.state, session)), LINK_MS);
  });
  const extensions = editorExtensions(sync, [assistance(() => knowledgeOf(workspace)), listener]);
  const view: EditorView = new EditorView({ state: EditorState.create({ doc: sync.text(), extensions }) });

  function show(parent: HTMLElement, onBoxes: typeof tellBoxes): () => void {
    tellBoxes = onBoxes;
    parent.append(view.dom);
    view.requestMeasure();
    const stopSync = sync.start(view);
    showSelected(view, session.getState().selection);
    const stops = [
      session.subscribe((now, old) => {
        if (now.selection !== old.selection) showSelected(view, now.selection);
      }),
      run.store.subscribe((now, old) => {
        if (now.issues !== old.issues) showAll();
      }),
    ];
    return () => {
      clearTimeout(linkTimer);
      stopSync();
      for (const stop of stops) stop();
      view.dom.remove();
    };
  }

  return { workspace, view, sync, show };
}
