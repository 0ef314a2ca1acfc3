import type { Position } from '../../schemas/generated/types.ts';
import type { DocumentContent } from '../../schemas/rules/content.ts';
import { drawnAreas } from '../canvas/groups/drawn-areas.ts';
import { flowId, readFlowId } from '../canvas/groups/flow-id.ts';
import { frameAround } from '../canvas/groups/frames.ts';
import { makeRoom } from '../canvas/groups/make-room.ts';
import { draggedBoxes, restingPlaces } from '../canvas/groups/places.ts';
import { rectsOfContent } from '../canvas/select/box-rects.ts';
import { overlaps, type Rect } from '../canvas/select/rect.ts';
import { glideAlong } from '../layout/glide.ts';
import * as edits from '../stores/edits.ts';
import type { Workspace } from '../stores/workspace.ts';

/** Where something on the canvas stood before a group opened, and where it made way to. */
type Aside = ReadonlyMap<string, { from: Position; to: Position }>;

/** Of each window: what made way for which group, so that collapsing it gives the room back. */
const madeWay = new WeakMap<Workspace, Map<string, Aside>>();

/** Moves boxes, groups with their boxes, and notes, by their ids on the canvas. */
export function movedOnCanvas(content: DocumentContent, moved: ReadonlyMap<string, Position>): DocumentContent {
  const boxes = Object.fromEntries(draggedBoxes(moved, content.members, restingPlaces(content)));
  return [...moved].reduce(
    (now, [flow, { x, y }]) => {
      const { kind, id } = readFlowId(flow);
      const note = kind === 'note' ? now.notes[id] : undefined;
      return note && (note.x !== x || note.y !== y) ? edits.putNote(now, id, { ...note, x, y }) : now;
    },
    edits.moveNodes(content, boxes),
  );
}

/** What stands by itself on the canvas: boxes of a group move with it. */
function neighboursOf(workspace: Workspace, group: string): Map<string, Rect> {
  const { members } = workspace.document.content();
  const areas = [...drawnAreas(workspace)];
  return new Map(areas.filter(([flow]) => flow !== flowId('group', group) && members[flow] === undefined));
}

/** The room that a collapsed group takes when it is open. */
function frameOf({ library, document, session }: Workspace, group: string): Rect | undefined {
  const content = document.content();
  const { expanded } = session.getState();
  const open = { ...content, groups: {} };
  const rects = rectsOfContent(library.catalog, open, { expanded, openGroup: undefined });
  return frameAround([...rects].flatMap(([id, rect]) => (content.members[id] === group ? [rect] : [])));
}

function wayFor(workspace: Workspace, group: string): Aside {
  const neighbours = neighboursOf(workspace, group);
  const [before, grown] = [drawnAreas(workspace).get(flowId('group', group)), frameOf(workspace, group)];
  if (!before || !grown) return new Map();
  const moved = makeRoom(before, grown, neighbours);
  return new Map(
    [...moved].flatMap(([id, to]) => {
      const rest = neighbours.get(id);
      return rest ? [[id, { from: { x: rest.x, y: rest.y }, to }] as const] : [];
    }),
  );
}

/** What still stands where it made way to, and finds its old place free, goes back. */
function wayBack(workspace: Workspace, group: string): Map<string, Position> {
  const aside = madeWay.get(workspace)?.get(group) ?? new Map();
  const areas = neighboursOf(workspace, group);
  const isThere = (flow: string, { x, y }: Position) => areas.get(flow)?.x === x && areas.get(flow)?.y === y;
  const going = [...aside].filter(([flow, { to }]) => isThere(flow, to));
  const ids = new Set(going.map(([flow]) => flow));
  const staying = [...areas].filter(([flow]) => !ids.has(flow)).map(([, rect]) => rect);
  return new Map(
    going.flatMap(([flow, { from }]) => {
      const rect = areas.get(flow);
      const isFree = rect && !staying.some((other) => overlaps(other, { ...rect, ...from }));
      return isFree ? [[flow, from] as const] : [];
    }),
  );
}

function moveAlong(
  workspace: Workspace,
  group: string,
  collapsed: boolean,
  places: ReadonlyMap<string, Position>,
): void {
  const edit = (content: DocumentContent) => edits.updateGroup(movedOnCanvas(content, places), group, { collapsed });
  glideAlong(workspace, () => workspace.document.edit(edit, { label: collapsed ? 'collapse group' : 'expand group' }));
}

/** Opens or collapses groups. What an open one would cover makes way, in the same step, and comes back when it is collapsed. */
export function setCollapsed(workspace: Workspace, groups: readonly string[], collapsed: boolean): void {
  for (const group of groups) {
    if (Boolean(workspace.document.content().groups[group]?.collapsed) === collapsed) continue;
    if (collapsed) {
      moveAlong(workspace, group, true, wayBack(workspace, group));
      continue;
    }
    const aside = wayFor(workspace, group);
    madeWay.set(workspace, new Map(madeWay.get(workspace)).set(group, aside));
    moveAlong(workspace, group, false, new Map([...aside].map(([flow, { to }]) => [flow, to])));
  }
}
