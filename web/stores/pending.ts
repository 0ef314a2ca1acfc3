import type { Connection, Operation } from '../../schemas/generated/types.ts';
import type { Collection, DocumentContent } from '../../schemas/rules/content.ts';
import { isRecord } from '../../schemas/rules/merge-patch.ts';
import { freeId } from './edits.ts';
import { isSame } from './merge-patch.ts';
import { isRecordPath, overlaps, type Path, pathKey } from './operation-paths.ts';

/** Edits on their way to the server. It has a number once it was sent: from then on it may have been taken, and stays as it is. */
export interface Batch {
  client: string;
  number?: number;
  /** One list for each edit, so that one that the server refuses does not take the others with it. */
  edits: readonly (readonly Operation[])[];
  /** Its place in the order, when the server has said so. */
  sequence?: number;
  /** Not to be joined with what comes after: the server refused the batch that it was part of. */
  isAlone?: boolean;
}

export const operationsOf = (batches: readonly Batch[]): Operation[] => batches.flatMap(({ edits }) => edits.flat());

/** Adds an edit behind others, without the operations that it overwrites. */
export function joinEdit(edits: Batch['edits'], edit: readonly Operation[]): Batch['edits'] {
  const before = edits.flat();
  const waiting = new Set(before.map(({ path }) => pathKey(path)));
  const gone = new Set<Operation>();
  // What is taken away takes more along than itself, and what was set before may have kept something from that.
  const isRemoval = ({ path, value }: Operation) => isRecordPath(path) && value === undefined;
  for (const { path } of edit) {
    if (isRecordPath(path) || !waiting.has(pathKey(path))) continue;
    const last = before.findLast((operation) => isRemoval(operation) || overlaps(operation.path, path));
    if (last && pathKey(last.path) === pathKey(path)) gone.add(last);
  }
  const kept = gone.size === 0 ? edits : edits.map((each) => each.filter((operation) => !gone.has(operation)));
  return [...kept.filter((each) => each.length > 0), edit];
}

export interface Renamed {
  collection: Collection;
  from: string;
  to: string;
}

/** The same operation for a record whose id had to change, with every reference to it. */
export function renameIn({ path, value, ...rest }: Operation, { collection, from, to }: Renamed): Operation {
  const [where, id, ...keys] = path;
  const isTarget = where === collection || (collection === 'nodes' && (where === 'positions' || where === 'members'));
  const next: Path = isTarget && id === from ? [where, to, ...keys] : path;
  const renamed: Operation = { ...rest, path: next };
  if (value !== undefined) renamed.value = renameValue(path, value, { collection, from, to });
  return renamed;
}

function renameValue([where, id, ...keys]: Path, value: unknown, { collection, from, to }: Renamed): unknown {
  if (collection === 'groups' && where === 'members') return value === from ? to : value;
  if (where === collection && id === from && keys.length === 0 && isRecord(value) && 'id' in value) {
    return { ...value, id: to, ...(value.name === from ? { name: to } : {}) };
  }
  if (collection !== 'nodes' || where !== 'connections' || !isRecord(value)) return value;
  const end = (ref: unknown) => (isRecord(ref) && ref.node === from ? { ...ref, node: to } : ref);
  return keys.length === 0 ? { ...value, from: end(value.from), to: end(value.to) } : end(value);
}

interface Resolved {
  batches: Batch[];
  renamed: Renamed[];
}

/**
 * Finds new ids for records that wait to be created where somebody else has taken the id meanwhile. What both made alike
 * (a line between the same ports, a box that both brought back) is one record.
 */
export function resolveIds(confirmed: DocumentContent, shown: DocumentContent, batches: readonly Batch[]): Resolved {
  const renamed: Renamed[] = [];
  const standing = new Map<string, unknown>();
  const find = (collection: Collection, id: string): unknown => {
    const key = pathKey([collection, id]);
    return standing.has(key) ? standing.get(key) : confirmed[collection][id];
  };
  const settle = (operation: Operation, isSent: boolean): Operation[] => {
    const current = renamed.reduce(renameIn, operation);
    const { path, value, create } = current;
    const [collection, id] = path as [Collection, string];
    if (!isRecordPath(path)) return [current];
    const there = find(collection, id);
    if (isSent || !create || there === undefined) {
      standing.set(pathKey(path), value);
      return [current];
    }
    const same = sameThing(collection, there, value, path);
    if (same) return same;
    const taken = { ...confirmed[collection], ...shown[collection] };
    for (const each of renamed) if (each.collection === collection) Object.assign(taken, { [each.to]: true });
    const change: Renamed = { collection, from: id, to: freeId(taken, id) };
    renamed.push(change);
    standing.set(pathKey([collection, change.to]), value);
    return [renameIn(current, change)];
  };
  const settled = batches.map((batch) => {
    const isSent = batch.number !== undefined;
    const edits = batch.edits.map((edit) => edit.flatMap((operation) => settle(operation, isSent)));
    return isSent ? batch : { ...batch, edits: edits.filter((edit) => edit.length > 0) };
  });
  return { batches: settled.filter(({ edits }) => edits.length > 0), renamed };
}

function sameThing(collection: Collection, there: unknown, mine: unknown, path: Path): Operation[] | undefined {
  if (isSame(there, mine)) return [];
  if (collection !== 'connections') return undefined;
  const [theirs, ours] = [there as Connection, mine as Connection];
  if (!isSame([theirs.from, theirs.to], [ours.from, ours.to])) return undefined;
  return ours.grants.map((grant) => ({ path: [...path, 'grants', grant], value: true }));
}
