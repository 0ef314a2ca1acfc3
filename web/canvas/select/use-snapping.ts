import { useReactFlow } from '@xyflow/react';
import { useMemo } from 'react';
import type { Position } from '../../../schemas/generated/types.ts';
import { duplicateBy } from '../../actions/clipboard.ts';
import { type Taken, withBoxesOfGroups } from '../../stores/clipping.ts';
import { useWorkspace } from '../../stores/use-workspace.ts';
import type { Workspace } from '../../stores/workspace.ts';
import { drawnAreas } from '../groups/drawn-areas.ts';
import { readFlowId } from '../groups/flow-id.ts';
import { boundsOf, type Rect } from './rect.ts';
import { snapMove } from './snap.ts';

const GRID = 8;
const REACH = 6;

type Places = ReadonlyMap<string, Position>;

interface Drag {
  /** What moves, and where it stood, by ids on the canvas. */
  moving: ReadonlyMap<string, Rect>;
  /** What a drag is in line with: boxes that stay. */
  others: readonly Rect[];
  /** Begun with Alt: copies are dropped, and the boxes stay. */
  isCopy: boolean;
  isFree: boolean;
  stop(): void;
}

/** Alt that is pressed during a drag frees it from grid and neighbours; Alt that began it means a copy until it is let go. */
function followAlt(isCopy: boolean, set: (isFree: boolean) => void): () => void {
  let began = isCopy;
  const follow = ({ altKey }: PointerEvent | KeyboardEvent) => {
    if (!altKey) began = false;
    set(altKey && !began);
  };
  const kinds = ['pointermove', 'keydown', 'keyup'] as const;
  for (const kind of kinds) window.addEventListener(kind, follow, true);
  return () => {
    for (const kind of kinds) window.removeEventListener(kind, follow, true);
  };
}

/** What moves, by ids in the document. */
function takenOf(flows: readonly string[]): Taken {
  const all = flows.map(readFlowId);
  const of = (kind: string) => all.filter((each) => each.kind === kind).map(({ id }) => id);
  return { nodes: of('box'), groups: of('group'), notes: of('note') };
}

function begin(workspace: Workspace, isCopy: boolean, ids: readonly string[]): Drag {
  const areas = drawnAreas(workspace);
  const moving = new Map(ids.flatMap((id) => (areas.has(id) ? [[id, areas.get(id) as Rect] as const] : [])));
  const { nodes } = withBoxesOfGroups(workspace.document.content(), takenOf(ids));
  const going = new Set([...ids, ...nodes]);
  const drag: Drag = {
    moving,
    others: [...areas].filter(([id]) => readFlowId(id).kind === 'box' && !going.has(id)).map(([, rect]) => rect),
    isCopy,
    isFree: false,
    stop: followAlt(isCopy, (isFree) => {
      drag.isFree = isFree;
    }),
  };
  if (isCopy) workspace.session.setState({ copying: [...going] });
  return drag;
}

function rawRects(places: Places, moving: Drag['moving']): Rect[] {
  return [...places].map(([id, { x, y }]) => {
    const { width = 0, height = 0 } = moving.get(id) ?? {};
    return { x, y, width, height };
  });
}

function createSnapping(workspace: Workspace, getZoom: () => number) {
  const { session } = workspace;
  let drag: Drag | undefined;

  function place(places: Places): Map<string, Position> {
    const bounds = boundsOf(rawRects(places, drag?.moving ?? new Map()));
    if (!bounds || drag?.isFree) {
      session.setState({ guides: [] });
      return new Map(places);
    }
    const snap = snapMove(bounds, drag?.others ?? [], { grid: GRID, reach: REACH / getZoom() });
    session.setState({ guides: snap.guides });
    return new Map([...places].map(([id, { x, y }]) => [id, { x: x + snap.dx, y: y + snap.dy }]));
  }

  return {
    begin(event: { altKey: boolean }, ids: readonly string[]) {
      drag?.stop();
      drag = begin(workspace, event.altKey, ids);
    },
    place,
    /** Ends the drag; answers where things were dropped, or nothing where copies were dropped and nothing moved. */
    drop(places: Places): Map<string, Position> | undefined {
      const placed = place(places);
      const copied = drag?.isCopy ? drag.moving : undefined;
      drag?.stop();
      drag = undefined;
      session.setState({ guides: [], copying: undefined });
      if (!copied) return placed;
      const [id = ''] = placed.keys();
      const [from, to] = [copied.get(id), placed.get(id)];
      if (from && to) duplicateBy(workspace, takenOf([...placed.keys()]), { x: to.x - from.x, y: to.y - from.y });
      return undefined;
    },
  };
}

/** Where a drag really goes: all that moves goes by the same way, onto lines with neighbours, else onto the grid. */
export function useSnapping() {
  const workspace = useWorkspace();
  const { getZoom } = useReactFlow();
  return useMemo(() => createSnapping(workspace, getZoom), [workspace, getZoom]);
}
