import { freeId } from '../../schemas/rules/mend-id.ts';
import { defaultGrants } from '../../schemas/rules/port-grants.ts';
import { suggestKeys } from './complete-keys.ts';
import { suggestValues } from './complete-values.ts';
import { keysAt } from './graph-schema.ts';
import { contractOf, endOf, manifestOf, nodeOf, type TypedRecord, textOf } from './knowledge.ts';
import { addPart, cutParts, memberAt, valueAt } from './loose-edits.ts';
import { plainValue } from './loose-json.ts';
import { isTaken } from './mend-ids.ts';
import { positionOf, replaceWith } from './mend-values.ts';
import type { Flaw, Mend } from './mends.ts';
import { nearNames } from './near-names.ts';
import { allowedValues, type ParamSchema, schemaAt } from './params-schema.ts';

/** What a schema has against a member: its key is not known, it is missing, or its value is none of those allowed. */
export function mendKey(flaw: Flaw): Mend[] {
  const { root, path } = flaw;
  const holder = valueAt(root, path.slice(0, -1));
  const key = path.at(-1);
  if (key === undefined) return [];
  const schema = schemaOf(flaw);
  // A box may have no params at all where one of them is missing.
  if (!holder) return path.length === 4 && path[2] === 'params' && schema ? addParams(flaw, key, schema) : [];
  if (holder.kind !== 'object') return [];
  const isThere = memberAt(holder, key) !== undefined;
  if (!schema) return isThere ? mendUnknown(flaw, key) : [];
  return isThere ? replaceWith(flaw, fittingValues(flaw, schema)) : addMember(flaw, key, schema);
}

function schemaOf({ path, record, knowledge }: Flaw): ParamSchema | undefined {
  const [list, , part, ...keys] = path;
  if (list === 'nodes' && part === 'params' && keys.length > 0) {
    const manifest = manifestOf(knowledge, record);
    return manifest && schemaAt(manifest.params, keys);
  }
  return keysAt(path.slice(0, -1))?.keys[path.at(-1) ?? ''] as ParamSchema | undefined;
}

function mendUnknown(flaw: Flaw, key: string): Mend[] {
  const { text, root, path, knowledge } = flaw;
  const holder = valueAt(root, path.slice(0, -1));
  const member = memberAt(holder, key);
  if (holder?.kind !== 'object' || !member) return [];
  const names = suggestKeys(positionOf({ ...flaw, path: path.slice(0, -1) }, 'key'), knowledge).map(
    ({ label }) => label,
  );
  const renames = nearNames(key, names, 0).map((name) => ({
    name: `Rename to "${name}"`,
    changes: [{ from: member.from, to: member.to, insert: JSON.stringify(name) }],
  }));
  const index = holder.members.indexOf(member);
  return [...renames, { name: `Remove "${key}"`, changes: cutParts(text, holder, [index]) }];
}

/** Allowed values that are like the one that is there; of a number, the nearest that is in its range. */
function fittingValues({ root, path }: Flaw, schema: ParamSchema): unknown[] {
  const value = plainValue(valueAt(root, path));
  const allowed = allowedValues(schema);
  if (allowed.length > 0) {
    const names = allowed.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
    return nearNames(typeof value === 'string' ? value : '', names).map((name) => allowed[names.indexOf(name)]);
  }
  if (schema.type !== 'integer' && schema.type !== 'number') return [];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return [];
  const { minimum, maximum } = schema;
  const whole = schema.type === 'integer' ? Math.round(number) : number;
  const low = typeof minimum === 'number' ? Math.max(minimum, whole) : whole;
  const fitting = typeof maximum === 'number' ? Math.min(maximum, low) : low;
  return fitting === value ? [] : [fitting];
}

function addMember(flaw: Flaw, key: string, schema: ParamSchema): Mend[] {
  const { text, root, path } = flaw;
  const holder = valueAt(root, path.slice(0, -1));
  const value = firstValue(flaw, schema);
  if (!holder || value === undefined) return [];
  const part = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  return [{ name: `Add ${part}`, changes: [addPart(text, holder, part)] }];
}

function addParams(flaw: Flaw, key: string, schema: ParamSchema): Mend[] {
  const holder = valueAt(flaw.root, flaw.path.slice(0, 2));
  const value = firstValue(flaw, schema);
  if (holder?.kind !== 'object' || memberAt(holder, 'params') || value === undefined) return [];
  const part = `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  return [{ name: `Add ${part}`, changes: [addPart(flaw.text, holder, `"params": { ${part} }`)] }];
}

/** What a missing member would begin with, where anything but a person knows that. */
function firstValue(flaw: Flaw, schema: ParamSchema): unknown {
  const { path, record, knowledge } = flaw;
  const [list, , part] = path;
  const key = path.at(-1) ?? '';
  if (path.length === 1) return key === 'schemaVersion' ? 1 : [];
  if (part === 'params') return schema.default ?? allowedValues(schema)[0];
  if (part === 'grants') return firstGrants(flaw);
  if (key === 'id' && list === 'connections') {
    const [from, to] = [endOf(record, 'from').node, endOf(record, 'to').node];
    return from && to ? freeId(`${from}-${to}`.slice(0, 36), isTaken(flaw)) : undefined;
  }
  if (key === 'id')
    return textOf(record?.module) ? freeId(textOf(record?.module).replace(/^aws-/, ''), isTaken(flaw)) : undefined;
  if (key === 'name') return textOf(record?.id) || undefined;
  const [likely, other] = suggestValues(positionOf(flaw), knowledge).sort(
    (left, right) => (right.rank ?? 0) - (left.rank ?? 0),
  );
  if (key === 'version') return likely?.label;
  const isOnly = (likely?.rank ?? 0) > 0 && !((other?.rank ?? 0) > 0);
  return isOnly ? likely?.label : undefined;
}

function firstGrants({ record, knowledge }: Flaw): string[] {
  const { node, port } = endOf(record, 'to');
  const consumer = manifestOf(knowledge, nodeOf(knowledge, node) as TypedRecord);
  const input = consumer?.inputs[port];
  const contract = contractOf(knowledge, record);
  return consumer && input && contract ? defaultGrants(consumer, input, contract) : [];
}
