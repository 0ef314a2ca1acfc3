/** Lines `from` to `to` (exclusive) of the old text become `lines`. */
export interface Hunk {
  from: number;
  to: number;
  lines: readonly string[];
}

/** Gaps between anchors with more cells than this are replaced whole: a finer diff would take longer than it is worth. */
const TABLE_LIMIT = 250_000;

/** How to make `after` of `before`, as few lines as is cheap to find: lines that are there once on both sides hold the rest. */
export function diffLines(before: readonly string[], after: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  diffRange({ before, after, hunks }, 0, before.length, 0, after.length);
  return hunks;
}

interface Diff {
  before: readonly string[];
  after: readonly string[];
  hunks: Hunk[];
}

function diffRange(diff: Diff, from: number, to: number, newFrom: number, newTo: number): void {
  const { before, after } = diff;
  while (from < to && newFrom < newTo && before[from] === after[newFrom]) {
    from += 1;
    newFrom += 1;
  }
  while (from < to && newFrom < newTo && before[to - 1] === after[newTo - 1]) {
    to -= 1;
    newTo -= 1;
  }
  if (from === to && newFrom === newTo) return;
  if (from === to || newFrom === newTo) return add(diff, from, to, newFrom, newTo);
  const anchors = commonAnchors(diff, from, to, newFrom, newTo);
  if (anchors.length === 0) return diffTable(diff, from, to, newFrom, newTo);
  for (const [at, newAt] of anchors) {
    diffRange(diff, from, at, newFrom, newAt);
    from = at + 1;
    newFrom = newAt + 1;
  }
  diffRange(diff, from, to, newFrom, newTo);
}

function add({ after, hunks }: Diff, from: number, to: number, newFrom: number, newTo: number): void {
  const last = hunks.at(-1);
  const lines = after.slice(newFrom, newTo);
  if (last && last.to === from) hunks[hunks.length - 1] = { from: last.from, to, lines: [...last.lines, ...lines] };
  else hunks.push({ from, to, lines });
}

/** Pairs of places of lines that are there once on each side, in an order that rises on both. */
function commonAnchors({ before, after }: Diff, from: number, to: number, newFrom: number, newTo: number) {
  const once = placesOfUnique(after, newFrom, newTo);
  const pairs: [number, number][] = [];
  for (const [line, at] of placesOfUnique(before, from, to)) {
    const newAt = once.get(line);
    if (newAt !== undefined) pairs.push([at, newAt]);
  }
  return longestRising(pairs);
}

function placesOfUnique(lines: readonly string[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  for (let at = from; at < to; at += 1) {
    const line = lines[at] ?? '';
    if (places.has(line)) twice.add(line);
    else places.set(line, at);
  }
  for (const line of twice) places.delete(line);
  return places;
}

/** The longest run of pairs whose second part rises; the first part rises already (patience sorting). */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const ends: number[] = [];
  const previous = pairs.map(() => -1);
  pairs.forEach(([, value], index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = index;
  });
  const rising: [number, number][] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair) rising.push(pair);
  }
  return rising.reverse();
}

/** The longest common subsequence by table, for small ranges without anchors. */
function diffTable(diff: Diff, from: number, to: number, newFrom: number, newTo: number): void {
  const { before, after } = diff;
  const [rows, columns] = [to - from, newTo - newFrom];
  if (rows * columns > TABLE_LIMIT) return add(diff, from, to, newFrom, newTo);
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  const length = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        before[from + row] === after[newFrom + column]
          ? length(row + 1, column + 1) + 1
          : Math.max(length(row + 1, column), length(row, column + 1));
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    if (row < rows && column < columns && before[from + row] === after[newFrom + column]) {
      row += 1;
      column += 1;
    } else if (column < columns && (row === rows || length(row, column + 1) >= length(row + 1, column))) {
      add(diff, from + row, from + row, newFrom + column, newFrom + column + 1);
      column += 1;
    } else {
      add(diff, from + row, from + row + 1, newFrom + column, newFrom + column);
      row += 1;
    }
  }
}
