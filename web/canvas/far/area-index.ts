import type { Position } from '../../../schemas/generated/types.ts';

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

const CELL = 512;

export interface AreaIndex<T extends Area> {
  /** Those that a place lies in, topmost first. */
  at(place: Position): T[];
  /** Those that overlap an area, in their order. */
  within(area: Area): T[];
}

export const overlaps = (a: Area, b: Area): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

const cellsOf = (from: number, length: number) =>
  [Math.floor(from / CELL), Math.floor((from + length) / CELL)] as const;

/** Finds areas by place: a grid of cells, each with the areas that touch it. */
export function indexAreas<T extends Area>(areas: readonly T[]): AreaIndex<T> {
  const cells = new Map<string, number[]>();
  const eachCell = (area: Area, visit: (key: string) => void) => {
    const [left, right] = cellsOf(area.x, area.width);
    const [top, bottom] = cellsOf(area.y, area.height);
    for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) visit(`${x},${y}`);
  };
  for (const [index, area] of areas.entries()) {
    eachCell(area, (key) => {
      const cell = cells.get(key);
      if (cell) cell.push(index);
      else cells.set(key, [index]);
    });
  }

  function within(area: Area): T[] {
    const size = (area.width / CELL + 1) * (area.height / CELL + 1);
    // A view that spans most of the grid is answered sooner by a look at every area.
    if (size > cells.size) return areas.filter((each) => overlaps(each, area));
    const found = new Set<number>();
    eachCell(area, (key) => {
      for (const index of cells.get(key) ?? []) found.add(index);
    });
    return [...found]
      .sort((a, b) => a - b)
      .flatMap((index) => {
        const each = areas[index];
        return each && overlaps(each, area) ? [each] : [];
      });
  }
  return { within, at: (place) => within({ ...place, width: 0, height: 0 }).reverse() };
}
