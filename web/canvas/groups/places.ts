import type { Position } from '../../../schemas/generated/types.ts';
import type { DocumentContent } from '../../../schemas/rules/content.ts';
import { placeMissing } from '../auto-place.ts';
import { centreOf } from '../select/rect.ts';
import { readFlowId } from './flow-id.ts';
import { type Area, foldedPlace, frameAt } from './frames.ts';

export type Places = Readonly<Record<string, Position>>;
type Dragged = ReadonlyMap<string, Position>;

/** Where every box stands, those that nobody has placed included. */
export function restingPlaces({ nodes, connections, positions }: DocumentContent): Places {
  return { ...placeMissing(nodes, connections, positions), ...positions };
}

export const isGroupDragged = (dragged: Dragged): boolean =>
  [...dragged.keys()].some((id) => readFlowId(id).kind === 'group');

/** Places of boxes while things on the canvas are dragged: a group takes its boxes with it. */
export function draggedBoxes(dragged: Dragged, members: Readonly<Record<string, string>>, rest: Places): Dragged {
  if (![...dragged.keys()].some((id) => readFlowId(id).kind !== 'box')) return dragged;
  const boxes = new Map<string, Position>();
  for (const [flow, to] of dragged) {
    const { kind, id } = readFlowId(flow);
    if (kind === 'box') boxes.set(id, to);
    if (kind !== 'group') continue;
    const own = Object.keys(members).filter((node) => members[node] === id && rest[node]);
    const from = foldedPlace(own.flatMap((node) => rest[node] ?? []));
    if (!from) continue;
    for (const node of own) {
      const { x, y } = rest[node] ?? from;
      boxes.set(node, { x: x + to.x - from.x, y: y + to.y - from.y });
    }
  }
  return boxes;
}

/**
 * The groups that boxes change over to when they are dropped where they are now: in the frame under their middle, or in none.
 * Boxes that move with their whole group stay in it.
 */
export function changesOver(
  boxes: ReadonlyMap<string, Area>,
  frames: ReadonlyMap<string, Area>,
  members: Readonly<Record<string, string>>,
): Record<string, string | undefined> {
  const staying = groupsThatMove(boxes, members);
  const joined: Record<string, string | undefined> = {};
  for (const [id, area] of boxes) {
    const group = members[id];
    const target = frameAt(frames, centreOf(area));
    if (target === group) continue;
    if (target !== undefined) joined[id] = target;
    else if (group !== undefined && frames.has(group) && !staying.has(group)) joined[id] = undefined;
  }
  return joined;
}

/** Groups of which every box moves: their frames go along. */
export function groupsThatMove(
  boxes: ReadonlyMap<string, unknown>,
  members: Readonly<Record<string, string>>,
): ReadonlySet<string> {
  if (boxes.size === 0) return new Set();
  const moving = new Set([...boxes.keys()].flatMap((id) => members[id] ?? []));
  for (const [id, group] of Object.entries(members)) if (!boxes.has(id)) moving.delete(group);
  return moving;
}
