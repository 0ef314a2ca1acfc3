import type { Position } from '../../../schemas/generated/types.ts';
import { boundsOf, type Rect } from '../select/rect.ts';

export type Area = Rect;

export const PADDING = 16;
export const TITLE_BAR = 32;

/** A group has no place of its own: its frame goes around its boxes, with a title bar above them. */
export function frameAround(boxes: Iterable<Area>): Area | undefined {
  const bounds = boundsOf(boxes);
  return (
    bounds && {
      x: bounds.x - PADDING,
      y: bounds.y - PADDING - TITLE_BAR,
      width: bounds.width + 2 * PADDING,
      height: bounds.height + 2 * PADDING + TITLE_BAR,
    }
  );
}

/** Where a collapsed group stands: at the top left of the frame that it would have. */
export function foldedPlace(positions: readonly Position[]): Position | undefined {
  const frame = frameAround(positions.map(({ x, y }) => ({ x, y, width: 0, height: 0 })));
  return frame && { x: frame.x, y: frame.y };
}

const holds = (area: Area, { x, y }: Position): boolean =>
  x >= area.x && x <= area.x + area.width && y >= area.y && y <= area.y + area.height;

/** The innermost frame at a place: the smallest of those that hold it. */
export function frameAt(frames: ReadonlyMap<string, Area>, place: Position): string | undefined {
  let best: { id: string; size: number } | undefined;
  for (const [id, area] of frames) {
    const size = area.width * area.height;
    if (holds(area, place) && (!best || size < best.size)) best = { id, size };
  }
  return best?.id;
}

const STUB_GAP = 120;
const STUB_STEP = 64;
export const STUB = { width: 176, height: 44 };

/** Stubs stand in a column beside the group, each as near as may be to the boxes that it has lines with. */
export function placeStubs<T>(
  stubs: readonly { stub: T; isLeft: boolean; wish: number }[],
  inside: Area,
): Map<T, Position> {
  const places = new Map<T, Position>();
  for (const isLeft of [true, false]) {
    const x = isLeft ? inside.x - STUB_GAP - STUB.width : inside.x + inside.width + STUB_GAP;
    let free = -Infinity;
    for (const { stub, wish } of stubs.filter((each) => each.isLeft === isLeft).sort((a, b) => a.wish - b.wish)) {
      const y = Math.max(wish, free);
      places.set(stub, { x, y });
      free = y + STUB_STEP;
    }
  }
  return places;
}
