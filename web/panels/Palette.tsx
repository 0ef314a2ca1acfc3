import { Tooltip } from '@mantine/core';
import { IconChevronsLeft, IconChevronsRight, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ModuleDetail } from '../../schemas/generated/types.ts';
import { placeModule } from '../actions/edit.ts';
import { useVisibleCentre } from '../canvas/use-visible-centre.ts';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';
import { MODULE_DRAG_TYPE } from '../ui/drag-type.ts';
import { ModuleTile } from '../ui/ModuleIcon.tsx';

const HINT = 'palette-hint';
const ORDER = ['Network', 'Compute', 'Data', 'Messaging', 'Storage', 'Identity', 'Observability'];

function grouped(modules: readonly ModuleDetail[], search: string): [category: string, modules: ModuleDetail[]][] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ manifest }: ModuleDetail) => {
    const text = `${manifest.title} ${manifest.summary} ${manifest.id} ${manifest.category}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return ORDER.map((category): [string, ModuleDetail[]] => [
    category,
    modules.filter((detail) => detail.manifest.category === category && fits(detail)),
  ]).filter(([, members]) => members.length > 0);
}

/** Focus goes from module to module with the arrows. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('input, .module')];
  const next = items[items.indexOf(document.activeElement as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function Palette() {
  const { library, session } = useWorkspace();
  const [search, setSearch] = useState('');
  const isOpen = useSession((state) => state.isPaletteOpen);
  const groups = useMemo(() => grouped(library.modules, search), [library, search]);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const focus = (event: globalThis.KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, [role="dialog"]');
      if (event.key !== '/' || isTyping) return;
      event.preventDefault();
      // Drawn at once, so that what is typed next goes into the field.
      flushSync(() => session.setState({ isPaletteOpen: true }));
      field.current?.focus();
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, [session]);

  return (
    <nav className="palette" aria-label="Modules" data-open={isOpen} onKeyDown={moveFocus}>
      {isOpen && (
        <label className="search">
          <IconSearch size={15} stroke={1.75} aria-hidden />
          <input
            ref={field}
            type="search"
            placeholder="Search modules"
            aria-label="Search modules"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <kbd>/</kbd>
        </label>
      )}
      <div className="palette-list">
        {groups.map(([category, modules]) => (
          <section key={category} aria-label={category}>
            {isOpen && <h3>{category}</h3>}
            {modules.map((detail) => (
              <PaletteItem key={detail.manifest.id} detail={detail} isOpen={isOpen} />
            ))}
          </section>
        ))}
        <p id={HINT} hidden>
          Enter places it on the canvas.
        </p>
        {groups.length === 0 && <p className="quiet">No module is called that.</p>}
      </div>
      <button
        type="button"
        className="palette-fold"
        aria-label={isOpen ? 'Fold the palette' : 'Unfold the palette'}
        aria-expanded={isOpen}
        onClick={() => session.setState({ isPaletteOpen: !isOpen })}
      >
        {isOpen ? <IconChevronsLeft size={16} stroke={1.75} /> : <IconChevronsRight size={16} stroke={1.75} />}
        {isOpen && 'Fold'}
      </button>
    </nav>
  );
}

function PaletteItem({ detail, isOpen }: { detail: ModuleDetail; isOpen: boolean }) {
  const workspace = useWorkspace();
  const visibleCentre = useVisibleCentre();
  const { manifest } = detail;
  const item = (
    <button
      type="button"
      className="module"
      draggable
      aria-label={isOpen ? undefined : manifest.title}
      aria-describedby={HINT}
      onDragStart={(event) => {
        event.dataTransfer.setData(MODULE_DRAG_TYPE, manifest.id);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onClick={(event) => {
        // Enter and Space arrive as clicks without a pointer; a pointer drags or double-clicks.
        if (event.detail === 0) placeModule(workspace, manifest.id, visibleCentre());
      }}
      onDoubleClick={() => placeModule(workspace, manifest.id, visibleCentre())}
    >
      <ModuleTile svg={detail.icon} family={manifest.family} />
      {isOpen && (
        <span>
          <strong>{manifest.title}</strong>
          <span>{manifest.summary}</span>
        </span>
      )}
    </button>
  );
  return isOpen ? (
    item
  ) : (
    <Tooltip label={manifest.title} position="right">
      {item}
    </Tooltip>
  );
}
