import { Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import {
  IconAlignJustified,
  IconCheck,
  IconCopy,
  IconFold,
  IconIndentIncrease,
  IconSearch,
  IconArrowsMaximize as IconUnfold,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { foldRecords, unfoldRecords } from './folding.ts';
import type { TextEditor } from './open-editor.ts';

interface Props {
  editor: TextEditor;
  tabIndents: boolean;
  onTab(): void;
  onSearch(): void;
}

/** What can be done with the text as a whole. */
export function TextBar({ editor, tabIndents, onTab, onSearch }: Props) {
  const { view, sync } = editor;
  return (
    <header className="text-bar">
      <strong>Text</strong>
      <span className="quiet">canonical JSON</span>
      <span className="spring" />
      <Tool label="Find" keys="Ctrl+F" onClick={onSearch}>
        <IconSearch size={16} stroke={1.75} />
      </Tool>
      <Tool label="Fold every box and line" keys="Ctrl+Alt+[" onClick={() => foldRecords(view)}>
        <IconFold size={16} stroke={1.75} />
      </Tool>
      <Tool label="Unfold everything" keys="Ctrl+Alt+]" onClick={() => unfoldRecords(view)}>
        <IconUnfold size={15} stroke={1.75} />
      </Tool>
      <Tool label="Tidy" keys="Shift+Alt+F" onClick={() => sync.tidy()}>
        <IconAlignJustified size={16} stroke={1.75} />
      </Tool>
      <Tool label="Tab indents" isOn={tabIndents} onClick={onTab}>
        <IconIndentIncrease size={16} stroke={1.75} />
      </Tool>
      <CopyText view={view} />
    </header>
  );
}

/** The text is read when it is asked for: it changes with every key. */
function CopyText({ view }: Pick<TextEditor, 'view'>) {
  const { copied, copy } = useClipboard({ timeout: 1200 });
  return (
    <Tool label={copied ? 'Copied' : 'Copy the text'} onClick={() => copy(view.state.doc.toString())}>
      {copied ? <IconCheck size={15} stroke={1.75} /> : <IconCopy size={15} stroke={1.75} />}
    </Tool>
  );
}

interface ToolProps {
  label: string;
  keys?: string;
  isOn?: boolean;
  onClick(): void;
  children: ReactNode;
}

function Tool({ label, keys, isOn, onClick, children }: ToolProps) {
  return (
    <Tooltip label={keys ? `${label} · ${keys}` : label}>
      <button type="button" className="icon-button small" aria-label={label} aria-pressed={isOn} onClick={onClick}>
        {children}
      </button>
    </Tooltip>
  );
}
