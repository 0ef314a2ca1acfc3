import type { LogLine } from '../../schemas/generated/types.ts';

export interface LogFilter {
  /** Lines of this step alone. */
  step?: string;
  search: string;
  /** Warnings and errors alone. */
  isTroubleOnly: boolean;
}

export function filterLines(lines: readonly LogLine[], { step, search, isTroubleOnly }: LogFilter): readonly LogLine[] {
  const wanted = search.trim().toLowerCase();
  if (!step && wanted === '' && !isTroubleOnly) return lines.slice();
  return lines.filter(
    (line) =>
      (!step || line.step === step) &&
      (!isTroubleOnly || line.level === 'warn' || line.level === 'error') &&
      (wanted === '' || line.text.toLowerCase().includes(wanted)),
  );
}

/** What was said in several lines as one, because rows of a long log have one height. */
export const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' · ');

/** The lines as a text file has them. */
export function logText(lines: readonly LogLine[], nameOf: (line: LogLine) => string): string {
  return lines.map((line) => `${line.at} ${nameOf(line)} ${line.phase} ${line.level} ${line.text}\n`).join('');
}

/** A line cut at what was searched for, whatever its case. */
export function splitMatches(text: string, search: string): { text: string; isMatch: boolean }[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return [{ text, isMatch: false }];
  const lower = text.toLowerCase();
  const parts: { text: string; isMatch: boolean }[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    if (at > from) parts.push({ text: text.slice(from, at), isMatch: false });
    from = at + wanted.length;
    parts.push({ text: text.slice(at, from), isMatch: true });
  }
  if (from < text.length) parts.push({ text: text.slice(from), isMatch: false });
  return parts;
}
