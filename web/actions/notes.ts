import type { Note, Position } from '../../schemas/generated/types.ts';
import { flowId } from '../canvas/groups/flow-id.ts';
import * as edits from '../stores/edits.ts';
import { select } from '../stores/session.ts';
import type { Workspace } from '../stores/workspace.ts';
import type { Action } from './action.ts';

const SIZE = { width: 200, height: 120 };
const GRID = 8;
const snap = (value: number) => Math.round(value / GRID) * GRID;

/** Puts an empty note, ready to be typed in. */
function placeNote({ document, session }: Workspace, wish: Position): void {
  const id = edits.freeId(document.content().notes, 'note');
  const note: Note = { text: '', color: 'amber', x: snap(wish.x), y: snap(wish.y), ...SIZE };
  document.edit((content) => edits.putNote(content, id, note), { label: 'add note' });
  select(session, { notes: [id] });
  session.setState({ editing: flowId('note', id) });
}

export const addNote: Action = {
  id: 'add-note',
  label: 'Add note',
  group: 'Add',
  menus: ['canvas'],
  words: 'sticky comment text',
  shortcut: 'n',
  isEnabled: ({ session }) => session.getState().openGroup === undefined,
  perform: (workspace) => {
    const { x, y } = workspace.session.getState().view?.aim() ?? { x: 0, y: 0 };
    placeNote(workspace, { x: x - SIZE.width / 2, y: y - SIZE.height / 2 });
  },
};

export function setNote({ document: store }: Workspace, id: string, patch: Partial<Note>, label: string): void {
  store.edit(
    (content) => {
      const note = content.notes[id];
      return note ? edits.putNote(content, id, { ...note, ...patch }) : content;
    },
    { label },
  );
}
