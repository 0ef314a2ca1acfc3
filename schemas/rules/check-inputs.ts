// Issues of input ports: missing lines, too many lines, cycles.
import type { Issue } from '../generated/types.ts';
import { type Catalog, splitContractRef } from './catalog.ts';
import type { SoundLine } from './check-connections.ts';
import type { GraphView, ViewedNode } from './graph-view.ts';
import { createIssue, listNames } from './issues.ts';
import { own } from './judge-line.ts';
import { findCycles } from './order.ts';

/** Checks that every input has as many lines as it takes. Lines that do not fit count: they have an issue of their own. */
export function checkInputs(catalog: Catalog, view: GraphView): Issue[] {
  const issues: Issue[] = [];
  const producers = new Map<string, number>();
  const count = (node: string, port: string) => {
    const key = `${node}.${port}`;
    const lines = (producers.get(key) ?? 0) + 1;
    producers.set(key, lines);
    return lines;
  };
  for (const { node, port } of view.claimed) count(node, port);
  for (const { connection, path } of view.connections) {
    const consumer = view.byId.get(connection.to.node);
    const input = consumer?.manifest && own(consumer.manifest.inputs, connection.to.port);
    const lines = count(connection.to.node, connection.to.port);
    if (!consumer || !input || input.cardinality === 'many' || lines === 1) continue;
    issues.push(
      createIssue('too-many-producers', `${path}/to`, {
        connection: connection.id,
        node: consumer.node.id,
        message: `${input.title} of ${consumer.node.name} takes one line; this is line ${lines}.`,
        got: `line ${lines}, from ${connection.from.node}.${connection.from.port}`,
        expected: input.cardinality === 'one' ? 'one line' : 'one line at most',
        fix: 'Keep one of the lines to this port.',
      }),
    );
  }
  for (const entry of view.nodes) missingInputs(catalog, entry, producers, issues);
  return issues;
}

function missingInputs(
  catalog: Catalog,
  { node, manifest, path }: ViewedNode,
  producers: ReadonlyMap<string, number>,
  issues: Issue[],
): void {
  if (!manifest) return;
  for (const [port, input] of Object.entries(manifest.inputs)) {
    if (input.cardinality !== 'one' || producers.has(`${node.id}.${port}`)) continue;
    const title = catalog.findContract(input.contract)?.title ?? splitContractRef(input.contract).name;
    const message = `${node.name} needs a line to ${port} (${title}).`;
    const text = { node: node.id, port, message, got: 'no line', expected: `one line that carries ${input.contract}` };
    const fix = `Draw a line from an output that carries ${splitContractRef(input.contract).name} to ${node.id}.${port}.`;
    issues.push(createIssue('missing-input', path, { ...text, fix }));
  }
}

/** Finds nodes that depend on one another: one issue for each such group. */
export function checkCycles(view: GraphView, lines: readonly SoundLine[]): Issue[] {
  const edges = lines.map(({ connection }) => ({ from: connection.from.node, to: connection.to.node }));
  const cycles = findCycles([...view.byId.keys()], edges);
  if (cycles.length === 0) return [];
  const lineBetween = new Map(lines.map((line) => [`${line.connection.from.node} ${line.connection.to.node}`, line]));
  return cycles.map((cycle) => {
    const [first = '', second = first] = cycle;
    const line = lineBetween.get(`${first} ${second}`);
    const names = listNames([...cycle, first], 12);
    return createIssue('cycle', line?.path ?? '/connections', {
      node: first,
      connection: line?.connection.id,
      message: `These nodes wait for one another, so none could be made first: ${names}.`,
      got: `a cycle of ${cycle.length}: ${names}`,
      expected: 'lines that lead one way',
      fix: 'Take away one of the lines between these nodes.',
    });
  });
}
