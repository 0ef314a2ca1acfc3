// Every issue of a graph file at once: of its text, its shape and its meaning.
import type { Graph, Issue } from '../generated/types.ts';
import type { Catalog } from './catalog.ts';
import { checkGraph } from './check-graph.ts';
import type { NameScope } from './check-names.ts';
import { parseGraph } from './parse-document.ts';

/** Parses and checks a graph file. Where parts of it are broken, the sound parts are still checked. */
export function checkText(catalog: Catalog, text: string, environment?: NameScope): { graph?: Graph; issues: Issue[] } {
  const { graph, issues, partial } = parseGraph(text);
  if (graph) return { graph, issues: checkGraph(catalog, graph, environment) };
  if (!partial) return { issues };
  return { issues: [...issues, ...checkGraph(catalog, partial.graph, environment, partial.broken)] };
}
