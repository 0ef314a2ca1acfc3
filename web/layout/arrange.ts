import type { ElkExtendedEdge, ElkNode, ElkPort, LayoutOptions } from 'elkjs/lib/elk-api';
import type { Position } from '../../schemas/generated/types.ts';
import { communities } from './communities.ts';
import { inRows } from './rows.ts';

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
  const places = (done.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: snap(x), y: snap(y) }] as const);
  return besideEachOther(Object.fromEntries(places), boxes);
}

const ASPECT = 1.6;
/** As often as it is wide: a column that is only tall is read as it is. */
const TOO_TALL = 3;
const BAND_GAP = 160;

/**
 * Many boxes in few layers are a column that no window shows: it is cut across into bands, which stand beside each other as the columns
 * of a newspaper do. Lines seldom cross from one to another, because boxes that belong together stand at one height.
 */
function besideEachOther(places: Places, boxes: readonly LayoutBox[]): Places {
  const rects = boxes.flatMap(({ id, width, height }) => (places[id] ? [{ id, width, height, ...places[id] }] : []));
  const left = Math.min(...rects.map(({ x }) => x));
  const top = Math.min(...rects.map(({ y }) => y));
  const width = Math.max(...rects.map((rect) => rect.x + rect.width)) - left + BAND_GAP;
  const height = Math.max(...rects.map((rect) => rect.y + rect.height)) - top;
  if (rects.length === 0 || height < TOO_TALL * width) return places;
  const count = Math.round(Math.sqrt((ASPECT * height) / width));
  const bandOf = ({ y, height: own }: (typeof rects)[number]) =>
    Math.min(count - 1, Math.floor(((y + own / 2 - top) / height) * count));
  const tops = new Map<number, number>();
  for (const rect of rects) tops.set(bandOf(rect), Math.min(tops.get(bandOf(rect)) ?? Infinity, rect.y));
  const move = (rect: (typeof rects)[number]) => {
    const band = bandOf(rect);
    return { x: rect.x + band * snapUp(width), y: rect.y - (tops.get(band) ?? 0) + top };
  };
  return Object.fromEntries(rects.map((rect) => [rect.id, move(rect)]));
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

/** A graph of more loose boxes than these is laid out part by part: districts are read, a thousand boxes side by side are not. */
const MOST_LOOSE = 100;
const LEAST_PART = 3;
/** More parts than these in layers would stand far apart, with long lines through the room between them. */
const MOST_LAYERED = 12;
const BLOCK_GAP = 96;

/** A group, or a part of the graph that hangs together and has no frame. */
interface Block extends LayoutGroup {
  frame: LayoutTask['frame'];
}

/** What is laid out inside first: groups, and of a large graph the parts of what is in none. */
function blocksOf({ boxes, groups, lines, frame }: LayoutTask): Block[] {
  const framed = groups.map((group) => ({ ...group, frame }));
  if (boxes.length <= MOST_LOOSE) return framed;
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const parts = communities([...byId.keys()], lines).filter((part) => part.length >= LEAST_PART);
  const bare = { padding: frame.padding, titleBar: 0 };
  return [
    ...framed,
    ...parts.map((part) => ({ id: `part:${part[0]}`, boxes: part.flatMap((id) => byId.get(id) ?? []), frame: bare })),
  ];
}

/**
 * Places for all boxes of a task, on the grid, from the origin: groups are laid out inside first, and then stand among the other boxes
 * as one each. (One layout across all borders is a little better and takes several times as long.)
 */
export async function arrange(task: LayoutTask, run: RunElk): Promise<Places> {
  const blocks = blocksOf(task);
  const blockOf = new Map(blocks.flatMap(({ id, boxes }) => boxes.map((box) => [box.id, id] as const)));
  const blockNode = (block: string) => `block:${block}`;
  const inner = new Map<string, Places>();
  for (const { id, boxes } of blocks) {
    const own = task.lines.filter(({ from, to }) => blockOf.get(from.node) === id && blockOf.get(to.node) === id);
    inner.set(id, fromOrigin(await layOut(boxes, own, run)));
  }
  const end = ({ node, port }: LayoutLine['from']) => {
    const block = blockOf.get(node);
    return block === undefined ? { node, port } : { node: blockNode(block), port: `${node}.${port}` };
  };
  const outside = [
    ...task.boxes.filter(({ id }) => !blockOf.has(id)),
    ...blocks.map((block) => ({ ...asBox(block, inner.get(block.id) ?? {}, block.frame), id: blockNode(block.id) })),
  ];
  const between = task.lines
    .map((line) => ({ ...line, from: end(line.from), to: end(line.to) }))
    .filter(({ from, to }) => from.node !== to.node);
  const isLarge = task.boxes.length > MOST_LOOSE && outside.length > MOST_LAYERED;
  const outer = isLarge ? inRows(outside, between, BLOCK_GAP) : await layOut(outside, between, run);
  const places: Places = {};
  for (const { id } of task.boxes) {
    const at = outer[id];
    if (at) places[id] = { x: snap(at.x), y: snap(at.y) };
  }
  for (const { id: block, frame } of blocks) {
    const at = outer[blockNode(block)] ?? { x: 0, y: 0 };
    for (const [id, { x, y }] of Object.entries(inner.get(block) ?? {}))
      places[id] = { x: snap(at.x) + frame.padding + x, y: snap(at.y) + frame.padding + frame.titleBar + y };
  }
  return places;
}
