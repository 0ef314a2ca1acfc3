// From text to a graph: every flaw of the text and of its shape at once.
import type { Graph, Issue } from '../generated/types.ts';
import type { BrokenEntries } from './graph-view.ts';
import { createIssue, type IssueCode } from './issues.ts';
import { type JsonFinding, scanJson } from './json-scanner.ts';
import { isRecord } from './merge-patch.ts';
import { validateShape } from './validate-graph.ts';

export interface ParsedGraph {
  /** The graph; absent where there is any issue. */
  graph?: Graph;
  issues: Issue[];
  /** Where in the text its own flaws are, in the order of the first issues. */
  findings: JsonFinding[];
  /** Where the text is JSON but no good graph: its value, and the entries that are broken, for the checks that can still be made. */
  partial?: { graph: Graph; broken: BrokenEntries };
}

/** Reads a graph file. Issues carry JSON Pointers, and flaws of the text line and column too. */
export function parseGraph(text: string): ParsedGraph {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const { findings, more } = scanJson(source);
  const textIssues = findings.map(textIssue);
  if (more > 0) textIssues.push(moreIssues(more));
  if (findings.some(({ code }) => ENDS_READING.has(code))) return { issues: textIssues, findings };
  const value: unknown = JSON.parse(source);
  const issues = [...textIssues, ...validateShape(value)];
  if (issues.length === 0) return { graph: value as Graph, issues, findings };
  return { issues, findings, partial: soundPart(value, issues) };
}

/** The entries that no issue points into; nothing where the document as a whole has no shape. */
function soundPart(value: unknown, issues: readonly Issue[]): ParsedGraph['partial'] {
  if (!isRecord(value) || !Array.isArray(value.nodes) || !Array.isArray(value.connections)) return undefined;
  if (issues.some(({ code }) => code === 'more-issues' || code.startsWith('too-many-'))) return undefined;
  const broken = { nodes: new Set<number>(), connections: new Set<number>() };
  for (const { path } of issues) {
    const [, list, index] = /^\/(nodes|connections)\/(\d+)/.exec(path) ?? [];
    if (list === 'nodes' || list === 'connections') broken[list].add(Number(index));
  }
  return { graph: value as unknown as Graph, broken };
}

const ENDS_READING: ReadonlySet<JsonFinding['code']> = new Set(['bad-json', 'too-deep', 'too-many-keys']);

const TEXT_ISSUES = {
  'bad-json': { what: 'The text is no JSON', fix: 'Mend the text at this place.' },
  'too-deep': { what: 'The text is nested too deep', fix: 'A graph is flat: take the nesting away.' },
  'too-many-keys': { what: 'An object has too many keys', fix: 'Take away what does not belong to a graph.' },
  'duplicate-key': { what: 'A key is there twice, and one of the two would be lost', fix: 'Keep one of the two.' },
  'forbidden-key': {
    what: 'A key has a name that every object has already',
    fix: 'Give it another name, or take it away.',
  },
} as const satisfies Partial<Record<IssueCode, { what: string; fix: string }>>;

function textIssue({ code, path, line, column, got, expected }: JsonFinding): Issue {
  const { what, fix } = TEXT_ISSUES[code];
  return createIssue(code, path, { message: `${what} (line ${line}, column ${column}).`, got, expected, fix });
}

function moreIssues(count: number): Issue {
  return createIssue('more-issues', '', {
    message: `There are ${count} more flaws in the text.`,
    got: `${count} more`,
    expected: 'none',
    fix: 'Mend these first, and check again.',
  });
}
