// What moving a node to another version of its module means, as a semver level.
import type { ModuleManifest } from '../generated/types.ts';
import { sortKeys } from './canonical.ts';
import { type Catalog, splitContractRef } from './catalog.ts';
import { type ChangeLevel, type Compatibility, isCompatible } from './compatibility.ts';
import { isRecord } from './merge-patch.ts';
import { paramProperties } from './param-properties.ts';

interface Change {
  level: 'major' | 'minor';
  reason: string;
}

/**
 * Compares two versions of a module as its users see it. Major: a port, setting, preset or value that is gone, a new line or setting
 * that is needed, a contract that takes something away. Minor: anything added, and a default that became another.
 */
export function compareModules(catalog: Catalog, older: ModuleManifest, newer: ModuleManifest): Compatibility {
  const changes = [
    ...compareOutputs(catalog, older, newer),
    ...compareInputs(older, newer),
    ...compareParams(older, newer),
    ...gone(older.presets, newer.presets).map((name) => major(`the preset ${name} was removed`)),
  ];
  for (const level of ['major', 'minor'] as const) {
    const reasons = changes.filter((change) => change.level === level).map(({ reason }) => reason);
    if (reasons.length > 0) return { level, reasons };
  }
  return { level: 'patch', reasons: [] };
}

function compareOutputs(catalog: Catalog, older: ModuleManifest, newer: ModuleManifest): Change[] {
  const changes = gone(older.outputs, newer.outputs).map((name) => major(`the output ${name} was removed`));
  for (const [name, { contract }] of Object.entries(newer.outputs)) {
    const before = older.outputs[name]?.contract;
    if (before === undefined) changes.push(minor(`the output ${name} was added`));
    else if (before !== contract) changes.push(...contractChange(catalog, name, before, contract));
  }
  return changes;
}

function contractChange(catalog: Catalog, port: string, before: string, after: string): Change[] {
  const [older, newer] = [catalog.findContract(before), catalog.findContract(after)];
  if (!older || !newer) return [major(`the output ${port} carries ${after} in place of ${before}`)];
  const { level, reasons } = isCompatible(older, newer);
  return reasons.map((reason) => change(level, `output ${port}: ${reason}`));
}

function compareInputs(older: ModuleManifest, newer: ModuleManifest): Change[] {
  const changes = gone(older.inputs, newer.inputs).map((name) => major(`the input ${name} was removed`));
  for (const [name, { contract, cardinality }] of Object.entries(newer.inputs)) {
    const before = older.inputs[name];
    if (!before) {
      changes.push(
        cardinality === 'one' ? major(`the input ${name} needs a line`) : minor(`the input ${name} was added`),
      );
      continue;
    }
    if (splitContractRef(before.contract).name !== splitContractRef(contract).name)
      changes.push(major(`the input ${name} takes ${contract}`));
    else if (before.contract !== contract) changes.push(minor(`the input ${name} takes ${contract}`));
    if (before.cardinality === cardinality) continue;
    if (cardinality === 'one') changes.push(major(`the input ${name} needs exactly one line`));
    else if (before.cardinality === 'many') changes.push(major(`the input ${name} takes one line only`));
    else changes.push(minor(`the input ${name} takes ${cardinality === 'many' ? 'many lines' : 'no line or one'}`));
  }
  return changes;
}

/** Bounds of values: a higher lower bound, or a lower upper bound, takes values away. */
const BOUNDS = { minimum: 1, minLength: 1, minItems: 1, maximum: -1, maxLength: -1, maxItems: -1 } as const;

function compareParams(older: ModuleManifest, newer: ModuleManifest): Change[] {
  const [before, after] = [paramProperties(older.params), paramProperties(newer.params)];
  const changes = gone(before, after).map((name) => major(`the setting ${name} was removed`));
  const needed = requiredOf(newer).filter((name) => !requiredOf(older).includes(name));
  changes.push(...needed.map((name) => major(`the setting ${name} is needed`)));
  for (const [name, schema] of Object.entries(after)) {
    const old = before[name];
    if (!old) changes.push(minor(`the setting ${name} was added`));
    else if (takesLess(old, schema)) changes.push(major(`the setting ${name} takes less than before`));
    else if (!same(old.default, schema.default))
      changes.push(minor(`the default of ${name} is ${JSON.stringify(schema.default) ?? 'gone'}`));
  }
  return changes;
}

function takesLess(older: Record<string, unknown>, newer: Record<string, unknown>): boolean {
  if (!same(older.type, newer.type)) return true;
  if (newer.pattern !== undefined && newer.pattern !== older.pattern) return true;
  if (Array.isArray(newer.enum)) {
    const left: unknown[] = newer.enum;
    if (!Array.isArray(older.enum) || older.enum.some((value) => !left.includes(value))) return true;
  }
  return Object.entries(BOUNDS).some(([bound, direction]) => {
    const limit = (value: unknown) => (typeof value === 'number' ? value * direction : Number.NEGATIVE_INFINITY);
    return limit(newer[bound]) > limit(older[bound]);
  });
}

function requiredOf({ params }: ModuleManifest): string[] {
  const { required } = params as { required?: unknown };
  return Array.isArray(required) ? required.map(String) : [];
}

const gone = (older: object, newer: object) => Object.keys(older).filter((name) => !Object.hasOwn(newer, name));
const same = (left: unknown, right: unknown) =>
  JSON.stringify(isRecord(left) ? sortKeys(left) : left) === JSON.stringify(isRecord(right) ? sortKeys(right) : right);
const change = (level: ChangeLevel, reason: string): Change => ({
  level: level === 'major' ? 'major' : 'minor',
  reason,
});
const major = (reason: string) => change('major', reason);
const minor = (reason: string) => change('minor', reason);
