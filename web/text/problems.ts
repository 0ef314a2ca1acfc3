import { type Action, type Diagnostic, setDiagnostics } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import type { Issue } from '../../schemas/generated/types.ts';
import { pointerSegments } from '../../schemas/rules/json-pointer.ts';
import { type Problem, placeInEntry } from './check-text.ts';
import type { Knowledge } from './knowledge.ts';
import { mendsOf } from './mends.ts';
import type { TextChange } from './minimal-changes.ts';
import { outlineField } from './outline-field.ts';

/** What only the server can judge: the rest is judged here, and need not be said twice. */
const SERVER_CODES: ReadonlySet<string> = new Set(['invalid-params']);
const SEVERITIES = { save: 'error', plan: 'warning', nothing: 'info' } as const;

/** The server's issues, placed in this text by the box that they name. */
function serverProblems(view: EditorView, issues: readonly Issue[]): Problem[] {
  const nodes = view.state.field(outlineField).filter(({ kind }) => kind === 'node');
  const text = view.state.doc.toString();
  return issues
    .filter(({ code }) => SERVER_CODES.has(code))
    .flatMap((issue) => {
      const at = nodes.findIndex(({ id }) => id === issue.node);
      const keys = pointerSegments(issue.path).slice(2);
      const problem = placeInEntry(text, nodes[at], keys, issue);
      return at < 0 ? [] : [{ ...problem, path: ['nodes', String(at), ...keys] }];
    });
}

/** What is needed to mend a problem where it is marked. */
export interface Mending {
  knowledge(): Knowledge;
  /** Edits the text, as one step of undo. */
  apply(changes: readonly TextChange[]): void;
}

/** Marks what is wrong, in place, with what would mend it; returns how much that is. */
export function showProblems(
  view: EditorView,
  own: readonly Problem[],
  issues: readonly Issue[],
  mending: Mending,
): number {
  const { length } = view.state.doc;
  const diagnostics = [...own, ...serverProblems(view, issues)].map((problem): Diagnostic => {
    const { from, to, message, fix, blocks } = problem;
    const actions = actionsOf(view, problem, mending);
    return {
      from: Math.min(from, length),
      to: Math.min(Math.max(to, from), length),
      severity: SEVERITIES[blocks],
      message: `${message.charAt(0).toUpperCase()}${message.slice(1)}`,
      renderMessage: () => describe(message, fix),
      get actions() {
        return actions();
      },
    };
  });
  diagnostics.sort((left, right) => left.from - right.from);
  view.dispatch(setDiagnostics(view.state, diagnostics));
  return diagnostics.length;
}

/** Made when the problem is opened: a text may have hundreds, and few are looked at. */
function actionsOf(view: EditorView, problem: Problem, { knowledge, apply }: Mending): () => Action[] {
  const { doc } = view.state;
  let actions: Action[] | undefined;
  return () =>
    (actions ??= mendsOf(doc.toString(), problem, knowledge()).map(({ name, changes }) => ({
      name,
      // Of a text that was typed in meanwhile, the marks are about to be made anew.
      apply: (now) => now.state.doc.eq(doc) && apply(changes),
    })));
}

function describe(message: string, fix: string): HTMLElement {
  const card = document.createElement('div');
  const what = card.appendChild(document.createElement('strong'));
  what.textContent = `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
  const how = card.appendChild(document.createElement('p'));
  how.textContent = fix;
  return card;
}
