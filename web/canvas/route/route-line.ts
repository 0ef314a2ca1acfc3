import type { Position } from '../../../schemas/generated/types.ts';
import { overlaps } from '../far/area-index.ts';
import type { Rect } from '../select/rect.ts';

/** A line leaves its source to the right and arrives at its target from the left. */
export interface Ends {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export interface RoutedLine {
  /** Of an SVG path. */
  path: string;
  /** Where a chip sits on it. */
  label: Position;
}

/** As React Flow bends its lines. */
const CURVATURE = 0.3;
const SAMPLES = 20;
/** Lines keep this far from boxes that they go around. */
const CLEARANCE = 8;
/** How far a line goes straight out of a port, and into one. */
const LEAD = 22;
const RADIUS = 10;

type Point = readonly [x: number, y: number];

const reach = (distance: number) => (distance >= 0 ? distance / 2 : CURVATURE * 25 * Math.sqrt(-distance));

function curve({ x1, y1, x2, y2 }: Ends): RoutedLine & { at(part: number): Point } {
  const by = reach(x2 - x1);
  const [a, b] = [x1 + by, x2 - by];
  const at = (t: number): Point => {
    const s = 1 - t;
    const mix = (p0: number, p1: number, p2: number, p3: number) =>
      s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3;
    return [mix(x1, a, b, x2), mix(y1, y1, y2, y2)];
  };
  const [x, y] = at(0.5);
  return { at, path: `M${x1},${y1} C${a},${y1} ${b},${y2} ${x2},${y2}`, label: { x, y } };
}

const isInside = ([x, y]: Point, { x: left, y: top, width, height }: Rect) =>
  x > left && x < left + width && y > top && y < top + height;

/** Whether a straight piece, level or upright, runs through a box or too close by one; a long line asks this a hundred thousand times. */
function meetsBox(from: Point, to: Point, boxes: readonly Rect[]): boolean {
  const left = Math.min(from[0], to[0]) - CLEARANCE;
  const right = Math.max(from[0], to[0]) + CLEARANCE;
  const top = Math.min(from[1], to[1]) - CLEARANCE;
  const bottom = Math.max(from[1], to[1]) + CLEARANCE;
  for (const box of boxes)
    if (right > box.x && left < box.x + box.width && bottom > box.y && top < box.y + box.height) return true;
  return false;
}

const isFree = (points: readonly Point[], boxes: readonly Rect[]) =>
  points.every((point, index) => {
    const next = points[index + 1];
    return !next || !meetsBox(point, next, boxes);
  });

const lengthOf = (points: readonly Point[]) =>
  points.reduce((sum, [x, y], index) => {
    const next = points[index + 1];
    return next ? sum + Math.abs(next[0] - x) + Math.abs(next[1] - y) : sum;
  }, 0);

/** Neighbouring lines bend a little apart, so that they do not lie on each other. */
const apart = ({ y1, y2 }: Ends) => (((Math.round(y1 / 22) * 3 + Math.round(y2 / 22) * 5) % 7) - 3) * 5;

/** One step up or down on the way, at each place where it may be free. */
function steps({ x1, y1, x2, y2 }: Ends, boxes: readonly Rect[], shift: number): Point[][] {
  if (x2 - x1 < 2 * LEAD) return [];
  const edges = boxes.flatMap((box) => [box.x - LEAD, box.x + box.width + LEAD]);
  const aside = LEAD + 15 + shift;
  const columns = [(x1 + x2) / 2 + shift, x1 + aside, x2 - aside, x1 + LEAD, x2 - LEAD, ...edges];
  return columns
    .filter((x) => x >= x1 + LEAD / 2 && x <= x2 - LEAD / 2)
    .map((x) => [
      [x1, y1],
      [x, y1],
      [x, y2],
      [x2, y2],
    ]);
}

/** Over or under what is in the way. */
function detours({ x1, y1, x2, y2 }: Ends, boxes: readonly Rect[], shift: number): Point[][] {
  const rows = boxes.flatMap((box) => [box.y - LEAD, box.y + box.height + LEAD]);
  return [(y1 + y2) / 2, ...rows].map((row) => {
    const y = row + shift / 2;
    return [
      [x1, y1],
      [x1 + LEAD, y1],
      [x1 + LEAD, y],
      [x2 - LEAD, y],
      [x2 - LEAD, y2],
      [x2, y2],
    ];
  });
}

/** Straight pieces with rounded corners. */
function rounded(points: readonly Point[]): RoutedLine {
  const parts: string[] = [];
  let longest = { length: -1, label: { x: 0, y: 0 } };
  for (const [index, [x, y]] of points.entries()) {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (after) {
      const length = Math.abs(after[0] - x) + Math.abs(after[1] - y);
      if (length > longest.length) longest = { length, label: { x: (x + after[0]) / 2, y: (y + after[1]) / 2 } };
    }
    if (!before || !after) {
      parts.push(`${before ? 'L' : 'M'}${x},${y}`);
      continue;
    }
    const half = (to: Point) => (Math.abs(to[0] - x) + Math.abs(to[1] - y)) / 2;
    const radius = Math.min(RADIUS, half(before), half(after));
    const towards = (to: Point) => `${x + Math.sign(to[0] - x) * radius},${y + Math.sign(to[1] - y) * radius}`;
    parts.push(`L${towards(before)} Q${x},${y} ${towards(after)}`);
  }
  return { path: parts.join(' '), label: longest.label };
}

const MARGIN = 120;

/** Where boxes stand that a line could run into on its way or on a detour. */
export const aroundLine = ({ x1, y1, x2, y2 }: Ends): Rect => ({
  x: Math.min(x1, x2) - MARGIN,
  y: Math.min(y1, y2) - MARGIN,
  width: Math.abs(x2 - x1) + 2 * MARGIN,
  height: Math.abs(y2 - y1) + 2 * MARGIN,
});

/**
 * How a line runs: in one curve where that meets no box, else in straight pieces around boxes, by the shortest way that is free. Where
 * there is none, in one curve after all.
 * @param boxes all but the two that the line joins.
 */
export function routeLine(ends: Ends, boxes: readonly Rect[]): RoutedLine {
  const bent = curve(ends);
  const around = aroundLine(ends);
  const near = boxes.filter((box) => overlaps(box, around));
  if (near.length === 0 || !meets(bent, near)) return bent;
  const shift = apart(ends);
  // The shortest are tried first: to hold every way of a long line against every box near it takes hundreds of times longer.
  const ways = [...steps(ends, near, shift), ...detours(ends, near, shift)]
    .map((points) => ({ points, length: lengthOf(points) }))
    .sort((a, b) => a.length - b.length);
  const way = ways.find(({ points }) => isFree(points, near));
  return way ? rounded(way.points) : bent;
}

function meets(bent: ReturnType<typeof curve>, boxes: readonly Rect[]): boolean {
  for (let index = 1; index < SAMPLES; index += 1) {
    const point = bent.at(index / SAMPLES);
    if (boxes.some((box) => isInside(point, box))) return true;
  }
  return false;
}
