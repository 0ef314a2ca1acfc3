// From text to a graph that may say how it lies on the canvas: what a clipboard carries.
import { layout as isLayout } from '../generated/graph-validators.ts';
import type { Graph, Issue, Layout } from '../generated/types.ts';
import { findForbiddenKeys } from './forbidden-keys.ts';
import { createIssue } from './issues.ts';
import { isRecord } from './merge-patch.ts';
import { parseGraph } from './parse-document.ts';
import { describeSchemaErrors, type SchemaError } from './schema-error.ts';

export interface ParsedDrawing {
  /** The graph; absent where there is any issue. */
  graph?: Graph;
  /** The `layout` member, where the text has one. */
  layout?: Layout;
  issues: Issue[];
}

const MEMBER = '/layout';

/** Reads a graph file, or one with a `layout` member beside its nodes and connections, which is a layout file of its own. */
export function parseDrawing(text: string): ParsedDrawing {
  const { graph, issues, partial } = parseGraph(text);
  if (graph) return { graph, issues };
  const others = issues.filter(({ path }) => path !== MEMBER);
  const whole: unknown = partial?.graph;
  if (others.length > 0 || !isRecord(whole) || !partial) return { issues };
  const { layout, ...rest } = whole;
  const wrong = layoutIssues(layout);
  if (wrong.length > 0) return { issues: wrong };
  return { graph: rest as unknown as Graph, layout: layout as Layout, issues: [] };
}

function layoutIssues(layout: unknown): Issue[] {
  const forbidden = findForbiddenKeys(layout, 10);
  if (forbidden.length > 0) return forbidden;
  if (isLayout(layout)) return [];
  const { errors } = isLayout as { errors?: SchemaError[] | null };
  return describeSchemaErrors(errors ?? [], layout).map(({ path, ...words }) =>
    createIssue('schema-violation', MEMBER + path, words),
  );
}
