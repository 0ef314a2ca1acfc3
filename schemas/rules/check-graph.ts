// Every issue of a graph at once.
import type { Graph, GraphNode, Issue } from '../generated/types.ts';
import type { Catalog } from './catalog.ts';
import { checkConnections } from './check-connections.ts';
import { checkCycles, checkInputs } from './check-inputs.ts';
import { checkNames, type NameScope } from './check-names.ts';
import { checkNodes } from './check-nodes.ts';
import { checkWorkloads } from './check-workloads.ts';
import { type BrokenEntries, type GraphView, viewGraph } from './graph-view.ts';
import { createIssue } from './issues.ts';
import { isSame } from './same-value.ts';

/** The most nodes that one graph may have. */
export const NODE_LIMIT = 10_000;

/**
 * Judges a graph whose shape is right (`parseGraph` and `validateGraph` see to that), in passes that grow with its size and no faster.
 * @param environment where it would be made, so that its physical names can be judged too
 * @param broken entries that a schema check refused: they are left out, and nothing is blamed on their absence
 */
export function checkGraph(catalog: Catalog, graph: Graph, environment?: NameScope, broken?: BrokenEntries): Issue[] {
  const view = viewGraph(catalog, graph, broken);
  return [...checkSize(graph), ...checkNodes(catalog, view), ...checkStructure(catalog, view, environment)];
}

/** What does not depend on params and presets. */
function checkStructure(catalog: Catalog, view: GraphView, environment?: NameScope): Issue[] {
  const { issues, lines } = checkConnections(catalog, view);
  return [
    ...issues,
    ...checkInputs(catalog, view),
    ...checkCycles(view, lines),
    ...checkNames(view, environment),
    ...checkWorkloads(lines),
  ];
}

/**
 * `checkGraph` for one document that is checked after every edit. It remembers what it found last: where only params and presets differ since,
 * all that does not depend on them is known. Nodes and connections that were judged must not be changed in place.
 */
export function createGraphCheck(catalog: Catalog, environment?: NameScope): (graph: Graph) => Issue[] {
  let known: { graph: Graph; structure: Issue[] } | undefined;
  return (graph) => {
    const view = viewGraph(catalog, graph);
    if (!known || !hasSameStructure(known.graph, graph))
      known = { graph, structure: checkStructure(catalog, view, environment) };
    return [...checkSize(graph), ...checkNodes(catalog, view), ...known.structure];
  };
}

function hasSameStructure(left: Graph, right: Graph): boolean {
  return (
    left.connections.length === right.connections.length &&
    left.nodes.length === right.nodes.length &&
    left.connections.every((connection, index) => isSame(connection, right.connections[index])) &&
    left.nodes.every((node, index) => isSameBox(node, right.nodes[index]))
  );
}

function isSameBox(left: GraphNode, right: GraphNode | undefined): boolean {
  if (left === right) return true;
  const keys = ['id', 'name', 'module', 'version'] as const;
  return keys.every((key) => left[key] === right?.[key]);
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
