import { Modal } from '@mantine/core';
import { IconArrowRight, IconCloud, IconCommand, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Project } from '../../../schemas/generated/types.ts';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { ModuleTile } from '../../ui/ModuleIcon.tsx';
import { allEntries, type Entry, findEntries, modules } from './entries.ts';
import { Keys } from './Keys.tsx';
import { recentEntries, rememberEntry } from './recent.ts';

type Mode = 'commands' | 'add-module';

const ASKS: Readonly<Record<Mode, string>> = {
  commands: 'Do anything: a command, a box, a module to add',
  'add-module': 'Add a module',
};

/** One field for everything that can be done or gone to. */
export function CommandPalette({ projects }: { projects: readonly Project[] }) {
  const { session } = useWorkspace();
  const dialog = useSession((state) => state.dialog);
  const mode = dialog === 'commands' || dialog === 'add-module' ? dialog : undefined;
  const before = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (mode) before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  }, [mode]);
  const close = () => {
    flushSync(() => session.setState({ dialog: undefined }));
    before.current?.focus({ preventScroll: true });
  };
  return (
    <Modal.Root
      opened={mode !== undefined}
      onClose={close}
      returnFocus={false}
      centered={false}
      yOffset="11vh"
      size={600}
      className="commands"
      // At once both ways, so that keys pressed in haste go where they are meant.
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label={mode && ASKS[mode]}>
        <Modal.Body p={0}>{mode && <Chooser key={mode} mode={mode} projects={projects} close={close} />}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** What was used last comes first while nothing is typed. */
function withRecent(found: readonly Entry[], all: readonly Entry[], query: string): (Entry & { isRecent?: boolean })[] {
  if (query !== '') return [...found];
  const recent = recentEntries().flatMap((id) => all.filter((entry) => entry.id === id && !entry.isDisabled));
  const ids = new Set(recent.map(({ id }) => id));
  return [...recent.map((entry) => ({ ...entry, isRecent: true })), ...found.filter(({ id }) => !ids.has(id))];
}

interface ChooserProps {
  mode: Mode;
  projects: readonly Project[];
  close(): void;
}

function Chooser({ mode, projects, close }: ChooserProps) {
  const workspace = useWorkspace();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  // As things were when it was opened: the page behind it does not change by what is typed here.
  const all = useMemo(
    () => (mode === 'add-module' ? modules(workspace) : allEntries(workspace, projects)),
    [mode, workspace, projects],
  );
  const found = useMemo(() => {
    const fitting = findEntries(all, query.trim(), mode === 'add-module' ? 50 : undefined);
    return mode === 'add-module' ? fitting : withRecent(fitting, all, query.trim());
  }, [all, query, mode]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const choose = (entry: Entry | undefined) => {
    if (!entry || entry.isDisabled) return;
    if (mode === 'commands') rememberEntry(entry.id);
    // First, so that a command may take the keyboard that the dialog gives back.
    close();
    entry.perform();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = found.length - 1;
    const next = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at === 0 ? last : at - 1, PageDown: last, PageUp: 0 }[
      event.key
    ];
    if (event.key === 'Enter') choose(found[at]);
    else if (next !== undefined) setAt(Math.max(0, next));
    else return;
    event.preventDefault();
  };

  return (
    <>
      <label className="commands-field">
        <IconSearch size={17} stroke={1.75} aria-hidden />
        <input
          data-autofocus
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the trap of the dialog focuses a moment too late.
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls="commands-list"
          aria-activedescendant={found[at] ? `entry-${at}` : undefined}
          aria-label={ASKS[mode]}
          placeholder={ASKS[mode]}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </label>
      <div className="commands-list" id="commands-list" role="listbox" aria-label="Found" ref={list}>
        {found.map((entry, index) => {
          const title = groupTitle(entry);
          const isFirst = index === 0 || groupTitle(found[index - 1]) !== title;
          return (
            <div key={`${title}${entry.id}`} role="presentation">
              {isFirst && (
                <p className="commands-group" role="presentation">
                  {title}
                </p>
              )}
              <Option
                entry={entry}
                id={`entry-${index}`}
                isAt={index === at}
                onPoint={() => setAt(index)}
                onChoose={() => choose(entry)}
              />
            </div>
          );
        })}
      </div>
      {found.length === 0 && <p className="commands-none">Nothing is called that.</p>}
    </>
  );
}

const groupTitle = (entry: (Entry & { isRecent?: boolean }) | undefined) =>
  entry?.isRecent ? 'Used last' : (entry?.group ?? '');

interface OptionProps {
  entry: Entry;
  id: string;
  isAt: boolean;
  onPoint(): void;
  onChoose(): void;
}

function Option({ entry, id, isAt, onPoint, onChoose }: OptionProps) {
  return (
    // The field keeps the keyboard and says which option it stands on.
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      role="option"
      className="command"
      aria-selected={isAt}
      aria-disabled={entry.isDisabled || undefined}
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <EntryIcon entry={entry} />
      <strong>{entry.title}</strong>
      <span className="command-detail">{entry.detail}</span>
      {entry.action?.shortcut && <Keys shortcut={entry.action.shortcut} />}
    </div>
  );
}

function EntryIcon({ entry }: { entry: Entry }) {
  const { library } = useWorkspace();
  const detail = entry.module ? library.module(entry.module) : undefined;
  if (detail) return <ModuleTile svg={detail.icon} family={detail.manifest.family} size={22} />;
  const Icon = entry.group === 'Lines' ? IconArrowRight : entry.group === 'Environments' ? IconCloud : IconCommand;
  return (
    <span className="command-icon">
      <Icon size={15} stroke={1.75} aria-hidden />
    </span>
  );
}
