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

/** Takes members or items out, each with the comma that it leaves behind. */
export function cutParts(text: string, holder: LooseValue, indexes: readonly number[]): TextChange[] {
  const parts = partsOf(holder);
  const cut = new Set(indexes.filter((index) => parts[index]));
  const runs = [...cut].sort((left, right) => left - right).filter((index) => !cut.has(index - 1));
  return runs.flatMap((first): TextChange[] => {
    let end = first;
    while (cut.has(end)) end += 1;
    const [before, part, last, next] = [parts[first - 1], parts[first], parts[end - 1], parts[end]];
    if (!part || !last) return [];
    if (next) return [{ from: part.from, to: next.from, insert: '' }];
    if (before) return [{ from: before.to, to: last.to, insert: '' }];
    const space = /^\s*/.exec(text.slice(last.to))?.[0].length ?? 0;
    return [{ from: text.slice(0, part.from).trimEnd().length, to: last.to + space, insert: '' }];
  });
}

/** Puts a member (`"key": value`) or an item behind the others, on a line of its own where they are. */
export function addPart(text: string, holder: LooseValue, part: string): TextChange {
  const last = partsOf(holder).at(-1);
  if (!last) return { from: holder.from + 1, to: holder.from + 1, insert: part };
  const space = /\s*$/.exec(text.slice(holder.from + 1, last.from))?.[0] ?? '';
  const between = space.includes('\n') ? space.slice(space.lastIndexOf('\n')) : ' ';
  return { from: last.to, to: last.to, insert: `,${between}${part}` };
}

/** Puts a record at the end of a list, written as the records before it are. */
export function addRecord(text: string, list: LooseValue, record: object): TextChange {
  const last = partsOf(list).at(-1);
  const line = last ? text.slice(text.lastIndexOf('\n', last.from) + 1, last.from) : RECORD_INDENT;
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const part = JSON.stringify(record, undefined, 2).replaceAll('\n', `\n${indent}`);
  if (last) return addPart(text, list, part);
  return { from: list.from + 1, to: list.from + 1, insert: `\n${indent}${part}\n${indent.slice(2)}` };
}

const RECORD_INDENT = ' '.repeat(4);
