import type { IssueCode } from '../../schemas/rules/issues.ts';
import { isRecord } from '../../schemas/rules/merge-patch.ts';
import type { Problem } from './check-text.ts';
import { endOf, type Knowledge, manifestOf, nodeOf, type TypedRecord } from './knowledge.ts';
import { addPart, cutPart, memberAt, valueAt } from './loose-edits.ts';
import { type LooseValue, plainValue, readLoose } from './loose-json.ts';
import { mendKey } from './mend-keys.ts';
import { mendValue, replaceWith } from './mend-values.ts';
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
  /** Keys and indexes from the root of this text. */
  path: readonly string[];
  /** The box or line that it is in. */
  record: TypedRecord;
  knowledge: Knowledge;
}

/** What would mend a problem, the likeliest first; nothing where that takes a decision that no text shows. */
export function mendsOf(text: string, { issue, path, from }: Problem, known: Knowledge): Mend[] {
  const code = issue.code as IssueCode;
  if (code === 'bad-json') return missingComma(text, from, issue.expected);
  const root = readLoose(text, 0);
  if (!root) return [];
  const record = plainValue(valueAt(root, path.slice(0, 2)));
  const knowledge = { ...known, graph: typedGraph(plainValue(root)) };
  const flaw: Flaw = { text, root, path, record: isRecord(record) ? record : undefined, knowledge };
  return (MENDS[code]?.(flaw) ?? []).filter(({ changes }) => changes.length > 0);
}

const MENDS: Partial<Record<IssueCode, (flaw: Flaw) => Mend[]>> = {
  'schema-violation': (flaw) => [...mendKey(flaw), ...dropTwin(flaw)],
  'invalid-params': mendKey,
  'bad-id': (flaw) => [...mendKey(flaw), ...wellFormedId(flaw)],
  'duplicate-id': freeId,
  'unknown-module': mendValue,
  'unknown-version': mendValue,
  'unknown-preset': (flaw) => [...mendValue(flaw), ...remove(flaw, 'Remove the preset')],
  'unknown-grant': (flaw) => [...mendValue(flaw), ...remove(flaw, 'Remove this grant')],
  'grant-not-offered-here': (flaw) => [...mendValue(flaw), ...remove(flaw, 'Remove this grant')],
  'missing-grant': addGrants,
  'unknown-node': (flaw) => [...mendValue(flaw), ...removeLine(flaw)],
  'unknown-port': (flaw) => [...mendValue(flaw), ...removeLine(flaw)],
  'incompatible-contract': (flaw) => [...mendValue(flaw), ...removeLine(flaw)],
  'wrong-direction': (flaw) => [...swapEnds(flaw), ...removeLine(flaw)],
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

function remove({ text, root, path }: Flaw, name: string): Mend[] {
  const holder = valueAt(root, path.slice(0, -1));
  const key = path.at(-1) ?? '';
  if (!holder) return [];
  const member = memberAt(holder, key);
  const index = holder.kind === 'object' ? (member ? holder.members.indexOf(member) : -1) : Number(key);
  return [{ name, changes: cutPart(text, holder, index) }];
}

function removeLine(flaw: Flaw): Mend[] {
  return flaw.path[0] === 'connections'
    ? remove({ ...flaw, path: flaw.path.slice(0, 2) }, 'Remove this connection')
    : [];
}

function swapEnds({ text, root, path }: Flaw): Mend[] {
  const [from, to] = ['from', 'to'].map((end) => valueAt(root, [...path.slice(0, 2), end]));
  if (!from || !to) return [];
  const changes = [
    { from: from.from, to: from.to, insert: text.slice(to.from, to.to) },
    { from: to.from, to: to.to, insert: text.slice(from.from, from.to) },
  ];
  return [{ name: 'Swap the two ends', changes: changes.sort((left, right) => left.from - right.from) }];
}

/** Of a list that names something twice, the later one. */
function dropTwin({ text, root, path }: Flaw): Mend[] {
  const list = valueAt(root, path);
  if (list?.kind !== 'array') return [];
  const values = list.items.map((item) => JSON.stringify(plainValue(item)));
  const twin = values.findIndex((value, index) => values.indexOf(value) < index);
  return twin < 0 ? [] : [{ name: `Remove the second ${values[twin]}`, changes: cutPart(text, list, twin) }];
}

function addGrants({ text, root, path, record, knowledge }: Flaw): Mend[] {
  const list = valueAt(root, path);
  const { node, port } = endOf(record, 'to');
  const required = manifestOf(knowledge, nodeOf(knowledge, node) as TypedRecord)?.inputs[port]?.grants?.required ?? [];
  const given = plainValue(list);
  const missing = required.filter((grant) => !(Array.isArray(given) && given.includes(grant)));
  if (list?.kind !== 'array' || missing.length === 0) return [];
  const part = missing.map((grant) => JSON.stringify(grant)).join(', ');
  return [{ name: `Add ${part}`, changes: [addPart(text, list, part)] }];
}

const LONGEST_ID = 40;

function wellFormedId(flaw: Flaw): Mend[] {
  const id = plainValue(valueAt(flaw.root, flaw.path));
  if (typeof id !== 'string') return [];
  const clean = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_ID)
    .replace(/^[^a-z]+|-+$/g, '');
  return clean.length < 2 || clean === id ? [] : replaceWith(flaw, [clean]);
}

function freeId(flaw: Flaw): Mend[] {
  const { nodes, connections } = flaw.knowledge.graph;
  const taken = new Set((flaw.path[0] === 'nodes' ? nodes : connections).map(({ id }) => id));
  const id = plainValue(valueAt(flaw.root, flaw.path));
  if (typeof id !== 'string') return [];
  const stem = id.slice(0, LONGEST_ID - 4);
  let count = 2;
  while (taken.has(`${stem}-${count}`)) count += 1;
  return replaceWith(flaw, [`${stem}-${count}`]);
}
