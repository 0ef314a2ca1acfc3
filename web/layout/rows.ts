// Stands many parts of a large graph in rows, neighbours beside each other.
import type { Position } from '../../schemas/generated/types.ts';

interface Block {
  id: string;
  width: number;
  height: number;
}

interface Line {
  from: { node: string };
  to: { node: string };
}

const ASPECT = 1.6;

/** How many lines join each two blocks. */
function countTies(lines: readonly Line[]): Map<string, Map<string, number>> {
  const ties = new Map<string, Map<string, number>>();
  const add = (one: string, other: string) => {
    const own = ties.get(one) ?? new Map<string, number>();
    ties.set(one, own.set(other, (own.get(other) ?? 0) + 1));
  };
  for (const { from, to } of lines) {
    add(from.node, to.node);
    add(to.node, from.node);
  }
  return ties;
}

/** Each next is the one that has most lines to those before it, twice as much to the last; the first of those that have as many. */
function inOrder(blocks: readonly Block[], lines: readonly Line[]): Block[] {
  const ties = countTies(lines);
  const pulls = new Map(blocks.map(({ id }) => [id, 0]));
  const left = new Map(blocks.map((block) => [block.id, block]));
  const order: Block[] = [];
  while (left.size > 0) {
    const own = ties.get(order.at(-1)?.id ?? '');
    let next: Block | undefined;
    let most = Number.NEGATIVE_INFINITY;
    for (const [id, block] of left) {
      const pull = (pulls.get(id) ?? 0) + (own?.get(id) ?? 0);
      if (pull > most) [next, most] = [block, pull];
    }
    if (!next) break;
    order.push(next);
    left.delete(next.id);
    for (const [other, count] of ties.get(next.id) ?? []) pulls.set(other, (pulls.get(other) ?? 0) + count);
  }
  return order;
}

/**
 * Places in rows that together are as wide as a window is for its height, every second row from right to left: what comes next in the
 * order is never far away. Blocks are `gap` apart and overlap nowhere.
 */
export function inRows(blocks: readonly Block[], lines: readonly Line[], gap: number): Record<string, Position> {
  const area = blocks.reduce((total, { width, height }) => total + (width + gap) * (height + gap), 0);
  const room = Math.sqrt(area * ASPECT);
  const rows: Block[][] = [[]];
  let used = 0;
  for (const block of inOrder(blocks, lines)) {
    if (used > 0 && used + block.width > room) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(block);
    used += block.width + gap;
  }
  const places: Record<string, Position> = {};
  let y = 0;
  for (const [at, row] of rows.entries()) {
    let x = 0;
    for (const { id, width } of at % 2 === 0 ? row : row.toReversed()) {
      places[id] = { x, y };
      x += width + gap;
    }
    y += Math.max(0, ...row.map(({ height }) => height)) + gap;
  }
  return places;
}
