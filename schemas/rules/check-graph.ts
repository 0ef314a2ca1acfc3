// Every issue of a graph at once.
import type { Graph, Issue } from '../generated/types.ts';
import type { Catalog } from './catalog.ts';

/** Judges a parsed graph. */
export function checkGraph(
  _catalog: Catalog,
  _graph: Graph,
  _environment?: { project: string; name: string },
): Issue[] {
  return [];
}
