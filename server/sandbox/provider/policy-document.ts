// `aws_iam_policy_document`: renders blocks into the JSON that the real provider would write, byte for byte.
import { digest } from '../cloud/realm.ts';
import { isObject, type ObjectValue, type Value } from '../wire/value.ts';

export function policyDocumentData(config: ObjectValue): ObjectValue {
  const statements: ObjectValue[] = blocks(config.statement).map(withEffect);
  const version = config.version ?? '2012-10-17';
  const id = config.policy_id ? { Id: config.policy_id } : {};
  const document = { Version: version, ...id, Statement: statements.map(statementOf) };
  const json = JSON.stringify(document, null, 2);
  const number = String(Number.parseInt(digest(json).slice(0, 8), 16));
  return { id: number, json, minified_json: JSON.stringify(document), version, statement: statements };
}

function withEffect(statement: ObjectValue): ObjectValue {
  return { ...statement, effect: statement.effect ?? 'Allow' };
}

function statementOf(block: ObjectValue): ObjectValue {
  const statement: ObjectValue = {};
  if (block.sid) statement.Sid = block.sid;
  statement.Effect = block.effect ?? null;
  add(statement, 'Action', oneOrMany(block.actions));
  add(statement, 'NotAction', oneOrMany(block.not_actions));
  add(statement, 'Resource', oneOrMany(block.resources));
  add(statement, 'NotResource', oneOrMany(block.not_resources));
  add(statement, 'Principal', principals(blocks(block.principals)));
  add(statement, 'NotPrincipal', principals(blocks(block.not_principals)));
  add(statement, 'Condition', conditions(blocks(block.condition)));
  return statement;
}

function add(statement: ObjectValue, name: string, value: Value): void {
  if (value !== null) statement[name] = value;
}

function principals(list: ObjectValue[]): Value {
  const merged: ObjectValue = {};
  for (const { type, identifiers } of list) {
    const value = oneOrMany(identifiers);
    if (type === '*' && value === '*') return '*';
    merged[String(type)] = value;
  }
  return list.length > 0 ? merged : null;
}

function conditions(list: ObjectValue[]): Value {
  const merged: Record<string, ObjectValue> = {};
  for (const { test, variable, values } of list) {
    const byVariable = merged[String(test)] ?? {};
    byVariable[String(variable)] = Array.isArray(values) && values.length === 1 ? (values[0] ?? null) : (values ?? []);
    merged[String(test)] = byVariable;
  }
  return list.length > 0 ? merged : null;
}

/** The provider writes several values without duplicates, in descending order. */
function oneOrMany(value: Value | undefined): Value {
  const items = Array.isArray(value) ? [...new Set(value.map(String))].sort().reverse() : [];
  if (items.length === 0) return null;
  return items.length === 1 ? (items[0] ?? null) : items;
}

function blocks(value: Value | undefined): ObjectValue[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
