// What a change of a contract means for those who use it, as a semver level.
import type { ContractDocument, ContractField, Grant } from '../generated/types.ts';
import { sortKeys } from './canonical.ts';
import { contractName } from './catalog.ts';

export type ChangeLevel = 'major' | 'minor' | 'patch';

export interface Compatibility {
  level: ChangeLevel;
  /** Why it is no patch: every change of the highest level, in plain words. */
  reasons: string[];
}

interface Change {
  level: 'major' | 'minor';
  reason: string;
}

/** Annotations: nobody's data or rights change with them. */
const WORDING = new Set(['title', 'description', 'examples', 'known', 'secretReason', 'unit']);
/** Bounds of values: a higher lower bound, or a lower upper bound, takes values away. */
const LOWER_BOUNDS = ['minimum', 'minLength', 'minItems'] as const;
const UPPER_BOUNDS = ['maximum', 'maxLength', 'maxItems'] as const;

/**
 * Compares two versions of a contract. Major: a field, grant, variable or network rule that is gone, a field that takes less than it
 * did, a wider or a narrower required set (producers, or consumers, counted on it), a grant that allows less. Minor: anything added.
 */
export function isCompatible(older: ContractDocument, newer: ContractDocument): Compatibility {
  const changes = [
    ...compareNames(older, newer),
    ...compareMembers(older.properties, newer.properties, 'field', compareField),
    ...compareRequired(older, newer),
    ...compareMembers(older.grants, newer.grants, 'grant', compareGrant),
    ...compareMembers(older.env, newer.env, 'variable', replaced('variable')),
    ...compareMembers(networkRules(older), networkRules(newer), 'network rule', () => []),
  ];
  for (const level of ['major', 'minor'] as const) {
    const reasons = changes.filter((change) => change.level === level).map(({ reason }) => reason);
    if (reasons.length > 0) return { level, reasons };
  }
  return { level: 'patch', reasons: [] };
}

type Compare<T> = (name: string, older: T, newer: T) => Change[];

function compareNames(older: ContractDocument, newer: ContractDocument): Change[] {
  const [from, to] = [contractName(older), contractName(newer)];
  return from === to ? [] : [major(`the contract ${from} became ${to}`)];
}

function compareMembers<T>(
  older: Record<string, T>,
  newer: Record<string, T>,
  what: string,
  compare: Compare<T>,
): Change[] {
  const names = [...new Set([...Object.keys(older), ...Object.keys(newer)])].sort();
  return names.flatMap((name) => {
    const [before, after] = [older[name], newer[name]];
    if (after === undefined) return [major(`the ${what} ${name} was removed`)];
    return before === undefined ? [minor(`the ${what} ${name} was added`)] : compare(name, before, after);
  });
}

function compareRequired(older: ContractDocument, newer: ContractDocument): Change[] {
  const wider = newer.required.filter((name) => !older.required.includes(name));
  const narrower = older.required.filter(
    (name) => !newer.required.includes(name) && Object.hasOwn(newer.properties, name),
  );
  return [
    ...wider.map((name) => major(`the field ${name} became required`)),
    ...narrower.map((name) => major(`the field ${name} is no longer required`)),
  ];
}

function compareField(name: string, older: ContractField, newer: ContractField): Change[] {
  const reasons: string[] = [];
  const levels = [...LOWER_BOUNDS, ...UPPER_BOUNDS] as const;
  for (const bound of LOWER_BOUNDS) if (limit(newer[bound], -1) > limit(older[bound], -1)) reasons.push(bound);
  for (const bound of UPPER_BOUNDS) if (limit(newer[bound], 1) < limit(older[bound], 1)) reasons.push(bound);
  const lostValues = missing(older.enum, newer.enum) || (older.enum === undefined && newer.enum !== undefined);
  if (lostValues) reasons.push('enum');
  const judged = new Set<string>([...levels, 'enum', 'pattern', ...WORDING]);
  if (newer.pattern !== undefined && newer.pattern !== older.pattern) reasons.push('pattern');
  const others = new Set([...Object.keys(older), ...Object.keys(newer)].filter((key) => !judged.has(key)));
  for (const key of others) if (!same(older[key], newer[key])) reasons.push(key);
  if (reasons.length > 0) return [major(`the field ${name} was narrowed or changed (${reasons.sort().join(', ')})`)];
  const widened = [...judged].some((key) => !WORDING.has(key) && !same(older[key], newer[key]));
  return widened ? [minor(`the field ${name} was widened`)] : [];
}

function limit(value: unknown, direction: 1 | -1): number {
  return typeof value === 'number' ? value : direction * Number.POSITIVE_INFINITY;
}

function missing(older: unknown, newer: unknown): boolean {
  return Array.isArray(older) && Array.isArray(newer) && older.some((item) => !newer.includes(item));
}

function compareGrant(name: string, older: Grant, newer: Grant): Change[] {
  const [before, after] = [rights(older), rights(newer)];
  // A right that lost its conditions is a wider one.
  const lost = [...before].filter((right) => !after.has(right) && !after.has(right.replace(/ when .*$/, '')));
  if (lost.length > 0) return [major(`the grant ${name} no longer allows ${lost.join('; ')}`)];
  if (older.service !== newer.service) return [major(`the grant ${name} acts through another service`)];
  const gained = [...after].filter((right) => !before.has(right));
  return gained.length > 0 ? [minor(`the grant ${name} now allows ${gained.join('; ')}`)] : [];
}

/** Each action on each resource, with who holds it and under which conditions. */
function rights({ statements }: Grant): Set<string> {
  const found = new Set<string>();
  for (const { actions, resources, conditions, identity = 'workload' } of statements) {
    const when = conditions ? ` when ${JSON.stringify(sortKeys(conditions))}` : '';
    for (const action of actions)
      for (const resource of resources) found.add(`${action} on ${resource} (${identity})${when}`);
  }
  return found;
}

function replaced(what: string): Compare<unknown> {
  return (name, older, newer) => (same(older, newer) ? [] : [major(`the ${what} ${name} means something else now`)]);
}

function networkRules({ network = [] }: ContractDocument): Record<string, string> {
  return Object.fromEntries(network.map((rule) => [`${rule.protocol} ${rule.port} on ${rule.securityGroup}`, '']));
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(sortKeys(left)) === JSON.stringify(sortKeys(right));
}

function major(reason: string): Change {
  return { level: 'major', reason };
}

function minor(reason: string): Change {
  return { level: 'minor', reason };
}
