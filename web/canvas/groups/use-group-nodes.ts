import type { Position } from '../../../schemas/generated/types.ts';
import { useDocument, useSession, useWorkspace } from '../../stores/use-workspace.ts';
import type { BoxNode } from '../flow-elements.ts';
import { BOX_WIDTH } from '../geometry.ts';
import { useRemembered } from '../remembered.ts';
import { boundsOf } from '../select/rect.ts';
import { useShownNodes } from '../use-shown-nodes.ts';
import { type Folding, type Stub, stubId } from './folding.ts';
import { type Area, foldedPlace, frameAround, placeStubs } from './frames.ts';
import {
  type FoldedNode,
  type FrameNode,
  type StubNode,
  toFoldedNode,
  toFrameNode,
  toStubNode,
} from './group-elements.ts';
import { changesOver, groupsThatMove, type Places } from './places.ts';

export interface Standing {
  folding: Folding;
  /** The boxes that are drawn, where they are now. */
  boxes: readonly BoxNode[];
  /** Boxes that are being dragged, by themselves or with their group, and what holds the pointer. */
  moving: ReadonlyMap<string, Position>;
  isGroupDragged: boolean;
  rest: Places;
}

const areaAt = ({ x, y }: Position, height: number): Area => ({ x, y, width: BOX_WIDTH, height });

/** Frames around groups, collapsed groups as boxes, and stubs beside an open group. */
export function useGroupNodes({ folding, boxes, moving, isGroupDragged, rest }: Standing) {
  const { library } = useWorkspace();
  const groups = useDocument((state) => state.groups);
  const members = useDocument((state) => state.members);
  const nodes = useShownNodes();
  const selected = useSession((state) => state.selection.groups);
  const rememberFrame = useRemembered<FrameNode>();
  const rememberFolded = useRemembered<FoldedNode>();
  const rememberStub = useRemembered<StubNode>();
  if (folding.frames.length + folding.folded.length + folding.stubs.length === 0) return { below: [], above: [] };

  const namesOf = (ids: readonly string[]) => ids.map((id) => nodes[id]?.name ?? id);
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const whole = groupsThatMove(moving, members);
  const frames = new Map<string, Area>();
  for (const { id, boxes: inside } of folding.frames) {
    // A frame waits until a box is dropped, so that a box can leave it.
    const areas = inside.flatMap((node) => {
      const box = byId.get(node);
      const place = whole.has(id) ? box?.position : (rest[node] ?? box?.position);
      return box && place ? areaAt(place, box.height ?? 0) : [];
    });
    const area = frameAround(areas);
    if (area) frames.set(id, area);
  }

  const held = new Map(
    isGroupDragged
      ? []
      : [...moving].flatMap(([id, place]) => {
          const height = byId.get(id)?.height;
          return height === undefined ? [] : [[id, areaAt(place, height)] as const];
        }),
  );
  const targets = new Set(Object.values(changesOver(held, frames, members)));

  const below = folding.frames.flatMap((view) => {
    const [group, area] = [groups[view.id], frames.get(view.id)];
    if (!group || !area) return [];
    const names = namesOf(view.boxes);
    const state = { isSelected: selected.includes(view.id), isTarget: targets.has(view.id), names };
    const key = [
      group,
      view.boxes.join(),
      names.join(),
      area.x,
      area.y,
      area.width,
      area.height,
      state.isSelected,
      state.isTarget,
    ];
    return rememberFrame(view.id, key, () => toFrameNode(view, group, area, state));
  });

  const folded = folding.folded.flatMap((view) => {
    const group = groups[view.id];
    const place = foldedPlace(view.boxes.flatMap((id) => moving.get(id) ?? rest[id] ?? []));
    if (!group || !place) return [];
    const isSelected = selected.includes(view.id);
    const names = namesOf(view.boxes);
    return rememberFolded(view.id, [group, view, names.join(), place.x, place.y, isSelected], () =>
      toFoldedNode(view, group, place, { isSelected, names }),
    );
  });

  const places = stubPlaces(folding, byId);
  const stubs = folding.stubs.flatMap((stub) => {
    const [node, place] = [nodes[stub.node], places.get(stub)];
    if (!node || !place) return [];
    const family = library.catalog.findModule(node.module, node.version)?.family ?? 'identity';
    return rememberStub(stubId(stub), [node.name, family, place.x, place.y], () =>
      toStubNode(stub, place, node.name, family),
    );
  });
  return { below, above: [...folded, ...stubs] };
}

/** Each stub wishes to stand level with the boxes that its lines go to. */
function stubPlaces({ stubs, rerouted }: Folding, boxes: ReadonlyMap<string, BoxNode>): Map<Stub, Position> {
  const inside = boundsOf([...boxes.values()].map((box) => areaAt(box.position, box.height ?? 0)));
  if (!inside || stubs.length === 0) return new Map();
  const reached = new Map<string, number[]>();
  for (const { source, target } of rerouted) {
    for (const [stub, box] of [
      [source.node, target.node],
      [target.node, source.node],
    ] as const) {
      const y = boxes.get(box)?.position.y;
      if (y !== undefined) reached.set(stub, [...(reached.get(stub) ?? []), y]);
    }
  }
  return placeStubs(
    stubs.map((stub) => {
      const levels = reached.get(stubId(stub)) ?? [inside.y];
      const wish = levels.reduce((sum, y) => sum + y, 0) / levels.length;
      return { stub, isLeft: stub.side === 'source', wish };
    }),
    inside,
  );
}
