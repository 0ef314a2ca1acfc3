import type { Node } from '@xyflow/react';
import type { Note, Position } from '../../../schemas/generated/types.ts';
import { useDocument, useSession } from '../../stores/use-workspace.ts';
import { flowId, NO_TAB_STOP } from '../groups/flow-id.ts';
import { useRemembered } from '../remembered.ts';

export type NoteNode = Node<{ note: Note }, 'note'>;

function toNoteNode(id: string, note: Note, position: Position, isSelected: boolean): NoteNode {
  const { width, height } = note;
  return {
    id: flowId('note', id),
    type: 'note',
    position,
    width,
    height,
    measured: { width, height },
    selected: isSelected,
    domAttributes: NO_TAB_STOP,
    ariaLabel: `Note: ${note.text.slice(0, 80) || 'empty'}`,
    data: { note },
  };
}

/** Sticky notes as React Flow nodes. While a group is open, only the group's content is shown. */
export function useNoteNodes(dragged: ReadonlyMap<string, Position>): NoteNode[] {
  const notes = useDocument((state) => state.notes);
  const selected = useSession((state) => state.selection.notes);
  const isInside = useSession((state) => state.openGroup !== undefined);
  const remember = useRemembered<NoteNode>();
  if (isInside) return [];
  return Object.entries(notes).map(([id, note]) => {
    const { x, y } = dragged.get(flowId('note', id)) ?? note;
    const isSelected = selected.includes(id);
    return remember(id, [note, x, y, isSelected], () => toNoteNode(id, note, { x, y }, isSelected));
  });
}
