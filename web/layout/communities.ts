// Finds the parts of a large graph that hang together, so that each can be laid out by itself.

interface Line {
  from: { node: string };
  to: { node: string };
}

const ROUNDS = 20;
/** A part of more boxes than these is no longer seen as one. */
const LARGEST = 30;

type Ties = Map<string, Map<string, number>>;

/** How strongly boxes are tied: a line to a hub that everything is joined to says little about what belongs together. */
function tiesOf(ids: readonly string[], lines: readonly Line[]): Ties {
  const ties: Ties = new Map(ids.map((id) => [id, new Map()]));
  const joined = lines.filter(({ from, to }) => from.node !== to.node && ties.has(from.node) && ties.has(to.node));
  const degrees = new Map<string, number>();
  for (const { from, to } of joined) for (const { node } of [from, to]) degrees.set(node, (degrees.get(node) ?? 0) + 1);
  for (const { from, to } of joined) {
    const weight = 1 / Math.sqrt((degrees.get(from.node) ?? 1) * (degrees.get(to.node) ?? 1));
    for (const [one, other] of [
      [from.node, to.node],
      [to.node, from.node],
    ] as const)
      ties.get(one)?.set(other, (ties.get(one)?.get(other) ?? 0) + weight);
  }
  return ties;
}

/**
 * Every id once, in parts that are tied within more than chance would have it: the local moves of the Louvain method (Blondel et al.
 * 2008), with a limit to the size of a part. The same graph in the same order has the same parts.
 */
export function communities(ids: readonly string[], lines: readonly Line[]): string[][] {
  const ties = tiesOf(ids, lines);
  const strengths = new Map(ids.map((id) => [id, sum(ties.get(id)?.values() ?? [])]));
  const whole = sum(strengths.values());
  const labels = new Map(ids.map((id) => [id, id]));
  const parts = new Map(ids.map((id) => [id, { size: 1, strength: strengths.get(id) ?? 0 }]));
  const move = (id: string, label: string, by: 1 | -1) => {
    const part = parts.get(label);
    if (!part) return;
    part.size += by;
    part.strength += by * (strengths.get(id) ?? 0);
    labels.set(id, label);
  };
  /** Where a box that is in no part is tied best. */
  const best = (id: string, own: string): string => {
    const pulls = new Map([[own, 0]]);
    for (const [other, weight] of ties.get(id) ?? []) {
      const label = labels.get(other) ?? other;
      pulls.set(label, (pulls.get(label) ?? 0) + weight);
    }
    let [found, most] = [own, Number.NEGATIVE_INFINITY];
    for (const [label, pull] of pulls) {
      const { size = 0, strength = 0 } = parts.get(label) ?? {};
      const gain = pull - ((strengths.get(id) ?? 0) * strength) / whole;
      if (gain > most && size < LARGEST) [found, most] = [label, gain];
    }
    return found;
  };
  for (let round = 0, isMoving = true; round < ROUNDS && isMoving; round++) {
    isMoving = false;
    for (const id of ids) {
      const own = labels.get(id) ?? id;
      move(id, own, -1);
      const wish = best(id, own);
      move(id, wish, 1);
      if (wish !== own) isMoving = true;
    }
  }
  const found = new Map<string, string[]>();
  for (const id of ids) {
    const label = labels.get(id) ?? id;
    found.set(label, [...(found.get(label) ?? []), id]);
  }
  return [...found.values()];
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
