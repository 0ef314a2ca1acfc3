import { diffLines, type Hunk } from './line-diff.ts';

/** Characters `from` to `to` of the old text become `insert`. */
export interface TextChange {
  from: number;
  to: number;
  insert: string;
}

/** What turns one text into the other and leaves cursor, folds and scroll of everything else alone. */
export function minimalChanges(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const lines = before.split('\n');
  return hunkChanges(lines, diffLines(lines, after.split('\n')));
}

/** The hunks over `lines` as changes of the joined text, without the characters that both sides begin or end with. */
export function hunkChanges(lines: readonly string[], hunks: readonly Hunk[]): TextChange[] {
  const changes: TextChange[] = [];
  let line = 0;
  let offset = 0;
  for (const hunk of hunks) {
    for (; line < hunk.from; line += 1) offset += (lines[line]?.length ?? 0) + 1;
    const old = lines.slice(hunk.from, hunk.to);
    const isAtEnd = hunk.from >= lines.length;
    const removed = old.length > 0 ? `${old.join('\n')}\n` : '';
    const added = hunk.lines.length > 0 ? `${hunk.lines.join('\n')}\n` : '';
    changes.push(
      isAtEnd
        ? { from: offset - 1, to: offset - 1, insert: `\n${hunk.lines.join('\n')}` }
        : trimmed(offset, removed, added, hunk.to >= lines.length),
    );
  }
  return changes;
}

function trimmed(offset: number, removed: string, added: string, endsText: boolean): TextChange {
  // The last line has no line break after it: where it goes, the break before it goes.
  if (endsText && added === '' && offset > 0) return { from: offset - 1, to: offset + removed.length - 1, insert: '' };
  const [old, now] = endsText ? [removed.replace(/\n$/, ''), added.replace(/\n$/, '')] : [removed, added];
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < most - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  return { from: offset + start, to: offset + old.length - end, insert: now.slice(start, now.length - end) };
}
