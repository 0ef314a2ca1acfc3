import type { Edge, Node } from '@xyflow/react';
import { type Area, type AreaIndex, indexAreas } from './area-index.ts';

/** Something that stands on the canvas, as it is painted from afar. */
export interface Shape extends Area {
  id: string;
  kind: string;
  /** The name of the variable that holds its hue. */
  color: string;
  /** How many boxes a collapsed group stands for. */
  count: number;
  /** The boxes that it shows: itself, those of a collapsed group, or the one behind a stub. */
  boxes: readonly string[];
}

/** A line between two shapes. */
export interface Stroke {
  id: string;
  /** The connections that it shows: more than one between collapsed groups. */
  lines: readonly string[];
  from: string;
  to: string;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  color: string;
}

export interface Scene {
  nodes: readonly Node[];
  edges: readonly Edge[];
  shapes: readonly Shape[];
  byId: ReadonlyMap<string, Shape>;
  strokes: readonly Stroke[];
  index: AreaIndex<Shape>;
  /** How many lines end at each shape. */
  degrees: ReadonlyMap<string, number>;
}

interface DrawnData {
  family?: string;
  color?: string;
  note?: { color: string };
  view?: { boxes: readonly string[] };
  stub?: { node: string };
}

function boxesOf(id: string, kind: string, { view, stub }: DrawnData): readonly string[] {
  if (kind === 'box') return [id];
  return view?.boxes ?? (stub ? [stub.node] : []);
}

export function toShape({ id, type = 'box', position, width = 0, height = 0, data }: Node): Shape {
  const drawn: DrawnData = data;
  const { family, color, note, view } = drawn;
  const tint = note?.color ?? color;
  const hue = family ?? (tint ? `tint-${tint}` : 'identity');
  const said = { id, kind: type, color: hue, count: view?.boxes.length ?? 0, boxes: boxesOf(id, type, drawn) };
  return { ...said, x: position.x, y: position.y, width, height };
}

interface LineData {
  family?: string;
  lines?: readonly string[];
}

type Ends = Pick<Stroke, 'x1' | 'y1' | 'x2' | 'y2'>;

function endsOf(edge: Edge, nodes: ReadonlyMap<string, Node>, shapes: ReadonlyMap<string, Shape>): Ends | undefined {
  const [from, to] = [shapes.get(edge.source), shapes.get(edge.target)];
  if (!from || !to) return undefined;
  const y = (shape: Shape, side: 'source' | 'target', port: string | null | undefined) => {
    const handle = nodes.get(shape.id)?.handles?.find((each) => each.type === side && each.id === port);
    return shape.y + (handle ? handle.y + (handle.height ?? 0) / 2 : shape.height / 2);
  };
  return {
    x1: from.x + from.width,
    y1: y(from, 'source', edge.sourceHandle),
    x2: to.x,
    y2: y(to, 'target', edge.targetHandle),
  };
}

export function createScene(nodes: readonly Node[], edges: readonly Edge[]): Scene {
  const shapes = nodes.map(toShape);
  const byId = new Map(shapes.map((shape) => [shape.id, shape]));
  const nodeById = new Map(nodes.map((node) => [node.id, node]));
  const degrees = new Map<string, number>();
  const strokes = edges.flatMap((edge): Stroke[] => {
    const ends = endsOf(edge, nodeById, byId);
    if (!ends) return [];
    for (const id of [edge.source, edge.target]) degrees.set(id, (degrees.get(id) ?? 0) + 1);
    const { family = 'identity', lines = [edge.id] }: LineData = edge.data ?? {};
    return [{ id: edge.id, lines, from: edge.source, to: edge.target, ...ends, color: family }];
  });
  return { nodes, edges, shapes, byId, strokes, index: indexAreas(shapes), degrees };
}

/** The collapsed groups that hold something of a selection: what is selected in them is not drawn itself. */
export function holdersOf(scene: Scene, selected: ReadonlySet<string>): Shape[] {
  const hidden = [...selected].filter((id) => !scene.byId.has(id));
  if (hidden.length === 0) return [];
  return scene.shapes.filter(({ boxes, count }) => count > 0 && hidden.some((id) => boxes.includes(id)));
}

const isAlike = (a: Shape, b: Shape | undefined) =>
  b !== undefined &&
  (['kind', 'x', 'y', 'width', 'height', 'color', 'count'] as const).every((field) => a[field] === b[field]);

/**
 * What changed on the canvas since the scene was made, where it is few enough to be painted over it: the shapes in their new places.
 * Undefined where the scene has to be made anew.
 */
export function movedSince(
  scene: Scene,
  nodes: readonly Node[],
  edges: readonly Edge[],
): ReadonlyMap<string, Shape> | undefined {
  if (nodes === scene.nodes && edges === scene.edges) return NONE_MOVED;
  if (nodes.length !== scene.nodes.length || edges.length !== scene.edges.length) return undefined;
  if (edges !== scene.edges && edges.some((edge, index) => !sameEnds(edge, scene.edges[index]))) return undefined;
  const moved = new Map<string, Shape>();
  for (const [index, node] of nodes.entries()) {
    const before = scene.nodes[index];
    if (node === before) continue;
    if (before?.id !== node.id) return undefined;
    const shape = toShape(node);
    if (!isAlike(shape, scene.byId.get(node.id))) moved.set(node.id, shape);
  }
  return moved;
}

export const NONE_MOVED: ReadonlyMap<string, Shape> = new Map();

const sameEnds = (a: Edge, b: Edge | undefined) =>
  a === b ||
  (a.id === b?.id &&
    a.source === b.source &&
    a.target === b.target &&
    a.sourceHandle === b.sourceHandle &&
    a.targetHandle === b.targetHandle &&
    a.data?.family === b.data?.family);

/** A line between shapes of which some have moved. */
export function movedStroke(stroke: Stroke, scene: Scene, moved: ReadonlyMap<string, Shape>): Stroke {
  const shift = (id: string) => {
    const [to, from] = [moved.get(id), scene.byId.get(id)];
    return to && from ? { x: to.x - from.x, y: to.y - from.y } : { x: 0, y: 0 };
  };
  const [from, to] = [shift(stroke.from), shift(stroke.to)];
  return {
    ...stroke,
    x1: stroke.x1 + from.x,
    y1: stroke.y1 + from.y,
    x2: stroke.x2 + to.x,
    y2: stroke.y2 + to.y,
  };
}
