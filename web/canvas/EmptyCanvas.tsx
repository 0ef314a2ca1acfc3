import { Modal } from '@mantine/core';
import { IconClipboardText, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { pasteText } from '../actions/clipboard.ts';
import { canStartWith, startWith } from '../actions/starting-point.ts';
import { STARTING_POINTS } from '../actions/starting-points.ts';
import { useWorkspace } from '../stores/use-workspace.ts';
import { Thumbnail } from './Thumbnail.tsx';

/** Teaches by three ways to begin: an example, the palette, text. */
export function EmptyCanvas() {
  const workspace = useWorkspace();
  const { session } = workspace;
  const [isPasting, setPasting] = useState(false);
  return (
    <div className="empty">
      <h2>Nothing here yet</h2>
      <p>
        Begin with an example, and change it. Undo takes it back. Or drag a module from the left and pull a line out of
        its port.
      </p>
      <div className="empty-starts">
        {STARTING_POINTS.filter((start) => canStartWith(workspace, start)).map((start) => (
          <button type="button" key={start.title} className="empty-start" onClick={() => startWith(workspace, start)}>
            <Thumbnail start={start} />
            <strong>{start.title}</strong>
            <span>{start.summary}</span>
          </button>
        ))}
      </div>
      <div className="empty-ways">
        <button type="button" className="button" onClick={() => session.setState({ dialog: 'add-module' })}>
          <IconPlus size={16} stroke={1.75} aria-hidden />
          Add a module
          <kbd>A</kbd>
        </button>
        <button type="button" className="button" onClick={() => setPasting(true)}>
          <IconClipboardText size={16} stroke={1.75} aria-hidden />
          Paste a graph as text
        </button>
      </div>
      <PasteDialog isOpen={isPasting} onClose={() => setPasting(false)} />
    </div>
  );
}

function PasteDialog({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const workspace = useWorkspace();
  const [text, setText] = useState('');
  const paste = () => {
    onClose();
    pasteText(workspace, text);
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title="Paste a graph as text" size="lg">
      <div className="empty-paste">
        <p className="quiet">
          What <code>npx plumbline pull</code> writes, or boxes that were copied. On the canvas, Ctrl+V does the same.
        </p>
        <textarea
          data-autofocus
          aria-label="The graph's text"
          spellCheck={false}
          value={text}
          placeholder={'{ "schemaVersion": 1, "nodes": [ … ], "connections": [ … ] }'}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className="dialog-foot">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="button" className="button primary" disabled={text.trim() === ''} onClick={paste}>
            Put it on the canvas
          </button>
        </div>
      </div>
    </Modal>
  );
}
