import { IconDatabaseExclamation } from '@tabler/icons-react';
import { type CSSProperties, type KeyboardEvent, type Ref, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { InputPort, ModuleDetail } from '../../../schemas/generated/types.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import { ModuleTile } from '../../ui/ModuleIcon.tsx';
import { whatItMakes } from './makes.ts';
import { Star } from './Star.tsx';
import { Tier } from './Tier.tsx';
import { WhereItFits } from './WhereItFits.tsx';

const TOP = 56;
const MARGIN = 12;
const GAP = 20;
const CARDINALITY: Record<InputPort['cardinality'], string> = { one: 'needed', optional: 'one', many: 'many' };

interface Props {
  detail: ModuleDetail;
  /** The row that it belongs to, in the window. */
  anchor: DOMRect;
  ref: Ref<HTMLElement>;
  onPlace(): void;
  onClose(): void;
  onPointerEnter(): void;
  onPointerLeave(): void;
}

/** Everything that a person asks before placing a module. */
export function ModuleCard({ detail, anchor, ref, onPlace, onClose, ...pointer }: Props) {
  const { manifest } = detail;
  const frame = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(anchor.top);
  const makes = useMemo(() => whatItMakes(detail), [detail]);
  useLayoutEffect(() => {
    const height = frame.current?.offsetHeight ?? 0;
    setTop(Math.max(TOP, Math.min(anchor.top - MARGIN, window.innerHeight - height - MARGIN)));
  }, [anchor]);
  const presets = Object.entries(manifest.presets);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' && event.key !== 'ArrowLeft') return;
    event.preventDefault();
    event.stopPropagation();
    onClose();
  };

  return (
    <div
      ref={frame}
      className="module-card"
      role="dialog"
      aria-label={`About ${manifest.title}`}
      style={{ left: anchor.right + GAP, top }}
      onKeyDown={onKeyDown}
      {...pointer}
    >
      <header>
        <ModuleTile svg={detail.icon} family={manifest.family} size={38} />
        <div className="spring">
          <h2>{manifest.title}</h2>
          <span className="card-id">
            {manifest.id} {manifest.version}
            <Tier tier={manifest.tier} />
          </span>
        </div>
        <Star module={manifest.id} title={manifest.title} />
      </header>
      <p className="card-makes">{makes ?? manifest.summary}</p>
      <section aria-label="Where it fits">
        <h3>Where it fits</h3>
        <WhereItFits detail={detail} />
      </section>
      <section className="card-ports" aria-label="Ports">
        <Ports title="Takes" none="Nothing" ports={Object.entries(manifest.inputs)} />
        <Ports title="Gives" none="Nothing" ports={Object.entries(manifest.outputs)} />
      </section>
      {presets.length > 0 && (
        <section aria-label="Presets">
          <h3>Presets</h3>
          <dl className="card-presets">
            {presets.map(([name, preset]) => (
              <Preset key={name} title={preset.title} summary={preset.summary} />
            ))}
          </dl>
        </section>
      )}
      {manifest.holdsData && (
        <section aria-label="Data">
          <p className="card-danger">
            <IconDatabaseExclamation size={15} stroke={1.75} aria-hidden />
            Holds data. Deleting it asks for its name first.
          </p>
        </section>
      )}
      <footer>
        <button ref={ref as Ref<HTMLButtonElement>} type="button" className="button small primary" onClick={onPlace}>
          Place it
        </button>
        or drag it from the list
      </footer>
    </div>
  );
}

function Preset({ title, summary }: { title: string; summary: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{summary}</dd>
    </>
  );
}

interface PortsProps {
  title: string;
  none: string;
  ports: readonly [string, { title: string; contract: string; cardinality?: InputPort['cardinality'] }][];
}

function Ports({ title, none, ports }: PortsProps) {
  const { library } = useWorkspace();
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {ports.map(([name, port]) => {
          const contract = library.catalog.findContract(port.contract);
          return (
            <li
              key={name}
              style={{ '--family': `var(--${contract?.family ?? 'identity'})` } as CSSProperties}
              title={contract?.title ?? port.contract}
            >
              {port.title.toLowerCase()}
              {port.cardinality && <span>{CARDINALITY[port.cardinality]}</span>}
            </li>
          );
        })}
      </ul>
      {ports.length === 0 && <p className="quiet">{none}</p>}
    </div>
  );
}
