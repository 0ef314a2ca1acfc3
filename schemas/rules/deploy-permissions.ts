// The least IAM policies that the deploying role needs, from compiled roots and the table of what the AWS provider asks for.
import type { DeployPermissions, EnvironmentDocument, IamPolicyDocument, IamStatement } from '../generated/types.ts';
import { partitionOf } from './environment-fields.ts';
import { environmentPrefix } from './physical-name.ts';
import { policySize, splitPolicies } from './split-policies.ts';

/** What one kind of resource asks for: actions that are bound alike. */
export interface PermissionGroup {
  access: 'read' | 'write';
  actions: readonly string[];
  /** ARN templates; `*`: AWS offers no resource level. */
  resources: '*' | readonly string[];
  /** How generated ids are bound: ours by their tags, made with our tags, tagged while made, or nobody's yet. */
  condition?: 'resourceTags' | 'requestTags' | 'tagsOnCreation' | 'untagged';
  equals?: Readonly<Record<string, readonly string[]>>;
  /** ARN patterns of condition keys. */
  like?: Readonly<Record<string, readonly string[]>>;
  /** An attribute that must be set for this to be asked for. */
  when?: string;
  /** Why neither a name nor a tag of the environment binds it. */
  why?: string;
}

export interface PermissionTable {
  always: readonly PermissionGroup[];
  resources: Readonly<Record<string, { name?: string; groups: readonly PermissionGroup[] }>>;
}

type Block = Readonly<Record<string, unknown>>;
/** A Terraform root in JSON. */
export type Root = Readonly<Record<string, unknown>>;
type Conditions = NonNullable<IamStatement['Condition']>;

/** Managed policies that one role takes (IAM quota). */
const MANAGED_POLICY_COUNT = 10;

/**
 * Policies to plan (`read`) and, together with these, to apply (`write`). A name that stands in a root is used as it stands; one
 * that only an apply knows becomes the environment's own prefix, never everything.
 */
export function deployPermissions(
  roots: readonly Root[],
  environment: EnvironmentDocument,
  table: PermissionTable,
): DeployPermissions {
  const grants = { read: new Grants(), write: new Grants() };
  const unbounded = new Map<string, { action: string; why: string }>();
  const unlisted = new Set<string>();
  const take = (group: PermissionGroup, fill: (template: string) => string): void => {
    const conditions = conditionsOf(group, environment, fill);
    const resources = group.resources === '*' ? ['*'] : group.resources.map(fill);
    for (const action of group.actions) {
      grants[group.access].add(action, resources, conditions);
      if (group.why && !isBound(group)) unbounded.set(`${action} ${group.why}`, { action, why: group.why });
    }
  };
  for (const group of table.always) take(group, (template) => template);
  for (const root of roots) {
    const names = createNames(root, environment, table);
    for (const [type, block] of resourcesOf(root)) {
      const entry = table.resources[type];
      if (!entry) unlisted.add(type);
      for (const group of entry?.groups ?? []) {
        if (!group.when || isSet(block[group.when])) take(group, (template) => names.fill(template, block));
      }
    }
  }
  const read = splitPolicies(grants.read.statements());
  const write = splitPolicies(grants.write.statements(grants.read));
  const problem = problemOf(read, write);
  return {
    project: environment.project,
    environment: environment.name,
    target: environment.target.kind,
    read,
    write,
    unbounded: [...unbounded].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found),
    unlisted: [...unlisted].sort(),
    ...(problem ? { problem } : {}),
  };
}

function problemOf(read: readonly IamPolicyDocument[], write: readonly IamPolicyDocument[]): string | undefined {
  const count = read.length + write.length;
  if (count <= MANAGED_POLICY_COUNT) return undefined;
  const size = [...read, ...write].reduce((sum, document) => sum + policySize(document), 0);
  return `${count} documents (${size} characters) are more than the ${MANAGED_POLICY_COUNT} managed policies that a role takes by default: ask AWS for a higher quota (20 at most), or deploy with a role per part of the graph.`;
}

/** Every resource of the AWS provider in a root. */
function* resourcesOf(root: Root): Generator<[type: string, block: Block]> {
  for (const [type, blocks] of Object.entries((root.resource ?? {}) as Record<string, Record<string, Block>>)) {
    if (type.startsWith('aws_')) for (const block of Object.values(blocks)) yield [type, block];
  }
}

