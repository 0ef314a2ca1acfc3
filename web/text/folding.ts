import { codeFolding, foldEffect, foldGutter, unfoldAll } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { isRecord } from '../../schemas/rules/merge-patch.ts';
import { plainValue, readLoose } from './loose-json.ts';
import { outlineField } from './outline-field.ts';

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** One line about what is folded away. */
export function summaryOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? '1 entry' : `${value.length} entries`;
  if (!isRecord(value)) return '…';
  const { from, to, grants } = value;
  if (isRecord(from) && isRecord(to)) {
    const names = Array.isArray(grants) && grants.length > 0 ? ` · ${grants.map(text).join(', ')}` : '';
    return `${text(from.node)}.${text(from.port)} → ${text(to.node)}.${text(to.port)}${names}`;
  }
  if ('module' in value)
    return [value.name ?? value.id, value.module, value.preset].map(text).filter(Boolean).join(' · ');
  const keys = Object.keys(value);
  return keys.length > 4 ? `${keys.slice(0, 4).join(', ')}, …` : keys.join(', ');
}

function summaryAt(state: EditorState, { from, to }: { from: number; to: number }): string {
  // A fold lies between the brackets.
  return summaryOf(plainValue(readLoose(state.doc.sliceString(from - 1, to + 1), 0)));
}

export const recordFolding = [
  codeFolding({
    preparePlaceholder: summaryAt,
    placeholderDOM(_view, onclick, summary: string) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'cm-fold-summary';
      button.textContent = summary;
      button.tabIndex = -1;
      button.title = 'Unfold';
      button.onclick = onclick;
      return button;
    },
  }),
  foldGutter({
    markerDOM(isOpen) {
      const mark = document.createElement('span');
      mark.className = 'cm-fold-mark';
      mark.dataset.open = String(isOpen);
      mark.title = isOpen ? 'Fold' : 'Unfold';
      return mark;
    },
  }),
];

/** Folds every box and line to its summary. */
export function foldRecords(view: EditorView): boolean {
  const inner = view.state.field(outlineField).map(({ from, to }) => ({ from: from + 1, to: to - 1 }));
  // Of what was deleted since the text was read, nothing is left to fold.
  view.dispatch({ effects: inner.filter(({ from, to }) => from < to).map((range) => foldEffect.of(range)) });
  return true;
}

export const unfoldRecords = unfoldAll;
