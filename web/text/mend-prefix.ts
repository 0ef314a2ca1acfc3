import { canConnect } from '../../schemas/rules/can-connect.ts';
import { envPrefixOf } from '../../schemas/rules/resolve-env-variables.ts';
import { endOf } from './knowledge.ts';
import { addPart, valueAt } from './loose-edits.ts';
import { plainValue } from './loose-json.ts';
import { replaceWith } from './mend-values.ts';
import type { Flaw, Mend } from './mends.ts';

/** A prefix in the letters that variables have. */
export function lettersOfPrefix(flaw: Flaw): Mend[] {
  const given = plainValue(valueAt(flaw.root, flaw.path));
  const isPrefix = flaw.path[0] === 'connections' && flaw.path[2] === 'envPrefix';
  const prefix = isPrefix && typeof given === 'string' ? envPrefixOf(given) : '';
  return prefix === '' || prefix === given ? [] : replaceWith(flaw, [prefix]);
}

/** The prefix that the line would get if it were drawn now, where another line or the runtime has the variables of this one. */
export function freshPrefix(flaw: Flaw): Mend[] {
  const { text, root, path, record, knowledge } = flaw;
  const { catalog, graph } = knowledge;
  const others = { ...graph, connections: graph.connections.filter(({ id }) => id !== record?.id) };
  const verdict = canConnect(catalog, others, endOf(record, 'from'), endOf(record, 'to'));
  const line = valueAt(root, path.slice(0, 2));
  if (!verdict.ok || !verdict.envPrefix || verdict.envPrefix === record?.envPrefix || !line) return [];
  if (valueAt(root, path)) return replaceWith(flaw, [verdict.envPrefix]);
  const part = `"envPrefix": ${JSON.stringify(verdict.envPrefix)}`;
  return [{ name: `Add ${part}`, changes: [addPart(text, line, part)] }];
}
