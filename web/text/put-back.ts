import { ChangeSet, Text } from '@codemirror/state';
import type { KeptText } from '../stores/kept-text.ts';
import { mergeLines } from './merge-lines.ts';
import { hunkChanges } from './minimal-changes.ts';

/**
 * A kept text over what the document has become meanwhile.
 * @returns undefined where the same lines were changed: then nobody but the person can say what is meant.
 */
export function putBack({ text, base }: KeptText, now: string): string | undefined {
  const lines = text.split('\n');
  const hunks = mergeLines(base.split('\n'), lines, now.split('\n'));
  if (!hunks) return undefined;
  return ChangeSet.of(hunkChanges(lines, hunks), text.length).apply(Text.of(lines)).toString();
}
