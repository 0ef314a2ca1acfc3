import type { Operation } from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import type { DocumentContent } from '../../schemas/rules/content.ts';
import { isRecord } from '../../schemas/rules/merge-patch.ts';
import { isSealed } from '../../schemas/rules/secret-params.ts';
import type { Collision } from './collisions.ts';
import { isRecordPath, type Path } from './operation-paths.ts';
import { isSecretPath } from './secrets.ts';

const KIND: Readonly<Record<string, string>> = {
  nodes: 'box',
  positions: 'place',
  connections: 'line',
  groups: 'group',
  members: 'group',
  notes: 'note',
};
const FIELD: Readonly<Record<string, string>> = {
  envPrefix: 'variable prefix',
  from: 'producer',
  to: 'consumer',
  collapsed: 'fold',
};

/** `orders`, `jobs to worker`: how people know a record, also one that is gone but for this value. */
function nameOf(content: DocumentContent, [collection, id]: Path, gone?: unknown): string {
  const { nodes, connections, groups } = content;
  const record = isRecord(gone) ? gone : {};
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  if (collection === 'connections') {
    const line = connections[id];
    return line
      ? `${nodes[line.from.node]?.name ?? line.from.node} to ${nodes[line.to.node]?.name ?? line.to.node}`
      : id;
  }
  if (collection === 'groups') return groups[id]?.title ?? text(record.title) ?? id;
  if (collection === 'notes') return 'note';
  return nodes[id]?.name ?? text(record.name) ?? id;
}

/** `visibility timeout`: which value of its record a path names. */
function fieldOf(catalog: Catalog, content: DocumentContent, [collection, id, member, ...keys]: Path): string {
  if (member === undefined) return KIND[collection] ?? collection;
  if (member === 'grants') return `grant ${keys.join(' ')}`;
  if (member !== 'params') return FIELD[member] ?? member;
  const node = content.nodes[id];
  const properties = node && catalog.findModule(node.module, node.version)?.params.properties;
  const [first = 'settings', ...rest] = keys;
  const property = isRecord(properties) ? properties[first] : undefined;
  const title = isRecord(property) && typeof property.title === 'string' ? property.title.toLowerCase() : first;
  return [title, ...rest].join(' ');
}

function valueText(value: unknown): string {
  if (value === undefined) return 'not set';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

export interface CollisionWords {
  /** The box, line, group or note. */
  thing: string;
  field: string;
  mine: string;
  theirs: string;
}

export function describeCollision(catalog: Catalog, content: DocumentContent, collision: Collision): CollisionWords {
  const { path, mine, theirs } = collision;
  const isWhole = isRecordPath(path);
  const text = (value: unknown) => {
    if (isWhole) return value === undefined ? 'taken away' : 'kept and changed';
    if (isSealed(value) || (value !== undefined && isSecretPath(catalog, content.nodes, path, value)))
      return 'a secret';
    return path[2] === 'grants' ? (value === true ? 'given' : 'not given') : valueText(value);
  };
  return {
    thing: nameOf(content, path, mine ?? theirs),
    field: fieldOf(catalog, content, path),
    mine: text(mine),
    theirs: text(theirs),
  };
}

/** `add jobs`, `change visibility timeout of jobs`: what an edit did, by its first operation. */
export function describeOperations(
  catalog: Catalog,
  content: DocumentContent,
  operations: readonly Operation[],
): string {
  const [first, ...others] = operations;
  if (!first) return 'an edit';
  const { path, value, create } = first;
  const name = nameOf(content, path, value);
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  if (!isRecordPath(path)) return `change ${fieldOf(catalog, content, path)} of ${name}${more}`;
  const kind = KIND[path[0]] ?? path[0];
  return `${value === undefined ? 'delete' : create ? 'add' : 'change'} ${kind} ${name}${more}`;
}

/** How people call the page that made an edit. */
export function describeClient(names: Readonly<Record<string, string>>, client: string | undefined): string {
  if (client === 'server') return 'a pushed file';
  return (client === undefined ? undefined : names[client]) ?? 'somebody else';
}
