// Edits as operations: small, one value each, so that two people's edits merge unless they set the same value. Every client and the
// server apply the same operations in the same order with this rule, and so hold the same document.
import type { Connection, Operation } from '../generated/types.ts';
import { COLLECTIONS, type Collection, copyRecords, type DocumentContent } from './content.ts';
import { FORBIDDEN_KEYS, isRecord } from './merge-patch.ts';
import { isSame } from './same-value.ts';

type Records = Record<string, unknown>;
type Draft = Record<Collection, Records>;

/**
 * Applies operations in their order. One that no longer fits does nothing: a value inside a record that was taken away, a line whose
 * box is gone. Taking a box away takes its lines, its place and its membership; taking a group away frees its boxes.
 * @returns the same content where nothing changed; untouched records are shared.
 */
export function applyOperations(content: DocumentContent, operations: readonly Operation[]): DocumentContent {
  const draft = { ...content } as unknown as Draft;
  const owned = new Set<Collection>();
  const own = (collection: Collection): Records => {
    if (!owned.has(collection)) draft[collection] = copyRecords(draft[collection]);
    owned.add(collection);
    return draft[collection];
  };
  for (const operation of operations) applyOne(draft, own, operation);
  return owned.size === 0 ? content : (draft as unknown as DocumentContent);
}

function applyOne(draft: Draft, own: (collection: Collection) => Records, { path, value }: Operation): void {
  const [name, id, ...keys] = path;
  const collection = COLLECTIONS.find((each) => each === name);
  if (!collection || path.some((key) => FORBIDDEN_KEYS.has(key))) return;
  if (keys.length === 0 && value === undefined) return remove(draft, own, collection, id);
  const before = has(draft, collection, id) ? draft[collection][id] : undefined;
  if (keys.length > 0 && !isRecord(before)) return;
  const after = keys.length === 0 ? value : setInside(collection, before as Records, keys, value);
  if (after === before || !fits(draft, collection, id, after)) return;
  own(collection)[id] = after;
}

function remove(draft: Draft, own: (collection: Collection) => Records, collection: Collection, id: string): void {
  if (!has(draft, collection, id)) return;
  delete own(collection)[id];
  if (collection === 'nodes') {
    for (const other of ['positions', 'members'] as const) if (has(draft, other, id)) delete own(other)[id];
    for (const line of Object.values(draft.connections) as Connection[])
      if (line.from.node === id || line.to.node === id) delete own('connections')[line.id];
  }
  if (collection === 'groups') {
    for (const [node, group] of Object.entries(draft.members)) if (group === id) delete own('members')[node];
  }
}

/** Ids come from anywhere: one such as `toString` is no record that every object has. */
function has(draft: Draft, collection: Collection, id: string): boolean {
  return Object.hasOwn(draft[collection], id);
}

/** Whether a record can stand under that id, and what it refers to is there. */
function fits(draft: Draft, collection: Collection, id: string, record: unknown): boolean {
  if (collection === 'members')
    return typeof record === 'string' && has(draft, 'nodes', id) && has(draft, 'groups', record);
  if (!isRecord(record)) return false;
  if (collection === 'positions') return has(draft, 'nodes', id);
  if (collection === 'connections')
    return record.id === id && isBox(draft, record.from) && isBox(draft, record.to) && Array.isArray(record.grants);
  return collection !== 'nodes' || record.id === id;
}

function isBox(draft: Draft, end: unknown): boolean {
  return isRecord(end) && typeof end.node === 'string' && has(draft, 'nodes', end.node);
}

function setInside(collection: Collection, record: Records, keys: readonly string[], value: unknown): Records {
  const [first = '', grant] = keys;
  if (collection === 'connections' && first === 'grants' && grant !== undefined)
    return setGrant(record as unknown as Connection, grant, value === true) as unknown as Records;
  const next = setKey(record, keys, value);
  // The canonical form has no empty params.
  if (collection === 'nodes' && isRecord(next.params) && Object.keys(next.params).length === 0) {
    const { params: _none, ...bare } = next;
    return bare;
  }
  return next;
}

function setGrant(line: Connection, grant: string, isGranted: boolean): Connection {
  if (line.grants.includes(grant) === isGranted) return line;
  const grants = isGranted ? [...line.grants, grant].sort() : line.grants.filter((each) => each !== grant);
  return { ...line, grants };
}

