import { diffLines, type Hunk } from './line-diff.ts';

/**
 * Brings what changed from `base` to `theirs` into `mine`, where the two did not change the same lines.
 * @returns hunks over the lines of `mine`, or undefined where both changed the same lines.
 */
export function mergeLines(base: readonly string[], mine: readonly string[], theirs: readonly string[]) {
  const own = diffLines(base, mine);
  const other = diffLines(base, theirs);
  const merged: Hunk[] = [];
  let shift = 0;
  let next = 0;
  for (const hunk of other) {
    for (let passed = own[next]; passed && isBefore(passed, hunk); passed = own[next]) {
      shift += passed.lines.length - (passed.to - passed.from);
      next += 1;
    }
    const near = own[next];
    if (near && isSame(near, hunk)) continue;
    if (near && !isBefore(hunk, near)) return undefined;
    merged.push({ from: hunk.from + shift, to: hunk.to + shift, lines: hunk.lines });
  }
  return merged;
}

/** Whether the first ends before the second begins; two insertions at one place have no order that both would agree on. */
function isBefore(first: Hunk, second: Hunk): boolean {
  if (first.to < second.from) return true;
  return first.to === second.from && first.to !== first.from && second.to !== second.from;
}

function isSame(left: Hunk, right: Hunk): boolean {
  return (
    left.from === right.from &&
    left.to === right.to &&
    left.lines.length === right.lines.length &&
    left.lines.every((line, index) => line === right.lines[index])
  );
}
