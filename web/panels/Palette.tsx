import { IconChevronsLeft, IconChevronsRight, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { ModuleDetail } from '../../schemas/generated/types.ts';
import { placeModule } from '../actions/edit.ts';
import { PAGE_ACTIONS } from '../actions/page.ts';
import { shortcutText } from '../actions/shortcut.ts';
import { useVisibleCentre } from '../canvas/use-visible-centre.ts';
import { useSession, useWorkspace } from '../stores/use-workspace.ts';
import { ModuleTile } from '../ui/ModuleIcon.tsx';
import { ModuleCard } from './palette/ModuleCard.tsx';
import { carryModule, HINT, PaletteItem } from './palette/PaletteItem.tsx';
import { shelvesOf } from './palette/shelves.ts';
import { useCard } from './palette/use-card.ts';

/** Focus goes from module to module with the arrows. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(event.target instanceof Element) || !event.target.matches('input, .module')) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('input, .module')];
  const next = items[items.indexOf(document.activeElement as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export function Palette() {
  const workspace = useWorkspace();
  const { library, session } = workspace;
  const visibleCentre = useVisibleCentre();
  const [typed, setTyped] = useState('');
  const isOpen = useSession((state) => state.isPaletteOpen);
  // Folded it shows no field, and so everything.
  const search = isOpen ? typed : '';
  const favourites = useSession((state) => state.favourites);
  const shelves = useMemo(() => shelvesOf(library.modules, search, favourites), [library, search, favourites]);
  const cardFocus = useRef<HTMLElement>(null);
  const card = useCard();
  const place = (detail: ModuleDetail) => {
    card.close();
    placeModule(workspace, detail.manifest.id, visibleCentre());
  };
  const [first] = shelves;

  return (
    <nav className="palette" aria-label="Modules" data-open={isOpen} onKeyDown={moveFocus}>
      {isOpen && (
        <label className="search">
          <IconSearch size={15} stroke={1.75} aria-hidden />
          <input
            type="search"
            placeholder="Search modules"
            aria-label="Search modules"
            value={search}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              const [best] = first?.modules ?? [];
              if (event.key === 'Enter' && search !== '' && best) place(best);
            }}
          />
          <kbd>{shortcutText(PAGE_ACTIONS.searchModules.shortcut ?? '')}</kbd>
        </label>
      )}
      <div className="palette-list" onScroll={card.close}>
        {search === '' && <Recent onPlace={place} />}
        {shelves.map(({ title, modules }) => (
          <section key={title} aria-label={title}>
            {isOpen && <h3>{title}</h3>}
            {modules.map((detail) => (
              <PaletteItem
                key={detail.manifest.id}
                detail={detail}
                isOpen={isOpen}
                isShown={card.shown?.detail === detail}
                card={card}
                cardFocus={cardFocus}
                onPlace={() => place(detail)}
              />
            ))}
          </section>
        ))}
        <p id={HINT} hidden>
          Enter places it on the canvas, the right arrow says more about it.
        </p>
        {shelves.length === 0 && <p className="quiet">No module is called that.</p>}
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
      {card.shown && (
        <ModuleCard
          key={card.shown.detail.manifest.id}
          {...card.shown}
          ref={cardFocus}
          onPlace={() => card.shown && place(card.shown.detail)}
          onClose={() => {
            const id = card.shown?.detail.manifest.id;
            card.close();
            document.querySelector<HTMLElement>(`.module[data-module="${id}"]`)?.focus({ preventScroll: true });
          }}
          onPointerEnter={card.stay}
          onPointerLeave={card.leave}
        />
      )}
    </nav>
  );
}

/** The modules that were placed last, to be placed again. */
function Recent({ onPlace }: { onPlace(detail: ModuleDetail): void }) {
  const { library } = useWorkspace();
  const recent = useSession((state) => state.recentModules);
  const modules = recent.flatMap((id) => library.module(id) ?? []);
  if (modules.length === 0) return null;
  return (
    <section aria-label="Recent" className="palette-again">
      <h3>Recent</h3>
      <div className="palette-recent">
        {modules.map((detail) => (
          <button
            key={detail.manifest.id}
            type="button"
            className="recent-module"
            draggable
            aria-label={`Another ${detail.manifest.title}`}
            title={detail.manifest.title}
            onDragStart={(event) => carryModule(event, detail.manifest.id)}
            onClick={(event) => event.detail === 0 && onPlace(detail)}
            onDoubleClick={() => onPlace(detail)}
          >
            <ModuleTile svg={detail.icon} family={detail.manifest.family} />
          </button>
        ))}
      </div>
    </section>
  );
}
