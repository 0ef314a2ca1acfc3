import { connectTo } from '../../schemas/rules/can-connect.ts';
import { checkConnections } from '../../schemas/rules/check-connections.ts';
import { viewGraph } from '../../schemas/rules/graph-view.ts';
import { findCycles } from '../../schemas/rules/order.ts';
import { endOf, manifestOf, nodeOf, type TypedRecord } from './knowledge.ts';
import { addPart, addRecord, cutParts, valueAt } from './loose-edits.ts';
import { plainValue } from './loose-json.ts';
import { remove } from './mend-values.ts';
import type { Flaw, Mend } from './mends.ts';
import { newLine } from './new-line.ts';

/** More buttons than this are no help: completion lists every line that could be drawn. */
const MOST_PRODUCERS = 8;

export function removeLine(flaw: Flaw): Mend[] {
  return flaw.path[0] === 'connections'
    ? remove({ ...flaw, path: flaw.path.slice(0, 2) }, 'Remove this connection')
    : [];
}

export function swapEnds({ text, root, path }: Flaw): Mend[] {
  const [from, to] = ['from', 'to'].map((end) => valueAt(root, [...path.slice(0, 2), end]));
  if (!from || !to) return [];
  const changes = [
    { from: from.from, to: from.to, insert: text.slice(to.from, to.to) },
    { from: to.from, to: to.to, insert: text.slice(from.from, from.to) },
  ];
  return [{ name: 'Swap the two ends', changes: changes.sort((left, right) => left.from - right.from) }];
}

export function addGrants({ text, root, path, record, knowledge }: Flaw): Mend[] {
  const list = valueAt(root, path);
  const { node, port } = endOf(record, 'to');
  const required = manifestOf(knowledge, nodeOf(knowledge, node) as TypedRecord)?.inputs[port]?.grants?.required ?? [];
  const given = plainValue(list);
  const missing = required.filter((grant) => !(Array.isArray(given) && given.includes(grant)));
  if (list?.kind !== 'array' || missing.length === 0) return [];
  const part = missing.map((grant) => JSON.stringify(grant)).join(', ');
  return [{ name: `Add ${part}`, changes: [addPart(text, list, part)] }];
}

/** A line into an input that lacks one, from each output that may give it; with the grants that a drawn line would get. */
export function connectInput({ text, root, issue, knowledge }: Flaw): Mend[] {
  const { catalog, graph } = knowledge;
  const list = valueAt(root, ['connections']);
  if (list?.kind !== 'array' || !issue.node || !issue.port) return [];
  const to = { node: issue.node, port: issue.port };
  const judge = connectTo(catalog, graph, to);
  const outputs = graph.nodes.flatMap(({ id, module, version }) =>
    Object.keys(catalog.findModule(module, version)?.outputs ?? {}).map((port) => ({ node: id, port })),
  );
  const mends = outputs.flatMap((from): Mend[] => {
    const verdict = judge(from);
    if (!verdict.ok) return [];
    const line = newLine(graph.connections, from, to, verdict);
    return [{ name: `Connect it to ${from.node}.${from.port}`, changes: [addRecord(text, list, line)] }];
  });
  return mends.slice(0, MOST_PRODUCERS);
}

/** Each step of a cycle can be taken away; where several lines make one step, they go together. */
export function openCycle({ text, root, issue, knowledge }: Flaw): Mend[] {
  const { catalog, graph } = knowledge;
  const list = valueAt(root, ['connections']);
  if (list?.kind !== 'array') return [];
  const { lines } = checkConnections(catalog, viewGraph(catalog, graph));
  const edges = lines.map(({ connection: { from, to } }) => ({ from: from.node, to: to.node }));
  const nodes = graph.nodes.map(({ id }) => id);
  const cycle = findCycles(nodes, edges).find(([first]) => first === issue.node) ?? [];
  const ends = list.items.map((item) => {
    const line = plainValue(item) as TypedRecord;
    return `${endOf(line, 'from').node} → ${endOf(line, 'to').node}`;
  });
  return cycle.map((node, index) => {
    const step = `${node} → ${cycle[(index + 1) % cycle.length]}`;
    const indexes = ends.flatMap((each, at) => (each === step ? [at] : []));
    const count = indexes.length > 1 ? ` (${indexes.length} connections)` : '';
    return { name: `Remove ${step}${count}`, changes: cutParts(text, list, indexes) };
  });
}