/** Whether a condition binds what no resource does; a tag that is not there yet binds to nothing. */
function isBound({ condition, like }: PermissionGroup): boolean {
  return like !== undefined || (condition !== undefined && condition !== 'untagged');
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false;
}

/** Fills ARN templates with what a root knows of its resources. */
function createNames(root: Root, environment: EnvironmentDocument, table: PermissionTable) {
  const { account, region } = environment.target;
  const prefix = environmentPrefix({ project: environment.project, environment: environment.name });
  const place: Record<string, string> = { partition: partitionOf(region), region, account, prefix };
  const resources = (root.resource ?? {}) as Record<string, Record<string, Block>>;

  /** The name behind `${aws_x.y.arn}` where y is made here; what another root makes begins with the environment's prefix. */
  const reference = (expression: string): string => {
    const [, type = '', key = ''] = /^\$\{(\w+)\.(\w+)\.\w+\}$/.exec(expression) ?? [];
    const attribute = table.resources[type]?.name;
    const made = resources[type]?.[key];
    return attribute && made ? nameIn(made[attribute]) : `${prefix}*`;
  };
  const nameIn = (value: unknown): string =>
    typeof value === 'string' && value !== '' ? value.replaceAll(/\$\{[^}]*\}/g, reference) : `${prefix}*`;
  const repository = (value: unknown): string => {
    const image = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[^/]+\/([^:@]+)/.exec(String(value));
    const [, owner = account, at = region, name = `${prefix}*`] = image ?? [];
    return `arn:${partitionOf(at)}:ecr:${at}:${owner}:repository/${name}`;
  };
  const fill = (template: string, block: Block): string =>
    template.replaceAll(/\{(\w+)(:repository)?\}/g, (_, field: string, isImage?: string) =>
      isImage ? repository(block[field]) : (place[field] ?? nameIn(block[field])),
    );
  return { fill };
}

function conditionsOf(
  group: PermissionGroup,
  { project, name }: EnvironmentDocument,
  fill: (template: string) => string,
): Conditions {
  const tags = (kind: string) => ({
    [`aws:${kind}/plumbline:environment`]: [name],
    [`aws:${kind}/plumbline:project`]: [project],
  });
  const { condition, equals = {}, like = {} } = group;
  const exact = {
    ...equals,
    ...(condition && (condition === 'resourceTags' ? tags('ResourceTag') : tags('RequestTag'))),
  };
  const absent = {
    ...(condition === 'tagsOnCreation' && { 'ec2:CreateAction': ['false'] }),
    ...(condition === 'untagged' && { 'aws:ResourceTag/plumbline:project': ['true'] }),
  };
  const patterns = Object.fromEntries(Object.entries(like).map(([key, values]) => [key, values.map(fill)]));
  return Object.fromEntries(
    Object.entries({ ArnLike: patterns, Null: absent, StringEquals: exact }).filter(
      ([, keys]) => Object.keys(keys).length > 0,
    ),
  ) as Conditions;
}

/** Collects what is allowed, and says it in the fewest statements. */
class Grants {
  /** Resources by condition and action. */
  readonly #found = new Map<string, Map<string, Set<string>>>();

  add(action: string, resources: readonly string[], conditions: Conditions): void {
    const key = JSON.stringify(conditions);
    const actions = this.#found.get(key) ?? new Map<string, Set<string>>();
    this.#found.set(key, actions);
    const known = actions.get(action) ?? new Set();
    actions.set(action, known);
    for (const resource of resources) known.add(resource);
  }

  #isOpen(action: string): boolean {
    return this.#found.get('{}')?.get(action)?.has('*') === true;
  }

  /** Actions of a service that are allowed on the same resources under the same condition stand together, in order; without what is open `besides`. */
  statements(besides?: Grants): IamStatement[] {
    const merged = new Map<string, IamStatement>();
    for (const [key, actions] of this.#found) {
      for (const [action, found] of actions) {
        if (besides && besides.#isOpen(action)) continue;
        const Resource = found.has('*') ? ['*'] : [...found].sort();
        const id = JSON.stringify([action.split(':')[0], key, Resource]);
        const Condition = JSON.parse(key) as Conditions;
        const bound = Object.keys(Condition).length > 0 ? { Condition } : {};
        const statement = merged.get(id) ?? { Effect: 'Allow', Action: [], Resource, ...bound };
        statement.Action.push(action);
        merged.set(id, statement);
      }
    }
    const all = [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, statement]) => statement);
    for (const { Action } of all) Action.sort();
    return all;
  }
}
