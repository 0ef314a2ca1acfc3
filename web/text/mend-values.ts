import { suggestValues } from './complete-values.ts';
import { cutParts, memberAt, valueAt } from './loose-edits.ts';
import { plainValue } from './loose-json.ts';
import type { Flaw, Mend } from './mends.ts';
import { nearNames } from './near-names.ts';
import type { TextPosition } from './text-position.ts';

/** Another value in place of the one that is wrong, for each of the given. */
export function replaceWith({ root, path }: Flaw, values: readonly unknown[]): Mend[] {
  const wrong = valueAt(root, path);
  if (!wrong) return [];
  return values.map((value) => {
    const insert = JSON.stringify(value);
    return { name: `Replace with ${insert}`, changes: [{ from: wrong.from, to: wrong.to, insert }] };
  });
}

/** The place of a flaw as completion knows it. */
export function positionOf({ root, path, record }: Flaw, role: TextPosition['role'] = 'value'): TextPosition {
  const around = plainValue(valueAt(root, role === 'value' ? path.slice(0, -1) : path));
  return {
    path,
    role,
    inList: Array.isArray(around),
    token: { from: 0, to: 0, isQuoted: true, typed: '' },
    record,
    beside: Array.isArray(around) ? around : Object.keys((around as object | undefined) ?? {}),
  };
}

/** What completion would offer in place of a name that is not known; ports and boxes only where the line would fit. */
export const mendValue = (flaw: Flaw): Mend[] => replaceWith(flaw, likelyNames(flaw));

/** The names that the one that is wrong was probably meant to be. */
export function likelyNames(flaw: Flaw): string[] {
  const offered = suggestValues(positionOf(flaw), flaw.knowledge);
  const fitting = offered.filter(({ kind, rank = 0 }) => (kind !== 'node' && kind !== 'port') || rank > 0);
  const wrong = plainValue(valueAt(flaw.root, flaw.path));
  const names = fitting.map(({ label }) => label).filter((label) => label !== wrong);
  if (flaw.path.at(-1) === 'version') return names.slice(0, 1);
  return nearNames(typeof wrong === 'string' ? wrong : '', names);
}

/** Takes away the member or item that the flaw is in. */
export function remove({ text, root, path }: Flaw, name: string): Mend[] {
  const holder = valueAt(root, path.slice(0, -1));
  const key = path.at(-1) ?? '';
  if (!holder) return [];
  const member = memberAt(holder, key);
  const index = holder.kind === 'object' ? (member ? holder.members.indexOf(member) : -1) : Number(key);
  return [{ name, changes: cutParts(text, holder, [index]) }];
}
