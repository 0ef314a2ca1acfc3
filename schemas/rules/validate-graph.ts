// Whether a JSON value has the shape of a graph: its schema, and no key that reaches a prototype.
import { connection, graph, node } from '../generated/graph-validators.ts';
import type { Issue } from '../generated/types.ts';
import { NODE_LIMIT } from './check-graph.ts';
import { findForbiddenKeys } from './forbidden-keys.ts';
import { createIssue, type IssueCode } from './issues.ts';
import { isRecord } from './merge-patch.ts';
import { describeSchemaError, type SchemaError } from './schema-error.ts';

const ISSUE_LIMIT = 200;
const CONNECTION_LIMIT = 40_000;
const GRANT_LIMIT = 20;

/** Everything that is wrong with a value that should be a graph and came as JSON, not as text; see `validateShape`. */
export function validateGraph(value: unknown): Issue[] {
  const issues = findForbiddenKeys(value, ISSUE_LIMIT);
  return issues.some(({ code }) => code !== 'forbidden-key') ? issues : [...issues, ...validateShape(value)];
}

/** Everything that the graph schema has against a value; after 200 issues, how many more there are. */
export function validateShape(value: unknown): Issue[] {
  const { errors, more } = collectErrors(value);
  const issues = errors.map((error) => shapeIssue(value, error));
  if (more === 0) return issues;
  const message = `There are ${more} more violations.`;
  const fix = 'Mend these first, and check again.';
  return [...issues, createIssue('more-issues', '', { message, got: `${more} more`, expected: 'none', fix })];
}

/**
 * Validates the frame and then entry by entry: validators that Ajv makes copy all earlier errors at every `$ref`, which takes many
 * seconds for a large file that is all wrong.
 */
function collectErrors(value: unknown): { errors: SchemaError[]; more: number } {
  const errors: SchemaError[] = [];
  let more = 0;
  const add = (found: readonly SchemaError[], prefix: string) => {
    for (const error of found) {
      if (errors.length < ISSUE_LIMIT) errors.push({ ...error, instancePath: prefix + error.instancePath });
      else more += 1;
    }
  };
  const lists = isRecord(value) ? { nodes: value.nodes, connections: value.connections } : {};
  const empty = Object.entries(lists).flatMap(([name, list]) => (Array.isArray(list) ? [[name, []]] : []));
  add(judge('graph', isRecord(value) ? { ...value, ...Object.fromEntries(empty) } : value), '');
  const addList = (name: string, kind: Judged, list: unknown, limit: number) => {
    if (!Array.isArray(list)) return;
    if (list.length > limit) add([tooMany(name, limit)], '');
    list.slice(0, limit).forEach((entry, index) => {
      add(judge(kind, cutGrants(entry)), `/${name}/${index}`);
    });
  };
  addList('nodes', 'node', lists.nodes, NODE_LIMIT);
  addList('connections', 'connection', lists.connections, CONNECTION_LIMIT);
  return { errors, more };
}

type Validator = { (value: unknown): boolean; errors?: SchemaError[] | null };
const VALIDATORS: Record<'graph' | 'node' | 'connection', Validator> = { graph, node, connection };
type Judged = keyof typeof VALIDATORS;

/** By validators that were compiled beforehand, because this also runs in the page. */
function judge(kind: Judged, value: unknown): readonly SchemaError[] {
  const validate = VALIDATORS[kind];
  return validate(value) ? [] : (validate.errors ?? []);
}

function tooMany(list: string, limit: number): SchemaError {
  const message = `must have at most ${limit} items`;
  return { instancePath: `/${list}`, schemaPath: '', keyword: 'maxItems', params: { limit }, message };
}

/** A list of a million grants is wrong by its length already: one more than allowed shows that. */
function cutGrants(connection: unknown): unknown {
  if (!isRecord(connection) || !Array.isArray(connection.grants)) return connection;
  if (connection.grants.length <= GRANT_LIMIT) return connection;
  return { ...connection, grants: connection.grants.slice(0, GRANT_LIMIT + 1) };
}

function shapeIssue(value: unknown, error: SchemaError): Issue {
  const { path, ...text } = describeSchemaError(error, value);
  const code = codeOf(path, error);
  const named = { ...text, ...subject(value, path) };
  if (code === 'bad-id') {
    const expected =
      '2 to 40 lower-case letters, digits and hyphens, beginning with a letter, not ending with a hyphen';
    return createIssue(code, path, { ...named, expected, fix: 'Use an id such as "orders-queue".' });
  }
  if (code === 'bad-name') {
    const expected = '1 to 60 characters on one line';
    return createIssue(code, path, { ...named, expected, fix: 'Use a name such as "Orders".' });
  }
  return createIssue(code, path, named);
}

function codeOf(path: string, error: SchemaError): IssueCode {
  if (error.keyword === 'maxItems' && path === '/nodes') return 'too-many-nodes';
  if (error.keyword === 'maxItems' && path === '/connections') return 'too-many-connections';
  if (error.keyword === 'required') return 'schema-violation';
  if (/^\/(nodes|connections)\/\d+\/id$|^\/connections\/\d+\/(from|to)\/node$/.test(path)) return 'bad-id';
  return /^\/nodes\/\d+\/name$/.test(path) ? 'bad-name' : 'schema-violation';
}

/** The id of the node or connection that an issue is about, where it can be read. */
function subject(value: unknown, path: string): { node?: string; connection?: string } {
  const [, list, index] = /^\/(nodes|connections)\/(\d+)/.exec(path) ?? [];
  if (!isRecord(value) || list === undefined) return {};
  const entries = value[list];
  const entry: unknown = Array.isArray(entries) ? entries[Number(index)] : undefined;
  if (!isRecord(entry) || typeof entry.id !== 'string' || entry.id.length > 60) return {};
  return list === 'nodes' ? { node: entry.id } : { connection: entry.id };
}