/** Objects on the way are made where they are missing; a value on the way that is no object stays, and nothing is set. */
function setKey(target: Records, keys: readonly string[], value: unknown): Records {
  const [key = '', ...rest] = keys;
  const before = Object.hasOwn(target, key) ? target[key] : undefined;
  if (rest.length === 0) {
    if (before === value) return target;
    if (value !== undefined) return { ...target, [key]: value };
    const { [key]: _old, ...others } = target;
    return others;
  }
  if (before === undefined && value === undefined) return target;
  if (before !== undefined && !isRecord(before)) return target;
  const after = setKey(before ?? {}, rest, value);
  return after === before ? target : { ...target, [key]: after };
}

/**
 * The operations that make `after` of `before`: one for each value that differs, so that edits of other values merge with them. Lists, places
 * and the ends of lines are one value each.
 */
export function diffOperations(before: DocumentContent, after: DocumentContent): Operation[] {
  const removed: Operation[] = [];
  const set: Operation[] = [];
  for (const collection of COLLECTIONS) {
    const [old, now] = [before[collection] as Records, after[collection] as Records];
    if (old === now) continue;
    // Of a thousand records an edit changes one: the others are told by one look at each.
    for (const id in old) if (now[id] !== old[id] && !Object.hasOwn(now, id)) removed.push({ path: [collection, id] });
    for (const id in now) if (now[id] !== old[id]) set.push(...diffRecord(collection, id, memberOf(old, id), now[id]));
  }
  // A line is led to another box before the one that it came from goes and takes its lines along.
  return [...set, ...removed.reverse()];
}

/** Collections whose ids people make: two new records with one id are two records. */
const CREATED: ReadonlySet<Collection> = new Set<Collection>(['nodes', 'connections', 'groups', 'notes']);

function diffRecord(collection: Collection, id: string, before: unknown, after: unknown): Operation[] {
  if (before === undefined) {
    const put: Operation = { path: [collection, id], value: after };
    return [CREATED.has(collection) ? { ...put, create: true } : put];
  }
  if (isSame(before, after)) return [];
  if (collection === 'positions' || !isRecord(before) || !isRecord(after))
    return [{ path: [collection, id], value: after }];
  return diffMembers([collection, id], before, after);
}

function diffMembers(path: Operation['path'], before: Records, after: Records): Operation[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => diffValue([...path, key], memberOf(before, key), memberOf(after, key)));
}

function diffValue(path: Operation['path'], before: unknown, after: unknown): Operation[] {
  if (isSame(before, after)) return [];
  const [collection, , member] = path;
  const isMember = path.length === 3;
  if (isMember && collection === 'connections') {
    if (member === 'grants') return diffGrants(path, before as string[], after as string[]);
    return [{ path, value: after }];
  }
  // Params that lose their last member go by themselves, and another person's new one stays.
  const now = isMember && member === 'params' ? (after ?? {}) : after;
  if (isRecord(now) && canDescend(path, before, now)) return diffMembers(path, recordOf(before), now);
  return [after === undefined ? { path } : { path, value: after }];
}

const PATH_LIMIT = 40;
const KEY_LIMIT = 200;

/** Whether the members of a value can be set one by one: what is not there yet is made on the way, but for what stays empty. */
function canDescend(path: Operation['path'], before: unknown, after: Records): boolean {
  if (before === undefined ? Object.keys(after).length === 0 : !isRecord(before)) return false;
  const keys = [...Object.keys(recordOf(before)), ...Object.keys(after)];
  return path.length < PATH_LIMIT && keys.every((key) => key.length <= KEY_LIMIT);
}

function recordOf(value: unknown): Records {
  return isRecord(value) ? value : {};
}

function memberOf(records: Records, key: string): unknown {
  return Object.hasOwn(records, key) ? records[key] : undefined;
}

function diffGrants(path: Operation['path'], before: readonly string[], after: readonly string[]): Operation[] {
  const lost = before.filter((grant) => !after.includes(grant)).map((grant): Operation => ({ path: [...path, grant] }));
  const got = after
    .filter((grant) => !before.includes(grant))
    .map((grant): Operation => ({ path: [...path, grant], value: true }));
  return [...lost, ...got];
}
