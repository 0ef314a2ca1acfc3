// Whether a batch of operations can be taken: what it sets has the shape of its kind, what it makes is new, and nothing gets worse.
import type { ValidateFunction } from 'ajv';
import type { Issue, Operation } from '../../schemas/generated/types.ts';
import { COLLECTIONS, type Collection, type DocumentContent } from '../../schemas/rules/content.ts';
import { findForbiddenKeys } from '../../schemas/rules/forbidden-keys.ts';
import { createIssue } from '../../schemas/rules/issues.ts';
import { jsonPointer } from '../../schemas/rules/json-pointer.ts';
import { fail } from '../errors.ts';
import { compileIncoming, describeError, documentBody, type JsonSchema } from './schemas.ts';

const ISSUE_LIMIT = 200;

/** How many records of a kind one document may have; boxes are counted by the check of the graph. */
const LIMITS: Partial<Record<Collection, number>> = { connections: 40_000, groups: 2000, notes: 2000 };

const SHAPES: Record<Collection, JsonSchema> = {
  nodes: documentBody('graph', 'GraphNode'),
  connections: documentBody('graph', 'Connection'),
  positions: documentBody('layout', 'Position'),
  groups: documentBody('layout', 'Group'),
  members: documentBody('graph', 'Id'),
  notes: documentBody('layout', 'Note'),
};
const ID = documentBody('graph', 'Id');

/** @throws `id-taken` with an issue for each record that the batch makes and the document has. */
export function refuseTakenIds(before: DocumentContent, operations: readonly Operation[]): void {
  const isThere = new Map<string, boolean>();
  const taken: Operation[] = [];
  for (const operation of operations) {
    const [name, id, ...keys] = operation.path;
    const collection = collectionOf(name);
    if (!collection || keys.length > 0) continue;
    const place = `${collection}/${id}`;
    const known = isThere.get(place) ?? Object.hasOwn(before[collection], id);
    if (known && operation.create === true && operation.value !== undefined) taken.push(operation);
    isThere.set(place, operation.value !== undefined);
  }
  if (taken.length === 0) return;
  const ids = [...new Set(taken.map(({ path: [, id] }) => id))].join(', ');
  fail('id-taken', {
    values: { ids },
    got: ids,
    expected: 'ids that are free',
    issues: taken.slice(0, ISSUE_LIMIT).map(takenId),
  });
}

function takenId({ path: [collection, id] }: Operation): Issue {
  const text = {
    message: `The id ${id} is taken already.`,
    got: id,
    expected: 'an id that is free',
    fix: 'Give what is new another id.',
    ...(collection === 'nodes' ? { node: id } : {}),
    ...(collection === 'connections' ? { connection: id } : {}),
  };
  return createIssue('duplicate-id', pointerTo(collection, id), text);
}

/** @throws `operations-refused` where a record that the batch sets, or what it leaves of one, is no record of its kind. */
export function refuseMalformed(operations: readonly Operation[], after: DocumentContent): void {
  const issues: Issue[] = [];
  const judged = new Set<unknown>();
  for (const { path, value } of operations) {
    const [name, id, ...keys] = path;
    const collection = collectionOf(name);
    if (!collection) issues.push(unknownCollection(name));
    if (!collection || issues.length >= ISSUE_LIMIT) break;
    const record: unknown = keys.length === 0 ? value : after[collection][id];
    if (record === undefined || judged.has(record)) continue;
    if (typeof record === 'object') judged.add(record);
    issues.push(...judgeRecord(collection, id, record));
  }
  for (const [name, limit] of Object.entries(LIMITS)) {
    const count = Object.keys(after[name as Collection]).length;
    if (count > limit) issues.push(tooMany(name, count, limit));
  }
  refuse(issues);
}

function judgeRecord(collection: Collection, id: string, record: unknown): Issue[] {
  const place = pointerTo(collection, id);
  const forbidden = findForbiddenKeys(record, ISSUE_LIMIT).map((issue) => ({ ...issue, path: place + issue.path }));
  if (forbidden.length > 0) return forbidden;
  return [...judgeShape(ID, id, place), ...judgeShape(SHAPES[collection], record, place)];
}

function judgeShape(schema: JsonSchema, value: unknown, place: string): Issue[] {
  const validate: ValidateFunction = compileIncoming(schema);
  if (validate(value)) return [];
  const [error] = validate.errors ?? [];
  const found = error
    ? describeError(error, value)
    : { path: '', message: 'The value is not right.', expected: 'another' };
  const text = {
    message: found.message,
    got: found.got ?? '',
    expected: found.expected,
    fix: 'Set a value of that kind.',
  };
  return [createIssue('schema-violation', place + found.path, text)];
}

function unknownCollection(name: string): Issue {
  const expected = `one of ${COLLECTIONS.join(', ')}`;
  const text = { message: `A document has no ${name}.`, got: name, expected, fix: 'Name one of these.' };
  return createIssue('schema-violation', jsonPointer(name), text);
}

function tooMany(name: string, count: number, limit: number): Issue {
  return createIssue(name === 'connections' ? 'too-many-connections' : 'schema-violation', jsonPointer(name), {
    message: `The document would have ${count} ${name}, more than one environment takes.`,
    got: `${count} ${name}`,
    expected: `at most ${limit}`,
    fix: 'Split the graph over two projects.',
  });
}

/** @throws `operations-refused` where an issue that blocks a save was not there before. */
export function refuseWorse(before: readonly Issue[], after: readonly Issue[]): void {
  const left = new Map<string, number>();
  for (const issue of before) left.set(kindOf(issue), (left.get(kindOf(issue)) ?? 0) + 1);
  const isNew = (issue: Issue) => {
    const count = left.get(kindOf(issue)) ?? 0;
    left.set(kindOf(issue), count - 1);
    return count <= 0;
  };
  refuse(after.filter((issue) => issue.blocks === 'save' && isNew(issue)));
}

/** What tells one issue from another: not its path, which moves with every box. Cycles are named after any of their boxes. */
function kindOf({ code, node = '', connection = '' }: Issue): string {
  return code === 'cycle' ? code : `${code} ${node} ${connection}`;
}

function refuse(issues: Issue[]): void {
  if (issues.length === 0) return;
  const count = issues.length === 1 ? 'one issue' : `${issues.length} issues`;
  fail('operations-refused', { values: { count }, issues });
}

function collectionOf(name: string): Collection | undefined {
  return COLLECTIONS.find((each) => each === name);
}

function pointerTo(collection: string, id: string): string {
  return jsonPointer(collection) + jsonPointer(id);
}
