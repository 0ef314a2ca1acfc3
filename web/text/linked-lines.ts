import { type EditorState, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { Selection, SessionStore } from '../stores/session.ts';
import { entriesWithin, entryAt, type OutlineEntry } from './outline.ts';
import { outlineField } from './outline-field.ts';

type Linked = Pick<Selection, 'nodes' | 'connections'>;

const setLinked = StateEffect.define<Linked>();

const linkedField = StateField.define<Linked>({
  create: () => ({ nodes: [], connections: [] }),
  update: (linked, { effects }) => effects.findLast((effect) => effect.is(setLinked))?.value ?? linked,
});

const linkedLine = Decoration.line({ class: 'cm-linked' });

/** Only lines in view are marked: a selection may hold thousands. */
function marksInView(view: EditorView): DecorationSet {
  const { nodes, connections } = view.state.field(linkedField);
  const marks = new RangeSetBuilder<Decoration>();
  if (nodes.length + connections.length === 0) return marks.finish();
  const ids = { node: new Set(nodes), connection: new Set(connections) };
  for (const { from, to } of view.visibleRanges) {
    for (const entry of entriesWithin(view.state.field(outlineField), from, to)) {
      if (!ids[entry.kind].has(entry.id)) continue;
      const { doc } = view.state;
      const last = doc.lineAt(Math.min(entry.to, to)).number;
      for (let line = doc.lineAt(Math.max(entry.from, from)).number; line <= last; line += 1)
        marks.add(doc.line(line).from, doc.line(line).from, linkedLine);
    }
  }
  return marks.finish();
}

const linkedMarks = ViewPlugin.fromClass(
  class {
    marks: DecorationSet;
    constructor(view: EditorView) {
      this.marks = marksInView(view);
    }
    update(update: ViewUpdate) {
      const isMoved =
        update.docChanged || update.viewportChanged || update.transactions.some(({ effects }) => effects.length > 0);
      if (isMoved) this.marks = marksInView(update.view);
    }
  },
  { decorations: (plugin) => plugin.marks },
);

export const linkedLines = [linkedField, linkedMarks];

function selectedEntries(state: EditorState): OutlineEntry[] {
  const outline = state.field(outlineField);
  const { from, to, empty } = state.selection.main;
  if (!empty) return entriesWithin(outline, from, to);
  const entry = entryAt(outline, from);
  return entry ? [entry] : [];
}

/** Selects on the canvas what the cursor is in; returns the boxes that are newly selected. Folded panels stay folded. */
export function selectFromText(state: EditorState, session: SessionStore): string[] {
  const entries = selectedEntries(state);
  if (entries.length === 0) return [];
  const nodes = entries.filter(({ kind }) => kind === 'node').map(({ id }) => id);
  const connections = entries.filter(({ kind }) => kind === 'connection').map(({ id }) => id);
  const { selection } = session.getState();
  const isSame = nodes.join() === selection.nodes.join() && connections.join() === selection.connections.join();
  if (isSame) return [];
  session.setState({ selection: { ...selection, nodes, connections, groups: [], notes: [] } });
  return nodes;
}

/** Whether the keyboard is in the editor: in its text or in its search panel, where a found place is a cursor too. */
export const hasKeyboard = (view: EditorView) => view.dom.contains(view.dom.ownerDocument.activeElement);

/** Marks what the canvas has selected and brings the first of it into view; focus and cursor stay where the person is. */
export function showSelected(view: EditorView, { nodes, connections }: Selection): void {
  const isChosen = (entry: OutlineEntry) => (entry.kind === 'node' ? nodes : connections).includes(entry.id);
  const first = view.state.field(outlineField).find(isChosen);
  const effects: StateEffect<unknown>[] = [setLinked.of({ nodes, connections })];
  const isAway = !hasKeyboard(view);
  if (first && isAway) effects.push(EditorView.scrollIntoView(first.from, { y: 'start', yMargin: 60 }));
  view.dispatch({ effects, ...(first && isAway ? { selection: { anchor: first.from } } : {}) });
}
