// One resource's change as flat leaf values.
import type { AttributeChange } from '../../schemas/generated/types.ts';

type Path = readonly (string | number)[];

export interface AttributeTrees {
  before: unknown;
  after: unknown;
  /** Terraform's trees of marks: true where (and below where) the value is unknown or sensitive. */
  unknown: unknown;
  beforeSensitive: unknown;
  afterSensitive: unknown;
  replacePaths: readonly Path[];
}

interface Leaf {
  value: unknown;
  sensitive: boolean;
}

/** `tags.Name`, `ingress[0].port`; a key that is no plain word is quoted: `tags["plumbline:node"]`. */
export function pathText(path: Path): string {
  return path
    .map((part, i) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\w-]+$/.test(part)) return `[${JSON.stringify(part)}]`;
      return i === 0 ? part : `.${part}`;
    })
    .join('');
}

/** Whether `path` is `root` or below it. */
export function isWithin(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}.`) || path.startsWith(`${root}[`);
}

function entries(value: unknown): [string | number, unknown][] | undefined {
  if (Array.isArray(value)) return value.map((item, i) => [i, item]);
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
}

function markOf(marks: unknown, key: string | number): unknown {
  if (typeof marks !== 'object' || marks === null) return marks === true;
  return (marks as Record<string | number, unknown>)[key];
}

/** Leaf values by path; a part that is sensitive as a whole is one leaf, an empty collection too. Null is as good as absent. */
function leaves(tree: unknown, sensitive: readonly unknown[]): Map<string, Leaf> {
  const found = new Map<string, Leaf>();
  const open: { value: unknown; marks: readonly unknown[]; path: Path }[] = [
    { value: tree, marks: sensitive, path: [] },
  ];
  for (let place = open.pop(); place; place = open.pop()) {
    const { value, marks, path } = place;
    const hidden = marks.includes(true);
    const inner = hidden ? undefined : entries(value);
    if (inner && (inner.length > 0 || path.length === 0)) {
      for (const [key, item] of inner) {
        open.push({ value: item, marks: marks.map((m) => markOf(m, key)), path: [...path, key] });
      }
    } else if (value !== null && value !== undefined) {
      found.set(pathText(path), { value, sensitive: hidden });
    }
  }
  return found;
}

function unknownPaths(tree: unknown): Set<string> {
  return new Set([...leaves(tree, [])].filter(([, leaf]) => leaf.value === true).map(([path]) => path));
}

function shown(before: Leaf | undefined, after: Leaf | undefined): Partial<AttributeChange> {
  if (before?.sensitive || after?.sensitive) return { sensitive: true };
  return { ...(before ? { before: before.value } : {}), ...(after ? { after: after.value } : {}) };
}

function isEmpty(leaf: Leaf | undefined): boolean {
  return leaf !== undefined && entries(leaf.value)?.length === 0;
}

/** `[]` says nothing where the other side, or what is unknown, has items, which have rows of their own. */
function emptyBesideItems(path: string, leaf: Leaf | undefined, others: Iterable<string>): boolean {
  return isEmpty(leaf) && [...others].some((key) => key !== path && isWithin(key, path));
}

/** The leaves that differ, unknown ones included, in order of their paths. */
export function readAttributes(trees: AttributeTrees): AttributeChange[] {
  // Sensitive on one side is sensitive on both: what replaces a secret is one.
  const sensitive = [trees.beforeSensitive, trees.afterSensitive];
  const before = leaves(trees.before, sensitive);
  const after = leaves(trees.after, sensitive);
  const unknown = unknownPaths(trees.unknown);
  const replaces = trees.replacePaths.map(pathText);
  const rows: AttributeChange[] = [];
  for (const path of new Set([...before.keys(), ...after.keys(), ...unknown])) {
    const [old, fresh] = [before.get(path), after.get(path)];
    if (!unknown.has(path) && JSON.stringify(old?.value) === JSON.stringify(fresh?.value)) continue;
    if (emptyBesideItems(path, old, [...after.keys(), ...unknown])) continue;
    if (emptyBesideItems(path, fresh, [...before.keys(), ...unknown])) continue;
    rows.push({
      path,
      ...shown(old, fresh),
      ...(unknown.has(path) ? { unknown: true } : {}),
      ...(replaces.some((root) => isWithin(path, root)) ? { replaces: true } : {}),
    });
  }
  return rows.sort((a, b) => (a.path < b.path ? -1 : 1));
}
