// The text and the document while both are edited.
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { expect, test, vi } from 'vitest';
import { contentOf } from '../../schemas/rules/content.ts';
import { node, soundGraph, testCatalog } from '../../schemas/rules/fixtures.ts';
import { createDocumentStore } from '../stores/document.ts';
import * as edits from '../stores/edits.ts';
import { createSessionStore } from '../stores/session.ts';
import type { Workspace } from '../stores/workspace.ts';
import { foldRecords, recordFolding } from './folding.ts';
import { outlineField, setOutline } from './outline-field.ts';
import { createTextSync, textHistory } from './text-sync.ts';

function open() {
  const document = createDocumentStore(contentOf(soundGraph(), { schemaVersion: 1, nodes: {} }));
  const workspace = {
    document,
    session: createSessionStore({ getItem: () => null, setItem: () => undefined }),
    library: { catalog: testCatalog() },
    scope: { project: 'orders', environment: 'development' },
    keptText: { keep: vi.fn() },
  } as unknown as Workspace;
  const sync = createTextSync(workspace, (checked) => {
    if (checked.outline) view.dispatch({ effects: setOutline.of(checked.outline) });
  });
  const extensions = [
    outlineField,
    textHistory(),
    recordFolding,
    EditorView.updateListener.of((update) => sync.onUpdate(update)),
  ];
  const view: EditorView = new EditorView({ state: EditorState.create({ doc: sync.text(), extensions }) });
  const stop = sync.start(view);
  return { document, sync, view, stop };
}

/** What stands where every box and line is said to be. */
const idsInPlace = ({ state }: EditorView) =>
  state.field(outlineField).map(({ id, from, to }) => [id, JSON.parse(state.sliceDoc(from, to)).id]);

function typeAfter(view: EditorView, text: string, typed: string) {
  const at = view.state.doc.toString().indexOf(text) + text.length;
  view.dispatch({ changes: { from: at, insert: typed }, userEvent: 'input.type' });
}

test('what is found in a text has its places in what stands after the document has had its say', () => {
  const { document, sync, view, stop } = open();
  typeAfter(view, '"name": "orders', ' of today');
  // Somebody else, before the pause is over: most of the text goes.
  const gone = Object.keys(document.content().nodes).filter((id) => id !== 'orders');
  document.edit((content) => edits.removeElements(content, { nodes: gone, connections: [], groups: [], notes: [] }), {
    label: 'delete',
  });
  sync.flush();
  expect(document.content().nodes).toEqual({ orders: expect.objectContaining({ name: 'orders of today' }) });
  expect(idsInPlace(view)).toEqual([['orders', 'orders']]);
  stop();
});

test('a mend that the document has overtaken is not made', () => {
  const { document, sync, view, stop } = open();
  typeAfter(view, '"name": "orders', ' of today');
  const end = view.state.doc.length;
  document.edit((content) => edits.placeNode(content, node('aaa', 'queue'), { x: 0, y: 0 }), { label: 'add' });
  sync.mend([{ from: end - 1, to: end, insert: '' }]);
  expect(Object.keys(document.content().nodes)).toContain('aaa');
  expect(JSON.parse(view.state.doc.toString()).nodes).toHaveLength(soundGraph().nodes.length + 1);
  stop();
});

test('a box whose inside was deleted since the text was read is not folded', () => {
  const { view, stop } = open();
  const [first] = view.state.field(outlineField);
  view.dispatch({ changes: { from: (first?.from ?? 0) + 1, to: (first?.to ?? 0) - 1 } });
  expect(() => foldRecords(view)).not.toThrow();
  stop();
});
