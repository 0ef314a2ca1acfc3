const MOST = 3;

/**
 * The names that a word was probably meant to be, the nearest first.
 * @param few so many names are all given; of more, those that look like the word.
 */
export function nearNames(word: string, names: readonly string[], few = MOST): string[] {
  const asked = word.toLowerCase();
  const ranked = names.map((name) => ({ name, steps: stepsBetween(asked, name.toLowerCase()) }));
  // Sorting keeps equals in their order, which is the order of the catalogue.
  ranked.sort((left, right) => left.steps - right.steps);
  const isLike = ({ name, steps }: (typeof ranked)[number]) => steps <= Math.max(word.length, name.length) / 2;
  const likely = names.length > few ? ranked.filter(isLike) : ranked;
  return likely.slice(0, MOST).map(({ name }) => name);
}

/** How many letters must be put in, taken out or changed to get from one word to the other. */
function stepsBetween(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let at = 1; at <= left.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= right.length; to += 1) {
      const changed = (row[to - 1] ?? 0) + (left[at - 1] === right[to - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
