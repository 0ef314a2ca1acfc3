import { IconKey, IconPlus, IconSearch } from '@tabler/icons-react';
import {
  type CSSProperties,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { ConnectMenu as Menu } from '../../stores/session.ts';
import { useSession, useWorkspace } from '../../stores/use-workspace.ts';
import { ModuleTile } from '../../ui/ModuleIcon.tsx';
import { contractTitle } from '../connecting.ts';
import { matching, type Offer, offersOf } from './offers.ts';
import { useTakeOffer } from './use-take-offer.ts';

const WIDTH = 320;
const HEIGHT = 340;
const MARGIN = 8;

/** Asks what a line ends at: ports that take it, modules to add. Opened by a drop, or by the command "Connect…". */
export function ConnectMenu() {
  const menu = useSession((state) => state.connectMenu);
  return menu ? <OpenMenu menu={menu} /> : null;
}

/** Beside the box, where nobody said where: the keyboard opened it. */
function placeOf({ at, ends }: Menu): { left: number; top: number } {
  const id = ends[0]?.port.node;
  const box = document.querySelector(`.react-flow__node[data-id="${id}"]`)?.getBoundingClientRect();
  const left = at?.x ?? (box ? box.right + MARGIN : window.innerWidth / 2 - WIDTH / 2);
  const top = at?.y ?? box?.top ?? window.innerHeight / 3;
  return {
    left: Math.max(MARGIN, Math.min(left, window.innerWidth - WIDTH - MARGIN)),
    top: Math.max(MARGIN, Math.min(top, window.innerHeight - HEIGHT - MARGIN)),
  };
}

function OpenMenu({ menu }: { menu: Menu }) {
  const workspace = useWorkspace();
  const take = useTakeOffer();
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const offers = useMemo(() => offersOf(workspace, menu), [workspace, menu]);
  const shown = useMemo(() => matching(offers, search), [offers, search]);
  const [place] = useState(() => placeOf(menu));
  useCloseOutside(frame, menu);

  const close = () => workspace.session.setState({ connectMenu: undefined });
  const choose = (offer: Offer | undefined) => offer && take(menu, offer);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((now) => (now + step + shown.length) % Math.max(shown.length, 1));
    else if (event.key === 'Enter') choose(shown[at]);
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const title = titleOf(menu, contractTitle(workspace, menu.ends[0] ?? NO_END));

  return (
    <div ref={frame} className="connect-menu" role="dialog" aria-label={title} style={place} onKeyDown={onKeyDown}>
      <label className="connect-search">
        <IconSearch size={15} stroke={1.75} aria-hidden />
        <input
          // biome-ignore lint/a11y/noAutofocus: the menu was asked for, and its keys go to this field
          autoFocus
          type="text"
          role="combobox"
          placeholder={title}
          aria-label={title}
          aria-expanded
          aria-controls={id}
          aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            setAt(0);
          }}
        />
      </label>
      <div className="connect-offers" role="listbox" id={id} aria-label={title} tabIndex={-1}>
        {shown.map((offer, index) => (
          <OfferRow
            key={offer.key}
            id={`${id}-${index}`}
            offer={offer}
            heading={headingOf(shown, index)}
            isActive={index === at}
            onEnter={() => setAt(index)}
            onChoose={() => choose(offer)}
          />
        ))}
      </div>
      {shown.length === 0 && (
        <p className="quiet connect-none">
          {offers.length === 0 ? 'Nothing here, and no published module, takes this line.' : 'Nothing is called that.'}
        </p>
      )}
    </div>
  );
}

const NO_END = { port: { node: '', port: '' }, side: 'source' } as const;

function titleOf({ ends, nodes, hasModules }: Menu, contract: string): string {
  if (ends.length > 1) return `Connect ${ends[0]?.port.node}`;
  if (!hasModules) return 'Choose a port';
  if (!nodes) return `Connect ${ends[0]?.port.port}`;
  return ends[0]?.side === 'source' ? `Add what takes a ${contract}` : `Add what gives a ${contract}`;
}

/** A heading where boxes end and modules begin; none where there is one kind only. */
function headingOf(offers: readonly Offer[], index: number): string | undefined {
  const isPort = (offer: Offer | undefined) => offer?.other.kind === 'port';
  if (!offers.some(isPort) || offers.every(isPort)) return undefined;
  if (index === 0) return 'On the canvas';
  return isPort(offers[index - 1]) && !isPort(offers[index]) ? 'Add a module' : undefined;
}

interface RowProps {
  id: string;
  offer: Offer;
  heading: string | undefined;
  isActive: boolean;
  onEnter(): void;
  onChoose(): void;
}

function OfferRow({ id, offer, heading, isActive, onEnter, onChoose }: RowProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const { module, title, port, own, summary, grants, family } = offer;
  const [grant, ...others] = grants;
  return (
    <>
      {heading && (
        <div className="connect-heading" role="presentation">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and its keys choose */}
      <div
        ref={row}
        id={id}
        className="connect-offer"
        role="option"
        tabIndex={-1}
        aria-selected={isActive}
        style={{ '--family': `var(--${family})` } as CSSProperties}
        onPointerMove={onEnter}
        onClick={onChoose}
      >
        <ModuleTile svg={module?.icon} family={module?.manifest.family ?? 'identity'} size={26} />
        <span className="connect-words">
          <strong>
            {own && <span className="quiet">{own.toLowerCase()} → </span>}
            {title} <span className="connect-port">{port.toLowerCase()}</span>
          </strong>
          {summary && <span>{summary}</span>}
        </span>
        {grant && (
          <span className="connect-grant" title={`Grants ${grants.join(', ')}`}>
            <IconKey size={11} stroke={1.75} aria-hidden />
            {grant}
            {others.length > 0 && ` +${others.length}`}
          </span>
        )}
        {offer.other.kind === 'module' && (
          <IconPlus className="connect-plus" size={14} stroke={1.75} aria-label="add" />
        )}
      </div>
    </>
  );
}

/** A press anywhere else closes it; the focus goes back to where it was. */
function useCloseOutside(frame: RefObject<HTMLElement | null>, menu: Menu): void {
  const { session } = useWorkspace();
  useEffect(() => {
    const before = document.activeElement;
    const onPress = (event: PointerEvent) => {
      const isInside = event.target instanceof Node && frame.current?.contains(event.target);
      if (!isInside && session.getState().connectMenu === menu) session.setState({ connectMenu: undefined });
    };
    window.addEventListener('pointerdown', onPress, true);
    return () => {
      window.removeEventListener('pointerdown', onPress, true);
      if (before instanceof HTMLElement && (document.activeElement === document.body || !document.activeElement))
        before.focus({ preventScroll: true });
    };
  }, [frame, menu, session]);
}
