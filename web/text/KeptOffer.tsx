import { useClipboard } from '@mantine/hooks';
import { IconHistory } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { TextEditor } from './open-editor.ts';

/** Text that was broken when its page was closed: put back, or forgotten. */
export function KeptOffer({ editor }: { editor: TextEditor }) {
  const { workspace, sync } = editor;
  const [offer] = useStore(workspace.keptText.offers);
  const { copied, copy } = useClipboard({ timeout: 1200 });
  if (!offer) return null;
  const isPlaced = sync.canPutBack(offer);
  return (
    <aside className="text-state" data-tone="warn" aria-label="Kept text">
      <IconHistory size={15} stroke={1.75} aria-hidden />
      <span>
        {isPlaced
          ? 'Text that was not mended when this page was closed is kept here, without secrets.'
          : 'Text that was not mended is kept here, but the graph has changed in the same lines.'}
      </span>
      <span className="spring" />
      {isPlaced ? (
        <button type="button" className="button small" onClick={() => sync.putBack(offer)}>
          Put it back
        </button>
      ) : (
        <button type="button" className="button small" onClick={() => copy(offer.text)}>
          {copied ? 'Copied' : 'Copy it'}
        </button>
      )}
      <button type="button" className="button small" onClick={() => workspace.keptText.dismiss(offer)}>
        Forget it
      </button>
    </aside>
  );
}
