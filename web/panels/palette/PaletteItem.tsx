import { IconInfoCircle, IconLock, IconShieldCheck } from '@tabler/icons-react';
import type { DragEvent, RefObject } from 'react';
import type { ModuleDetail } from '../../../schemas/generated/types.ts';
import { MODULE_DRAG_TYPE } from '../../ui/drag-type.ts';
import { ModuleTile } from '../../ui/ModuleIcon.tsx';
import { Star } from './Star.tsx';
import type { Card } from './use-card.ts';

export const HINT = 'palette-hint';

/** What a drag carries to the canvas. */
export function carryModule(event: DragEvent, module: string): void {
  event.dataTransfer.setData(MODULE_DRAG_TYPE, module);
  event.dataTransfer.effectAllowed = 'copy';
}

interface Props {
  detail: ModuleDetail;
  isOpen: boolean;
  isShown: boolean;
  card: Card;
  /** Gets the focus when the card is asked for by key. */
  cardFocus: RefObject<HTMLElement | null>;
  onPlace(): void;
}

export function PaletteItem({ detail, isOpen, isShown, card, cardFocus, onPlace }: Props) {
  const { manifest } = detail;
  const enterCard = (row: HTMLElement) => {
    card.show(detail, row);
    requestAnimationFrame(() => cardFocus.current?.focus());
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same for the keyboard
    <div
      className="module-row"
      onPointerEnter={(event) => event.pointerType === 'mouse' && card.rest(detail, event.currentTarget)}
      onPointerLeave={card.leave}
    >
      <button
        type="button"
        className="module"
        data-module={manifest.id}
        data-shown={isShown || undefined}
        draggable
        aria-label={isOpen ? undefined : manifest.title}
        aria-describedby={HINT}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && card.rest(detail, event.currentTarget)}
        onBlur={card.leave}
        onKeyDown={(event) => {
          if (event.key === 'ArrowRight') enterCard(event.currentTarget);
          else if (event.key === 'Escape' && isShown) card.close();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        onDragStart={(event) => {
          card.close();
          carryModule(event, manifest.id);
        }}
        onClick={(event) => {
          // Enter and Space arrive as clicks without a pointer; a pointer drags or double-clicks.
          if (event.detail === 0) onPlace();
        }}
        onDoubleClick={onPlace}
      >
        <ModuleTile svg={detail.icon} family={manifest.family} />
        {isOpen && (
          <span>
            <strong>{manifest.title}</strong>
            <span>{manifest.summary}</span>
          </span>
        )}
      </button>
      {isOpen && <TierMark tier={manifest.tier} />}
      {isOpen && (
        <span className="module-tools">
          <Star module={manifest.id} title={manifest.title} isTabStop={false} />
          <button
            type="button"
            className="icon-button small"
            tabIndex={-1}
            aria-label={`About ${manifest.title}`}
            title="What it makes and where it fits"
            onClick={(event) =>
              enterCard(event.currentTarget.closest<HTMLElement>('.module-row') ?? event.currentTarget)
            }
          >
            <IconInfoCircle size={15} stroke={1.75} aria-hidden />
          </button>
        </span>
      )}
    </div>
  );
}

/** Official modules are the rule in the list; only others are marked. */
function TierMark({ tier }: { tier: ModuleDetail['manifest']['tier'] }) {
  if (tier === 'official') return null;
  const Icon = tier === 'verified' ? IconShieldCheck : IconLock;
  return (
    <span className="module-mark" title={tier}>
      <Icon size={14} stroke={1.75} aria-label={tier} role="img" />
    </span>
  );
}
