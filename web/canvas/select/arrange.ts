import type { Position } from '../../../schemas/generated/types.ts';
import { boundsOf, type Rect, type Rects } from './rect.ts';

export type Side = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';
type Positions = Record<string, Position>;

/** Where the boxes stand when they share an edge or a middle of the rectangle around them. */
export function align(rects: Rects, side: Side): Positions {
  const bounds = boundsOf(rects.values());
  if (!bounds) return {};
  const place = ({ x, y, width, height }: Rect): Position => {
    switch (side) {
      case 'left':
        return { x: bounds.x, y };
      case 'centre':
        return { x: bounds.x + (bounds.width - width) / 2, y };
      case 'right':
        return { x: bounds.x + bounds.width - width, y };
      case 'top':
        return { x, y: bounds.y };
      case 'middle':
        return { x, y: bounds.y + (bounds.height - height) / 2 };
      case 'bottom':
        return { x, y: bounds.y + bounds.height - height };
    }
  };
  return Object.fromEntries([...rects].map(([id, rect]) => [id, place(rect)]));
}

/**
 * Equal gaps between neighbours in a row or a column, within the rectangle around them all. Boxes that are too large to stand
 * side by side in it overlap, each as far along its free way as its place in the row says.
 */
export function distribute(rects: Rects, along: 'x' | 'y'): Positions {
  const size = along === 'x' ? 'width' : 'height';
  const row = [...rects].sort(([, a], [, b]) => a[along] + a[size] / 2 - (b[along] + b[size] / 2));
  const bounds = boundsOf(rects.values());
  if (!bounds || row.length < 3) return Object.fromEntries(row.map(([id, { x, y }]) => [id, { x, y }]));
  const filled = row.reduce((sum, [, rect]) => sum + rect[size], 0);
  const gap = (bounds[size] - filled) / (row.length - 1);
  let next = bounds[along];
  const placed = row.map(([id, rect], index): [string, Position] => {
    const share = bounds[along] + ((bounds[size] - rect[size]) * index) / (row.length - 1);
    // A sum of negatives may round to -0, which a document has no word for.
    const at = Math.round(gap < 0 ? share : next) + 0;
    next += rect[size] + gap;
    return [id, along === 'x' ? { x: at, y: rect.y } : { x: rect.x, y: at }];
  });
  return Object.fromEntries(placed);
}
