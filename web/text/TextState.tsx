import { nextDiagnostic } from '@codemirror/lint';
import { IconAlertTriangle, IconCircleCheck, IconGitMerge } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { plural } from '../ui/format.ts';
import type { Problem } from './check-text.ts';
import type { TextEditor } from './open-editor.ts';

/** Whether the text is the document, and where it is not. */
export function TextState({ editor }: { editor: TextEditor }) {
  const { view, sync } = editor;
  const { broken, collides, marks } = useStore(sync.status);
  const [first] = broken;
  const goTo = (at: number) => {
    view.dispatch({ selection: { anchor: Math.min(at, view.state.doc.length) }, scrollIntoView: true });
    view.focus();
  };
  if (collides)
    return (
      <footer className="text-state" data-tone="warn" role="status">
        <IconGitMerge size={15} stroke={1.75} aria-hidden />
        <span>
          The same lines were changed on the canvas or by somebody else. Keep editing, and only your own changes go in.
        </span>
        <button type="button" className="button small" onClick={() => sync.takeDocument()}>
          Take the document's text
        </button>
      </footer>
    );
  if (first)
    return (
      <footer className="text-state" data-tone="bad" role="status">
        <IconAlertTriangle size={15} stroke={1.75} aria-hidden />
        <button type="button" className="text-where" onClick={() => goTo(first.from)}>
          <b>Line {lineOf(editor, first)}</b>: {sentence(first.message)} The canvas shows the last good text.
        </button>
        <button type="button" className="button small" onClick={() => sync.takeDocument()}>
          Take the document's text
        </button>
      </footer>
    );
  return (
    <footer className="text-state" role="status">
      <span className="ok">
        <IconCircleCheck size={15} stroke={1.75} aria-hidden />
      </span>
      <span className="quiet">In step with the canvas</span>
      <span className="spring" />
      {marks > 0 && (
        <button type="button" className="text-count" onClick={() => nextDiagnostic(view)}>
          {plural(marks, 'problem')}
          <kbd>F8</kbd>
        </button>
      )}
    </footer>
  );
}

const sentence = (message: string) => (/[.!?]$/.test(message) ? message : `${message}.`);

function lineOf({ view }: TextEditor, { from }: Problem): number {
  return view.state.doc.lineAt(Math.min(from, view.state.doc.length)).number;
}
