import type { Stroke } from './scene.ts';

/** Lines between the same two districts as one, and lines that are too short to be seen left out. */
export interface Bundle {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  color: string;
  count: number;
}

const SHORTEST_PIXELS = 10;
/** A district is this wide on the screen, more or less: its side is a power of two, so that it holds while the zoom changes a little. */
const DISTRICT_PIXELS = 90;

export const districtSide = (zoom: number): number => 2 ** Math.round(Math.log2(DISTRICT_PIXELS / zoom));

interface Tally {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  count: number;
  colors: Map<string, number>;
}

/** The lines as they are drawn far out: between districts in bundles, inside a district by themselves. */
export function bundleStrokes(
  strokes: readonly Stroke[],
  zoom: number,
): { bundles: readonly Bundle[]; alone: readonly Stroke[] } {
  const side = districtSide(zoom);
  const shortest = SHORTEST_PIXELS / zoom;
  const tallies = new Map<string, Tally>();
  const alone: Stroke[] = [];
  for (const stroke of strokes) {
    const { x1, y1, x2, y2 } = stroke;
    if (Math.abs(x2 - x1) + Math.abs(y2 - y1) < shortest) continue;
    const from = `${Math.floor(x1 / side)},${Math.floor(y1 / side)}`;
    const to = `${Math.floor(x2 / side)},${Math.floor(y2 / side)}`;
    if (from === to || Math.hypot(x2 - x1, y2 - y1) < side) {
      alone.push(stroke);
      continue;
    }
    const key = `${from} ${to}`;
    const tally = tallies.get(key) ?? { x1: 0, y1: 0, x2: 0, y2: 0, count: 0, colors: new Map() };
    tallies.set(key, tally);
    tally.x1 += x1;
    tally.y1 += y1;
    tally.x2 += x2;
    tally.y2 += y2;
    tally.count += 1;
    tally.colors.set(stroke.color, (tally.colors.get(stroke.color) ?? 0) + 1);
  }
  return { bundles: [...tallies.values()].map(toBundle), alone };
}

function toBundle({ x1, y1, x2, y2, count, colors }: Tally): Bundle {
  const [most] = [...colors].reduce((best, each) => (each[1] > best[1] ? each : best));
  return { x1: x1 / count, y1: y1 / count, x2: x2 / count, y2: y2 / count, count, color: most };
}
