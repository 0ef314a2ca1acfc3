// Compares two plans of one root, value by value: what a user would read in each of them.

/** The part of Terraform's plan JSON that is compared. */
export interface PlanDocument {
  resource_changes?: { address: string; type: string; change: PlannedChange }[];
  output_changes?: Record<string, PlannedChange>;
}

interface PlannedChange {
  after?: unknown;
  after_unknown?: unknown;
}

/** A value that differs; a plan that says nothing there has `undefined`. */
export interface Difference {
  type: string;
  address: string;
  /** Path in the resource, list positions as `[]`. */
  attribute: string;
  expected: unknown;
  got: unknown;
}

export interface Comparison {
  /** Values that are set or unknown in at least one of the plans. */
  compared: number;
  differences: Difference[];
}

/** Stands for a value that is known after apply. */
export const UNKNOWN = '(known after apply)';

/** `expected` is what the real provider plans. Terraform's own `terraform_data` is left out. */
export function comparePlans(expected: PlanDocument, got: PlanDocument): Comparison {
  const wanted = planned(expected);
  const seen = planned(got);
  const result: Comparison = { compared: 0, differences: [] };
  for (const address of [...new Set([...wanted.keys(), ...seen.keys()])].sort()) {
    const type = wanted.get(address)?.type ?? seen.get(address)?.type ?? '';
    const left = wanted.get(address)?.leaves ?? new Map<string, unknown>();
    const right = seen.get(address)?.leaves ?? new Map<string, unknown>();
    for (const path of [...new Set([...left.keys(), ...right.keys()])].sort()) {
      result.compared += 1;
      if (JSON.stringify(left.get(path)) === JSON.stringify(right.get(path))) continue;
      const attribute = path.replaceAll(/\[\d+\]/g, '[]');
      result.differences.push({ type, address, attribute, expected: left.get(path), got: right.get(path) });
    }
  }
  return result;
}

interface PlannedObject {
  type: string;
  leaves: Map<string, unknown>;
}

function planned({ resource_changes = [], output_changes = {} }: PlanDocument): Map<string, PlannedObject> {
  const objects = new Map<string, PlannedObject>();
  for (const { address, type, change } of resource_changes) {
    if (type !== 'terraform_data') objects.set(address, { type, leaves: leavesOf(change) });
  }
  for (const [name, change] of Object.entries(output_changes)) {
    objects.set(`output.${name}`, { type: 'output', leaves: leavesOf(change) });
  }
  return objects;
}

function leavesOf({ after, after_unknown }: PlannedChange): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  collect(after, after_unknown, '', leaves);
  return leaves;
}

function collect(value: unknown, unknown: unknown, path: string, leaves: Map<string, unknown>): void {
  if (unknown === true) {
    leaves.set(path, UNKNOWN);
  } else if (Array.isArray(value) || Array.isArray(unknown)) {
    const items = Array.isArray(value) ? value : [];
    const marks = Array.isArray(unknown) ? unknown : [];
    if (items.length + marks.length === 0) leaves.set(path, []);
    for (let index = 0; index < Math.max(items.length, marks.length); index++) {
      collect(items[index], marks[index], `${path}[${index}]`, leaves);
    }
  } else if (isObject(value) || isObject(unknown)) {
    const members = isObject(value) ? value : {};
    const marks = isObject(unknown) ? unknown : {};
    for (const key of new Set([...Object.keys(members), ...Object.keys(marks)])) {
      collect(members[key], marks[key], path === '' ? key : `${path}.${key}`, leaves);
    }
  } else if (value !== null && value !== undefined) {
    leaves.set(path, value);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
