import { IconAlertTriangle, IconGhost2, IconLoader2, IconTrash } from '@tabler/icons-react';
import { ViewportPortal } from '@xyflow/react';
import { useMemo } from 'react';
import { destroyId } from '../../stores/run-view.ts';
import { showLog } from '../../stores/session.ts';
import { useDocument, useRun, useWorkspace } from '../../stores/use-workspace.ts';
import { ModuleTile } from '../../ui/ModuleIcon.tsx';
import { useShownNodes } from '../use-shown-nodes.ts';
import { type Ghost, ghostsOf, placeGhosts } from './ghosts-of.ts';
import { useLastPlaces } from './last-places.ts';

const ICONS = { kept: IconGhost2, delete: IconTrash, busy: IconLoader2, failed: IconAlertTriangle };

/** Boxes that were taken out of the graph and still stand in the cloud. */
export function Ghosts() {
  const { session } = useWorkspace();
  const runtime = useRun((state) => state.runtime);
  const steps = useRun((state) => state.steps);
  const run = useRun((state) => state.run);
  const nodes = useShownNodes();
  const positions = useDocument((state) => state.positions);
  const lastPlace = useLastPlaces();
  const ghosts = useMemo(() => ghostsOf({ runtime, steps, run }, nodes), [runtime, steps, run, nodes]);
  const places = useMemo(() => placeGhosts(ghosts, positions, lastPlace), [ghosts, positions, lastPlace]);
  if (ghosts.length === 0) return null;
  const open = (ghost: Ghost) => showLog(session, destroyId(ghost.node));
  return (
    <ViewportPortal>
      {ghosts.map((ghost) => (
        <GhostBox key={ghost.node} ghost={ghost} place={places[ghost.node]} onOpen={() => open(ghost)} />
      ))}
    </ViewportPortal>
  );
}

interface Props {
  ghost: Ghost;
  place: { x: number; y: number } | undefined;
  onOpen(): void;
}

function GhostBox({ ghost, place, onOpen }: Props) {
  const { library } = useWorkspace();
  const detail = library.module(ghost.module);
  const Icon = ICONS[ghost.state];
  return (
    <button
      type="button"
      className="ghost nodrag nopan"
      data-state={ghost.state}
      data-node={ghost.node}
      style={{ transform: `translate(${place?.x ?? 0}px, ${place?.y ?? 0}px)` }}
      onClick={onOpen}
    >
      <span className="ghost-head">
        <ModuleTile svg={detail?.icon} family={detail?.manifest.family ?? 'identity'} />
        <span className="box-title">
          <strong>{ghost.name}</strong>
          <span>{detail?.manifest.id ?? ghost.module}</span>
        </span>
      </span>
      <span className="ghost-foot">
        <Icon className={ghost.state === 'busy' ? 'spins' : undefined} size={14} stroke={1.75} aria-hidden />
        {ghost.word}
      </span>
    </button>
  );
}
