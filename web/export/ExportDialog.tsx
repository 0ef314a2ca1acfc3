import { Checkbox, Modal, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useFlowElements } from '../canvas/use-flow-elements.ts';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';
import { Notice } from '../ui/Notice.tsx';
import type { ExportTheme } from './palette.ts';
import { pictureOf, selectedElements } from './picture-of.ts';
import { type SaveOptions, savePicture } from './save-picture.ts';

const NOTHING_DRAGGED: Parameters<typeof useFlowElements>[0] = new Map();
const NOTHING_UNFOLDED: Parameters<typeof useFlowElements>[1] = new Map();
const currentTheme = (): ExportTheme => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');

/** Asks what of the canvas to save as a picture, and how. */
export function ExportDialog() {
  const isOpen = useSession((state) => state.dialog === 'export');
  const { session } = useWorkspace();
  return (
    <Modal opened={isOpen} onClose={() => session.setState({ dialog: undefined })} title="Save a picture" size={420}>
      {isOpen && <ExportForm />}
    </Modal>
  );
}

function ExportForm() {
  const workspace = useWorkspace();
  const { session, scope } = workspace;
  const all = useFlowElements(NOTHING_DRAGGED, NOTHING_UNFOLDED);
  const hasSelection = useSession(({ selection }) => selection.nodes.length + selection.groups.length > 0);
  const [part, setPart] = useState('all');
  const [format, setFormat] = useState<SaveOptions['format']>('svg');
  const [theme, setTheme] = useState<ExportTheme>(currentTheme);
  const [hasBackground, setHasBackground] = useState(true);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const name = `${scope.project}-${scope.environment}`;
  const close = () => session.setState({ dialog: undefined });

  const save = async () => {
    setIsBusy(true);
    try {
      const { nodes, edges } = part === 'all' ? all : selectedElements(workspace, all.nodes, all.edges);
      await savePicture(pictureOf(workspace, nodes, edges), { name, format, theme, hasBackground });
      close();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setIsBusy(false);
    }
  };

  return (
    <form
      className="dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Choice
        label="What"
        value={part}
        onChange={setPart}
        options={{ all: 'Whole canvas', selection: 'Selection' }}
        isOff={hasSelection ? undefined : 'selection'}
      />
      <Choice<SaveOptions['format']>
        label="Format"
        value={format}
        onChange={setFormat}
        options={{ svg: 'SVG', png: 'PNG' }}
      />
      <Choice<ExportTheme> label="Theme" value={theme} onChange={setTheme} options={{ light: 'Light', dark: 'Dark' }} />
      <Checkbox
        label="With background"
        checked={hasBackground}
        onChange={(event) => setHasBackground(event.currentTarget.checked)}
      />
      {problem && <Notice tone="bad">{problem}</Notice>}
      <footer className="dialog-foot">
        <button type="button" className="button" onClick={close}>
          Back
        </button>
        <button type="submit" className="button primary" disabled={isBusy}>
          {isBusy ? 'Drawing' : `Save ${name}.${format}`}
        </button>
      </footer>
    </form>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  options: Record<T, string>;
  isOff?: T;
  onChange(value: T): void;
}

function Choice<T extends string>({ label, value, options, isOff, onChange }: ChoiceProps<T>) {
  const data = (Object.keys(options) as T[]).map((each) => ({
    value: each,
    label: options[each],
    disabled: each === isOff,
  }));
  return (
    <div className="export-choice">
      <span>{label}</span>
      <SegmentedControl
        aria-label={label}
        size="xs"
        data={data}
        value={value}
        onChange={(next) => onChange(next as T)}
      />
    </div>
  );
}
