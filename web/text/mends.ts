import type { Graph, Issue } from '../../schemas/generated/types.ts';
import type { IssueCode } from '../../schemas/rules/issues.ts';
import { isRecord } from '../../schemas/rules/merge-patch.ts';
import type { Problem } from './check-text.ts';
import type { Knowledge, TypedRecord } from './knowledge.ts';
import { cutParts, valueAt } from './loose-edits.ts';
import { type LooseValue, plainValue, readLoose } from './loose-json.ts';
import { acceptedId, acceptedName, freshId, knownBox } from './mend-ids.ts';
import { mendKey } from './mend-keys.ts';
import { addGrants, connectInput, openCycle, removeLine, swapEnds } from './mend-lines.ts';
import { freshPrefix, lettersOfPrefix } from './mend-prefix.ts';
import { mendValue, remove } from './mend-values.ts';
import type { TextChange } from './minimal-changes.ts';
import { typedGraph } from './typed-graph.ts';

/** An edit that takes a problem away, and what a person reads on its button. */
export interface Mend {
  name: string;
  changes: TextChange[];
}

/** A problem with all that its mends are made of. */
export interface Flaw {
  text: string;
  root: LooseValue;
  issue: Issue;
  /** Keys and indexes from the root of this text. */
  path: readonly string[];
  /** The box or line that it is in. */
  record: TypedRecord;
  /** With the graph of this text. */
  knowledge: Knowledge;
  /** The graph as the canvas has it, where the text is broken. */
  before: Graph;
}

/** What would mend a problem, the likeliest first; nothing where that takes a decision that no text shows. */
export function mendsOf(text: string, { issue, path, from }: Problem, known: Knowledge): Mend[] {
  const code = issue.code as IssueCode;
  if (code === 'bad-json') return missingComma(text, from, issue.expected);
  const root = readLoose(text, 0);
  if (!root) return [];
  const record = plainValue(valueAt(root, path.slice(0, 2)));
  const knowledge = { ...known, graph: typedGraph(plainValue(root)) };
  const flaw: Flaw = {
    text,
    root,
    issue,
    path,
    record: isRecord(record) ? record : undefined,
    knowledge,
    before: known.graph,
  };
  return (MENDS[code]?.(flaw) ?? []).filter(({ changes }) => changes.length > 0);
}

const MENDS: Partial<Record<IssueCode, (flaw: Flaw) => Mend[]>> = {
  'schema-violation': (flaw) => [...mendKey(flaw), ...lettersOfPrefix(flaw), ...dropTwin(flaw)],
  'invalid-params': mendKey,
  'bad-id': acceptedId,
  'name-refused': acceptedId,
  'bad-name': acceptedName,
  'duplicate-id': freshId,
  'unknown-module': mendValue,
  'unknown-version': mendValue,
  'unknown-preset': (flaw) => [...mendValue(flaw), ...remove(flaw, 'Remove the preset')],
  'unknown-grant': (flaw) => [...mendValue(flaw), ...remove(flaw, 'Remove this grant')],
  'grant-not-offered-here': (flaw) => [...mendValue(flaw), ...remove(flaw, 'Remove this grant')],
  'missing-grant': addGrants,
  'unknown-node': (flaw) => [...knownBox(flaw), ...removeLine(flaw)],
  'unknown-port': (flaw) => [...mendValue(flaw), ...removeLine(flaw)],
  'incompatible-contract': (flaw) => [...mendValue(flaw), ...removeLine(flaw)],
  'wrong-direction': (flaw) => [...swapEnds(flaw), ...removeLine(flaw)],
  'bad-variable': freshPrefix,
  'duplicate-variable': freshPrefix,
  'missing-input': connectInput,
  cycle: openCycle,
  'too-many-producers': removeLine,
  'duplicate-connection': removeLine,
};

/** Only where what follows can stand there: a key in an object, a value in a list. */
function missingComma(text: string, from: number, expected: string): Mend[] {
  const rest = text.slice(from, from + 200);
  const fits = expected.includes('"}"') ? /^"[^"\n]*"\s*:/.test(rest) : /^["{[\d]/.test(rest);
  if (!expected.startsWith('","') || !fits) return [];
  const at = text.slice(0, from).trimEnd().length;
  return [{ name: 'Add a comma', changes: [{ from: at, to: at, insert: ',' }] }];
}

/** Of a list that names something twice, the later one. */
function dropTwin({ text, root, path }: Flaw): Mend[] {
  const list = valueAt(root, path);
  if (list?.kind !== 'array') return [];
  const values = list.items.map((item) => JSON.stringify(plainValue(item)));
  const twin = values.findIndex((value, index) => values.indexOf(value) < index);
  return twin < 0 ? [] : [{ name: `Remove the second ${values[twin]}`, changes: cutParts(text, list, [twin]) }];
}
