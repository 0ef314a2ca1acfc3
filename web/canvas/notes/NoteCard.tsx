import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import Markdown from 'markdown-to-jsx';
import { type KeyboardEvent, memo, useLayoutEffect, useRef, useState } from 'react';
import { deleteSelection } from '../../actions/edit.ts';
import { setNote } from '../../actions/notes.ts';
import { select } from '../../stores/session.ts';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { ColorItems } from '../groups/ColorItems.tsx';
import { readFlowId } from '../groups/flow-id.ts';
import { ResizeGrip } from './ResizeGrip.tsx';
import type { NoteNode } from './use-note-nodes.ts';

/** A sticky note: Markdown that is edited in its place after a double click or Enter. */
export const NoteCard = memo(function NoteCard({ id: flow, data, selected }: NodeProps<NoteNode>) {
  const workspace = useWorkspace();
  const { session } = workspace;
  const { id } = readFlowId(flow);
  const { note } = data;
  const isEditing = useSession((state) => state.editing === flow);
  const [size, setSize] = useState<{ width: number; height: number }>();
  const keep = (text: string | undefined) => {
    session.setState({ editing: undefined });
    if (text !== undefined) setNote(workspace, id, { text }, 'write note');
  };
  const shown = size ?? note;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the menu has Edit for keys
    <div
      className="note"
      data-color={note.color}
      data-selected={selected}
      style={{ width: shown.width, height: shown.height }}
      onDoubleClick={() => session.setState({ editing: flow })}
    >
      {isEditing ? (
        <NoteField text={note.text} onDone={keep} />
      ) : (
        <div className="note-text">
          {note.text ? (
            <Markdown options={{ disableParsingRawHTML: true, forceBlock: true }}>{note.text}</Markdown>
          ) : (
            <p className="quiet">Double click to write.</p>
          )}
        </div>
      )}
      <Menu position="bottom-end" width={170} onOpen={() => select(session, { notes: [id] })}>
        <Menu.Target>
          <button
            type="button"
            className="frame-button note-menu nodrag nopan"
            tabIndex={selected ? 0 : -1}
            aria-label="Commands of the note"
          >
            <IconDots size={15} stroke={1.75} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <ColorItems
            value={note.color}
            onChange={(color) => setNote(workspace, id, { color }, 'change colour of note')}
          />
          <Menu.Divider />
          <Menu.Item onClick={() => session.setState({ editing: flow })}>Edit text</Menu.Item>
          <Menu.Item color="var(--bad)" onClick={() => void deleteSelection.perform(workspace)}>
            Delete note
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ResizeGrip
        size={shown}
        isSelected={selected}
        onSize={setSize}
        onDone={(end) => {
          setSize(undefined);
          setNote(workspace, id, end, 'resize note');
        }}
      />
    </div>
  );
});

function NoteField({ text, onDone }: { text: string; onDone(text: string | undefined): void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const isDone = useRef(false);
  const [before] = useState(text);
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), []);
  const finish = (kept: string | undefined) => {
    if (!isDone.current) onDone(kept === before ? undefined : kept);
    isDone.current = true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    finish(event.currentTarget.value);
    event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus({ preventScroll: true });
  };
  return (
    <textarea
      ref={field}
      className="note-field nodrag nopan nowheel"
      aria-label="Text of the note, Markdown"
      maxLength={4000}
      defaultValue={before}
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}
