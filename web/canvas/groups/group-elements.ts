import { type Edge, type Node, Position as Side } from '@xyflow/react';
import type { Group, Position } from '../../../schemas/generated/types.ts';
import { plural } from '../../ui/format.ts';
import { BOX_WIDTH, DOT, HEADER, ROW, rowCentre } from '../geometry.ts';
import { flowId, NO_TAB_STOP } from './flow-id.ts';
import type { FoldedPort, FoldedView, GroupView, ReroutedLine, Stub } from './folding.ts';
import { stubId } from './folding.ts';
import { type Area, STUB } from './frames.ts';

export type FrameNode = Node<{ boxes: readonly string[]; isTarget: boolean; color: Group['color'] }, 'frame'>;
export type FoldedNode = Node<{ view: FoldedView; color: Group['color'] }, 'folded'>;
export type StubNode = Node<{ stub: Stub; family: string }, 'stub'>;
export type BundleEdge = Edge<{ family: string; lines: readonly string[] }, 'bundle'>;
export type GroupNode = FrameNode | FoldedNode | StubNode;

/** Frames lie below lines and boxes. */
const BELOW = -2;

const handle = (type: 'source' | 'target', id: string, y: number, width = BOX_WIDTH) => ({
  id,
  type,
  position: type === 'source' ? Side.Right : Side.Left,
  x: type === 'source' ? width - DOT / 2 : -DOT / 2,
  y: y - DOT / 2,
  width: DOT,
  height: DOT,
});

const sized = ({ x, y, width, height }: Area) => ({ position: { x, y }, width, height, measured: { width, height } });

const MOST_NAMES = 8;

/** What a group holds, for people who do not see it. */
function contentOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  const listed = more > 0 ? [...names.slice(0, MOST_NAMES), `${more} more`] : names;
  return `${plural(names.length, 'box', 'boxes')}: ${listed.join(', ')}.`;
}

/** Only its title bar and border take the pointer, so that boxes inside can be lassoed. */
export function toFrameNode(
  { id, boxes }: GroupView,
  group: Group,
  area: Area,
  state: { isSelected: boolean; isTarget: boolean; names: readonly string[] },
): FrameNode {
  return {
    ...sized(area),
    id: flowId('group', id),
    type: 'frame',
    dragHandle: '.frame-grip',
    selectable: false,
    selected: state.isSelected,
    zIndex: BELOW,
    ariaLabel: `Group ${group.title}, ${contentOf(state.names)}`,
    domAttributes: NO_TAB_STOP,
    data: { boxes, isTarget: state.isTarget, color: group.color },
  };
}

export const foldedHeight = ({ inputs, outputs }: FoldedView): number =>
  HEADER + Math.max(inputs.length, outputs.length, 1) * ROW + 34;

const portList = (ports: readonly FoldedPort[]) => ports.map(({ id, count }) => `${id} (${count})`).join(', ');

export function toFoldedNode(
  view: FoldedView,
  group: Group,
  place: Position,
  { isSelected, names }: { isSelected: boolean; names: readonly string[] },
): FoldedNode {
  const { id, inputs, outputs } = view;
  const parts = [`Collapsed group ${group.title}, ${contentOf(names)}`];
  if (inputs.length > 0) parts.push(`Takes ${portList(inputs)}.`);
  if (outputs.length > 0) parts.push(`Gives ${portList(outputs)}.`);
  return {
    ...sized({ ...place, width: BOX_WIDTH, height: foldedHeight(view) }),
    id: flowId('group', id),
    type: 'folded',
    selected: isSelected,
    ariaLabel: parts.join(' '),
    domAttributes: NO_TAB_STOP,
    handles: [
      ...inputs.map((port, index) => handle('target', port.id, rowCentre(index))),
      ...outputs.map((port, index) => handle('source', port.id, rowCentre(index))),
    ],
    data: { view, color: group.color },
  };
}

export function toStubNode(stub: Stub, place: Position, name: string, family: string): StubNode {
  const side = stub.side === 'source' ? 'feeds this group' : 'takes from this group';
  return {
    ...sized({ ...place, ...STUB }),
    id: stubId(stub),
    type: 'stub',
    draggable: false,
    selectable: false,
    ariaLabel: `Box ${name} outside of the group ${side}.`,
    handles: [handle(stub.side, 'all', STUB.height / 2, STUB.width)],
    data: { stub, family },
  };
}

export function toBundleEdge(line: ReroutedLine, family: string, isSelected: boolean): BundleEdge {
  return {
    id: line.id,
    type: 'bundle',
    source: line.source.node,
    sourceHandle: line.source.port,
    target: line.target.node,
    targetHandle: line.target.port,
    selected: isSelected,
    ariaLabel: `${line.lines.length} lines.`,
    interactionWidth: 18,
    data: { family, lines: line.lines },
  };
}
