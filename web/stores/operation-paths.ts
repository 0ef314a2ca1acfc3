import type { Connection, Operation } from '../../schemas/generated/types.ts';
import { COLLECTIONS, type Collection, type DocumentContent } from '../../schemas/rules/content.ts';
import { isRecord } from '../../schemas/rules/merge-patch.ts';

export type Path = Operation['path'];

export const pathKey = (path: readonly string[]): string => JSON.stringify(path);

export const isWithin = (path: Path, outer: readonly string[]): boolean =>
  outer.length <= path.length && outer.every((key, index) => key === path[index]);

export const overlaps = (left: Path, right: Path): boolean => isWithin(left, right) || isWithin(right, left);

const OF_PEOPLE: ReadonlySet<string> = new Set<Collection>(['nodes', 'connections', 'groups', 'notes']);

/** Whether the path names a whole box, line, group or note. */
export const isRecordPath = (path: Path): boolean => path.length === 2 && OF_PEOPLE.has(path[0]);

/** What the document holds at a path; undefined where it holds nothing. */
export function valueAt(content: DocumentContent, path: Path): unknown {
  const [name, id, ...keys] = path;
  const collection = COLLECTIONS.find((each) => each === name);
  if (!collection) return undefined;
  const records: Readonly<Record<string, unknown>> = content[collection];
  const record = Object.hasOwn(records, id) ? records[id] : undefined;
  if (collection === 'connections' && keys[0] === 'grants' && keys.length === 2)
    return (record as Connection | undefined)?.grants.includes(keys[1] ?? '') ? true : undefined;
  return keys.reduce<unknown>(
    (value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    record,
  );
}

/** Whether the operation speaks of this record, as its target or as an end of a line or a membership. */
export function concerns({ path, value }: Operation, collection: Collection, id: string): boolean {
  const [where, target, ...keys] = path;
  if (where === collection && target === id) return true;
  if (collection === 'groups') return where === 'members' && value === id;
  if (collection !== 'nodes') return false;
  if (where === 'positions' || where === 'members') return target === id;
  if (where !== 'connections') return false;
  if (keys.length > 0) return keys.at(-1) === 'node' && value === id;
  return isRecord(value) && [value.from, value.to].some((end) => isRecord(end) && end.node === id);
}
