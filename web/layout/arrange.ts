import type { ElkExtendedEdge, ElkNode, ElkPort, LayoutOptions } from 'elkjs/lib/elk-api';
import type { Position } from '../../schemas/generated/types.ts';

export interface LayoutPort {
  id: string;
  /** From the top of its box. */
  y: number;
}

/** A box, or a collapsed group, as large as it is drawn. */
export interface LayoutBox {
  id: string;
  width: number;
  height: number;
  inputs: readonly LayoutPort[];
  outputs: readonly LayoutPort[];
}

export interface LayoutLine {
  id: string;
  from: { node: string; port: string };
  to: { node: string; port: string };
}

/** Boxes that stay together in a frame. */
export interface LayoutGroup {
  id: string;
  boxes: readonly LayoutBox[];
}

export interface LayoutTask {
  boxes: readonly LayoutBox[];
  groups: readonly LayoutGroup[];
  lines: readonly LayoutLine[];
  /** Room that a frame takes around its boxes. */
  frame: { padding: number; titleBar: number };
}

/** Lays one graph without groups out. */
export type RunElk = (graph: ElkNode) => Promise<ElkNode>;

type Places = Record<string, Position>;

const GRID = 8;
const snap = (value: number) => Math.round(value / GRID) * GRID;
const snapUp = (value: number) => Math.ceil(value / GRID) * GRID;

/** From left to right; between columns there is room for a line's chip. */
const OPTIONS: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.aspectRatio': '1.6',
  'elk.spacing.nodeNode': '40',
  'elk.spacing.edgeNode': '24',
  'elk.spacing.componentComponent': '64',
  'elk.layered.spacing.nodeNodeBetweenLayers': '112',
  'elk.layered.spacing.edgeNodeBetweenLayers': '24',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'PREFER_EDGES',
};

const portId = (node: string, side: 'in' | 'out', port: string) => `${node}/${side}/${port}`;

function elkNode({ id, width, height, inputs, outputs }: LayoutBox): ElkNode {
  const port =
    (side: 'in' | 'out') =>
    (each: LayoutPort): ElkPort => ({
      id: portId(id, side, each.id),
      x: side === 'in' ? 0 : width,
      y: each.y,
      width: 0,
      height: 0,
      layoutOptions: { 'elk.port.side': side === 'in' ? 'WEST' : 'EAST' },
    });
  return {
    id,
    width,
    height,
    ports: [...inputs.map(port('in')), ...outputs.map(port('out'))],
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
  };
}

async function layOut(boxes: readonly LayoutBox[], lines: readonly LayoutLine[], run: RunElk): Promise<Places> {
  const children = boxes.map(elkNode);
  const ports = new Set(children.flatMap((child) => child.ports?.map(({ id }) => id) ?? []));
  const edges = lines.flatMap(({ id, from, to }): ElkExtendedEdge[] => {
    const [source, target] = [portId(from.node, 'out', from.port), portId(to.node, 'in', to.port)];
    return ports.has(source) && ports.has(target) ? [{ id, sources: [source], targets: [target] }] : [];
  });
  const done = await run({ id: 'root', layoutOptions: OPTIONS, children, edges });
  return Object.fromEntries((done.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: snap(x), y: snap(y) }]));
}

/** A group that is laid out inside: for what is around it one box, whose ports stand where those of its boxes do. */
function asBox({ id, boxes }: LayoutGroup, inside: Places, frame: LayoutTask['frame']): LayoutBox {
  const placed = boxes.map((box) => ({ box, at: inside[box.id] ?? { x: 0, y: 0 } }));
  const ports = (side: 'inputs' | 'outputs') =>
    placed.flatMap(({ box, at }) =>
      box[side].map((port) => ({ id: `${box.id}.${port.id}`, y: at.y + frame.padding + frame.titleBar + port.y })),
    );
  return {
    id,
    width: snapUp(Math.max(...placed.map(({ box, at }) => at.x + box.width)) + 2 * frame.padding),
    height: snapUp(Math.max(...placed.map(({ box, at }) => at.y + box.height)) + 2 * frame.padding + frame.titleBar),
    inputs: ports('inputs'),
    outputs: ports('outputs'),
  };
}

/** Moves places so that they begin at the origin. */
function fromOrigin(places: Places): Places {
  const all = Object.values(places);
  const left = Math.min(...all.map(({ x }) => x));
  const top = Math.min(...all.map(({ y }) => y));
  return Object.fromEntries(Object.entries(places).map(([id, { x, y }]) => [id, { x: x - left, y: y - top }]));
}

/**
 * Places for all boxes of a task, on the grid, from the origin: groups are laid out inside first, and then stand among the other boxes
 * as one each. (One layout across all borders is a little better and takes several times as long.)
 */
export async function arrange(task: LayoutTask, run: RunElk): Promise<Places> {
  const groupOf = new Map(task.groups.flatMap(({ id, boxes }) => boxes.map((box) => [box.id, id] as const)));
  const groupNode = (group: string) => `group:${group}`;
  const inner = new Map<string, Places>();
  for (const { id, boxes } of task.groups) {
    const own = task.lines.filter(({ from, to }) => groupOf.get(from.node) === id && groupOf.get(to.node) === id);
    inner.set(id, fromOrigin(await layOut(boxes, own, run)));
  }
  const end = ({ node, port }: LayoutLine['from']) => {
    const group = groupOf.get(node);
    return group === undefined ? { node, port } : { node: groupNode(group), port: `${node}.${port}` };
  };
  const outer = await layOut(
    [
      ...task.boxes,
      ...task.groups.map((group) => ({
        ...asBox(group, inner.get(group.id) ?? {}, task.frame),
        id: groupNode(group.id),
      })),
    ],
    task.lines
      .map((line) => ({ ...line, from: end(line.from), to: end(line.to) }))
      .filter(({ from, to }) => from.node !== to.node),
    run,
  );
  const places: Places = {};
  for (const { id } of task.boxes) if (outer[id]) places[id] = outer[id];
  for (const [group, boxes] of inner) {
    const at = outer[groupNode(group)] ?? { x: 0, y: 0 };
    for (const [id, { x, y }] of Object.entries(boxes))
      places[id] = { x: at.x + task.frame.padding + x, y: at.y + task.frame.padding + task.frame.titleBar + y };
  }
  return places;
}
