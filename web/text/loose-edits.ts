import type { LooseMember, LooseValue } from './loose-json.ts';
import type { TextChange } from './minimal-changes.ts';

interface Range {
  from: number;
  to: number;
}

/** The value that the keys and indexes lead to. */
export function valueAt(root: LooseValue | undefined, path: readonly string[]): LooseValue | undefined {
  let value = root;
  for (const key of path) value = value?.kind === 'array' ? value.items[Number(key)] : memberAt(value, key)?.value;
  return value;
}

/** The member of an object; of two with one key, the last, as JSON has it. */
export function memberAt(value: LooseValue | undefined, key: string): LooseMember | undefined {
  return value?.kind === 'object' ? value.members.findLast((member) => member.key === key) : undefined;
}

function partsOf(holder: LooseValue): Range[] {
  if (holder.kind === 'array') return holder.items;
  if (holder.kind === 'scalar') return [];
  return holder.members.map(({ from, to, value }) => ({ from, to: value?.to ?? to }));
}

/** Takes a member or an item out, with the comma that it leaves behind. */
export function cutPart(text: string, holder: LooseValue, index: number): TextChange[] {
  const parts = partsOf(holder);
  const [before, part, next] = [parts[index - 1], parts[index], parts[index + 1]];
  if (!part) return [];
  if (next) return [{ from: part.from, to: next.from, insert: '' }];
  if (before) return [{ from: before.to, to: part.to, insert: '' }];
  const space = /^\s*/.exec(text.slice(part.to))?.[0].length ?? 0;
  return [{ from: text.slice(0, part.from).trimEnd().length, to: part.to + space, insert: '' }];
}

/** Puts a member (`"key": value`) or an item behind the others, on a line of its own where they are. */
export function addPart(text: string, holder: LooseValue, part: string): TextChange {
  const last = partsOf(holder).at(-1);
  if (!last) return { from: holder.from + 1, to: holder.from + 1, insert: part };
  const space = /\s*$/.exec(text.slice(holder.from + 1, last.from))?.[0] ?? '';
  const between = space.includes('\n') ? space.slice(space.lastIndexOf('\n')) : ' ';
  return { from: last.to, to: last.to, insert: `,${between}${part}` };
}
