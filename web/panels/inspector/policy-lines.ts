import type { AppliedPolicy, PolicyStatement } from '../../../schemas/generated/types.ts';

/** Actions of an IAM document as it stands in applied state; the server shows it parsed or as text. */
function appliedActions(applied: readonly AppliedPolicy[]): Set<string> {
  const actions = new Set<string>();
  for (const policy of applied) collect(parsed(policy.document), actions);
  return actions;
}

function parsed(document: unknown): unknown {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

function collect(value: unknown, actions: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, actions);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (key === 'Action') for (const action of [member].flat()) actions.add(String(action));
      else if (key === 'Statement') collect(member, actions);
    }
  }
}

export interface PolicyComparison {
  isApplied: boolean;
  isSame: boolean;
  /** Actions that the next apply adds. */
  added: string[];
  /** Actions that stand today and that the next apply takes away. */
  removed: string[];
}

/** What the next apply changes in the policy of a line, by action. */
export function comparePolicies(
  planned: readonly PolicyStatement[],
  applied: readonly AppliedPolicy[],
): PolicyComparison {
  const wanted = new Set(planned.flatMap((statement) => statement.actions));
  const standing = appliedActions(applied);
  const added = [...wanted].filter((action) => !standing.has(action));
  const removed = [...standing].filter((action) => !wanted.has(action));
  return { isApplied: applied.length > 0, isSame: added.length + removed.length === 0, added, removed };
}

/** Statements that differ only in their grant's actions share a resource: grouped, they read as one policy. */
export function groupByResource(statements: readonly PolicyStatement[]): PolicyStatement[][] {
  const groups = new Map<string, PolicyStatement[]>();
  for (const statement of statements) {
    const { resources, identity, principal, conditions } = statement;
    const key = JSON.stringify([identity, principal, resources, conditions]);
    groups.set(key, [...(groups.get(key) ?? []), statement]);
  }
  return [...groups.values()];
}

/** Each action once, with every grant that it comes from. */
export function actionsOf(statements: readonly PolicyStatement[]): { action: string; grants: string[] }[] {
  const actions = new Map<string, string[]>();
  for (const statement of statements) {
    for (const action of statement.actions) {
      const grants = actions.get(action) ?? [];
      if (!grants.includes(statement.grant)) actions.set(action, [...grants, statement.grant]);
    }
  }
  return [...actions].map(([action, grants]) => ({ action, grants }));
}
