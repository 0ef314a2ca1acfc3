// Issues of lines: ids, ends, contracts, grants.
import type { Connection, ContractDocument, InputPort, Issue } from '../generated/types.ts';
import type { Catalog } from './catalog.ts';
import type { GraphView, ViewedConnection, ViewedNode } from './graph-view.ts';
import { createIssue, listNames, quote } from './issues.ts';
import { judgeLine } from './judge-line.ts';
import { offeredGrants } from './port-grants.ts';

/** A line whose two ends exist and fit. */
export interface SoundLine extends ViewedConnection {
  producer: ViewedNode;
  consumer: ViewedNode;
  contract: ContractDocument;
  input: InputPort;
}

/** Checks every line of the view; gives the lines that fit to the checks that build on them. */
export function checkConnections(catalog: Catalog, view: GraphView): { issues: Issue[]; lines: SoundLine[] } {
  const issues: Issue[] = [];
  const lines: SoundLine[] = [];
  const pathOfId = new Map<string, string>();
  const pathOfLine = new Map<string, string>();
  for (const entry of view.connections) {
    const { connection, path } = entry;
    const twin = pathOfId.get(connection.id);
    if (twin === undefined) pathOfId.set(connection.id, path);
    else issues.push(duplicateId(entry, twin));
    const key = `${connection.from.node}.${connection.from.port}>${connection.to.node}.${connection.to.port}`;
    const drawn = pathOfLine.get(key);
    if (drawn === undefined) pathOfLine.set(key, path);
    else issues.push(duplicateLine(entry, drawn));
    const line = findLine(catalog, view, entry, issues);
    if (!line) continue;
    checkGrants(line, issues);
    lines.push(line);
  }
  return { issues, lines };
}

function findLine(catalog: Catalog, view: GraphView, entry: ViewedConnection, issues: Issue[]): SoundLine | undefined {
  const { connection, path } = entry;
  const producer = view.byId.get(connection.from.node);
  const consumer = view.byId.get(connection.to.node);
  if (!producer) unknownNode(view, entry, 'from', issues);
  if (!consumer) unknownNode(view, entry, 'to', issues);
  if (!producer?.manifest || !consumer?.manifest) return undefined;
  const verdict = judgeLine(
    catalog,
    { node: producer.node.name, manifest: producer.manifest, port: connection.from.port },
    { node: consumer.node.name, manifest: consumer.manifest, port: connection.to.port },
  );
  if (verdict.ok) return { connection, path, producer, consumer, contract: verdict.contract, input: verdict.input };
  const { code, end, reason: message, got, expected, fix } = verdict;
  const text = { connection: connection.id, node: connection[end].node, message, got, expected, fix };
  issues.push(createIssue(code, `${path}/${end}/port`, text));
  return undefined;
}

function unknownNode(view: GraphView, entry: ViewedConnection, end: 'from' | 'to', issues: Issue[]): void {
  const id = entry.connection[end].node;
  if (view.broken.has(id)) return;
  issues.push(
    createIssue('unknown-node', `${entry.path}/${end}/node`, {
      connection: entry.connection.id,
      message: `The line ${entry.connection.id} names a node that the graph does not have: ${quote(id)}.`,
      got: id,
      expected: view.byId.size > 20 ? 'the id of a node of this graph' : `one of ${listNames(view.byId.keys(), 20)}`,
      fix: 'Name a node of the graph, or take the line away.',
    }),
  );
}

function checkGrants(line: SoundLine, issues: Issue[]): void {
  const { connection, contract, input, consumer, path } = line;
  if (connection.grants.length === 0 && !input.grants?.required?.length) return;
  const offered = consumer.manifest ? offeredGrants(consumer.manifest, input, contract) : [];
  connection.grants.forEach((grant, index) => {
    if (offered.includes(grant)) return;
    issues.push(refusedGrant(line, grant, offered, `${path}/grants/${index}`));
  });
  for (const grant of input.grants?.required ?? []) {
    if (connection.grants.includes(grant)) continue;
    const text = {
      connection: connection.id,
      message: `The line ${connection.id} must carry the grant ${grant}: ${consumer.node.name} cannot work without it.`,
      got: listNames(connection.grants),
      expected: listNames(input.grants?.required ?? []),
      fix: `Add ${quote(grant)} to the grants of the line.`,
    };
    issues.push(createIssue('missing-grant', `${path}/grants`, text));
  }
}

function refusedGrant(
  { connection, contract, consumer }: SoundLine,
  grant: string,
  offered: readonly string[],
  path: string,
): Issue {
  const known = Object.hasOwn(contract.grants, grant);
  const port = `${consumer.node.name}.${connection.to.port}`;
  return createIssue(known ? 'grant-not-offered-here' : 'unknown-grant', path, {
    connection: connection.id,
    message: known
      ? `The grant ${quote(grant)} makes no sense on ${port}.`
      : `${contract.title} (${contract.$id.split('/').slice(-2).join(' ')}) offers no grant ${quote(grant)}.`,
    got: grant,
    expected: offered.length > 0 ? `any of ${listNames(offered)}` : 'no grants: nothing here could use them',
    fix: offered.length > 0 ? 'Pick grants from these.' : 'Take the grants off this line.',
  });
}

function duplicateId({ connection, path }: ViewedConnection, first: string): Issue {
  return createIssue('duplicate-id', `${path}/id`, {
    connection: connection.id,
    message: `Two connections have the id ${quote(connection.id)}; the first is at ${first}.`,
    got: connection.id,
    expected: 'an id that no other connection has',
    fix: 'Give one of the two another id.',
  });
}

function duplicateLine({ connection, path }: ViewedConnection, first: string): Issue {
  const { from, to } = connection;
  return createIssue('duplicate-connection', path, {
    connection: connection.id,
    message: `${from.node}.${from.port} and ${to.node}.${to.port} are joined twice; the first line is at ${first}.`,
    got: describe(connection),
    expected: 'one line between two ports',
    fix: 'Take one of the two away, and put its grants on the other.',
  });
}

function describe({ from, to }: Connection): string {
  return `${from.node}.${from.port} to ${to.node}.${to.port}`;
}
