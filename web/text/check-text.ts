import type { Graph, Issue } from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { checkGraph } from '../../schemas/rules/check-graph.ts';
import type { NameScope } from '../../schemas/rules/check-names.ts';
import { pointerSegments } from '../../schemas/rules/json-pointer.ts';
import { parseGraph } from '../../schemas/rules/parse-document.ts';
import { placeOf, readLoose } from './loose-json.ts';
import { type Outline, outlineOf } from './outline.ts';

/** Something that is wrong with the text, and where. */
export interface Problem {
  from: number;
  to: number;
  message: string;
  fix: string;
  blocks: Issue['blocks'];
  issue: Issue;
  /** Keys and indexes from the root of this text. */
  path: readonly string[];
}

export interface CheckedText {
  /** What the text says, where it is a graph that can be stored. */
  graph?: Graph;
  /** The places of its records, where the text is JSON. */
  outline?: Outline;
  problems: Problem[];
}

/**
 * Judges the text by the rules of the server.
 * @param isKnown flaws that the document has without this text: they do not keep it out.
 */
export function checkText(
  catalog: Catalog,
  text: string,
  scope: NameScope,
  isKnown: (issue: Issue) => boolean,
): CheckedText {
  const { graph, issues, findings, partial } = parseGraph(text);
  const value = graph ?? partial?.graph;
  if (!value) return { problems: issues.map((issue, index) => textProblem(text, issue, findings[index])) };
  const all = [...issues, ...checkGraph(catalog, value, scope, partial?.broken)];
  const outline = outlineOf(text, value);
  const entries = {
    nodes: outline.filter(({ kind }) => kind === 'node'),
    connections: outline.filter(({ kind }) => kind === 'connection'),
  };
  const problems = all.map((issue, index) => {
    if (findings[index]) return textProblem(text, issue, findings[index]);
    const [list, at, ...keys] = pointerSegments(issue.path);
    const entry = list === 'nodes' || list === 'connections' ? entries[list][Number(at)] : undefined;
    return placeInEntry(text, entry, keys, issue);
  });
  const isBlocked = all.some((issue) => issue.blocks === 'save' && !isKnown(issue));
  return { graph: graph && !isBlocked ? graph : undefined, outline, problems };
}

/** How a double quote is quoted. */
const QUOTE = JSON.stringify('"');

type Finding = ReturnType<typeof parseGraph>['findings'][number];

function textProblem(text: string, issue: Issue, finding: Finding | undefined): Problem {
  if (!finding) return { ...rangeProblem({ from: 0, to: 0 }, issue), message: `${issue.message} ${issue.fix}` };
  const from = Math.min(offsetOf(text, finding.line) + finding.column - 1, text.length);
  const rest = /^("[^"\n]*"|[^\s,:{}[\]"]+|.)/.exec(text.slice(from, from + 200))?.[0].length ?? 0;
  const message =
    issue.code === 'bad-json'
      ? `expected ${finding.expected}, got ${finding.got === QUOTE ? 'a double quote' : finding.got}`
      : issue.message.replace(/ \(.*$/, '');
  return { ...rangeProblem({ from, to: from + rest }, issue), message };
}

function offsetOf(text: string, line: number): number {
  let at = 0;
  for (let count = 1; count < line; count += 1) at = text.indexOf('\n', at) + 1;
  return at;
}

/** A problem at the keys within a record; of the whole text where there is no record. */
export function placeInEntry(
  text: string,
  entry: Outline[number] | undefined,
  keys: readonly string[],
  issue: Issue,
): Problem {
  const record = readLoose(text, entry?.from ?? 0);
  const rootKeys = entry ? keys : pointerSegments(issue.path);
  return rangeProblem(record ? placeOf(record, rootKeys) : { from: 0, to: 0 }, issue);
}

function rangeProblem({ from, to }: { from: number; to: number }, issue: Issue): Problem {
  const { message, fix, blocks, path } = issue;
  return { from, to, message, fix, blocks, issue, path: pointerSegments(path) };
}
