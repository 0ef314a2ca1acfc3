// Every issue of a graph at once.
import type { Graph, Issue } from '../generated/types.ts';
import type { Catalog } from './catalog.ts';
import { checkConnections } from './check-connections.ts';
import { checkCycles, checkInputs } from './check-inputs.ts';
import { checkNames, type NameScope } from './check-names.ts';
import { checkNodes } from './check-nodes.ts';
import { checkWorkloads } from './check-workloads.ts';
import { type BrokenEntries, viewGraph } from './graph-view.ts';
import { createIssue } from './issues.ts';

/** The most nodes that one graph may have. */
export const NODE_LIMIT = 10_000;

/**
 * Judges a graph whose shape is right (`parseGraph` and `validateGraph` see to that), in passes that grow with its size and no faster.
 * @param environment where it would be made, so that its physical names can be judged too
 * @param broken entries that a schema check refused: they are left out, and nothing is blamed on their absence
 */
export function checkGraph(catalog: Catalog, graph: Graph, environment?: NameScope, broken?: BrokenEntries): Issue[] {
  const view = viewGraph(catalog, graph, broken);
  const { issues, lines } = checkConnections(catalog, view);
  return [
    ...checkSize(graph),
    ...checkNodes(catalog, view),
    ...issues,
    ...checkInputs(catalog, view),
    ...checkCycles(view, lines),
    ...checkNames(view, environment),
    ...checkWorkloads(lines),
  ];
}

function checkSize({ nodes }: Graph): Issue[] {
  if (nodes.length <= NODE_LIMIT) return [];
  const text = {
    message: `The graph has ${nodes.length} nodes, more than one environment takes.`,
    got: `${nodes.length} nodes`,
    expected: `at most ${NODE_LIMIT} nodes`,
    fix: 'Split the graph over two projects.',
  };
  return [createIssue('too-many-nodes', '/nodes', text)];
}
