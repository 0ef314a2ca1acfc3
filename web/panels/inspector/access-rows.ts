import type { Artifact } from '../../../schemas/generated/types.ts';
import type { Reach, ReachPath } from '../../../schemas/rules/reach.ts';
import { formatValue } from '../../ui/format.ts';

/** One line of an access table: who may do what to whom, by which line and identity. */
export interface AccessRow {
  key: string;
  actor: string;
  target: string;
  /** The line that says so. */
  connection: string;
  identity: Reach['identity'];
  grants: string[];
  actions: string[];
  resources: string[];
  service?: string;
  risk?: string;
  /** The box in between, where a service passes on what the actor sends. */
  through?: string;
}

/** Statements of one line and identity are one row: grants, actions and resources each once. */
export function toRows(reaches: readonly Reach[]): AccessRow[] {
  const rows = new Map<string, AccessRow>();
  for (const reach of reaches) {
    const { connection, actor, target, identity, service, risk } = reach;
    const key = `${connection}/${identity}`;
    const row = rows.get(key) ?? { key, actor, target, connection, identity, grants: [], actions: [], resources: [] };
    row.grants = unique([...row.grants, ...(reach.grant === undefined ? [] : [reach.grant])]);
    row.actions = unique([...row.actions, ...reach.actions]);
    row.resources = unique([...row.resources, ...reach.resources]);
    if (service) row.service = service;
    if (risk) row.risk = risk;
    rows.set(key, row);
  }
  return [...rows.values()];
}

/** Everyone who reaches a box: who reaches it directly first, then those for whom a service passes on what they send. */
export function pathRows(paths: readonly ReachPath[]): AccessRow[] {
  const direct = paths.filter(({ steps }) => steps.length === 1).map(({ steps }) => steps[0]);
  const indirect = new Map<string, Reach[]>();
  for (const { steps } of paths) {
    const next = steps[1];
    if (!next) continue;
    indirect.set(next.actor, [...(indirect.get(next.actor) ?? []), steps[0]]);
  }
  const passedOn = [...indirect].flatMap(([through, reaches]) =>
    toRows(reaches).map((row) => ({ ...row, key: `${row.key}/${through}`, through })),
  );
  return [...toRows(direct), ...passedOn];
}

const unique = (items: string[]) => [...new Set(items)];

const IDENTITY_WORDS: Record<Reach['identity'], string> = {
  workload: 'its own role',
  injector: 'the role that injects its secrets',
  resource: 'a policy that lets it in',
  network: 'an open port',
};

/** By what the actor may do it: `its own role`, `as sns.amazonaws.com`, `through order-events`. */
export function howWords(row: AccessRow, nameOf: (id: string) => string): string {
  if (row.through) return `through ${nameOf(row.through)}`;
  return row.service ? `as ${row.service}` : IDENTITY_WORDS[row.identity];
}

/** Puts published values in the place of references such as `{orders-db.port}`; what nobody published stays a reference. */
export function fillReferences(text: string, artifacts: Readonly<Record<string, Artifact>>): string {
  return text.replace(/\{([a-z0-9-]+)\.(\w+)\}/g, (reference, node: string, field: string) => {
    const published = Object.values(artifacts).find((artifact) => artifact.node === node && field in artifact.value);
    return published ? formatValue(published.value[field]) : reference;
  });
}

/** Whether a row says every one of the searched words somewhere. */
export function matches(row: AccessRow, search: string, nameOf: (id: string) => string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const said = [
    nameOf(row.actor),
    nameOf(row.target),
    howWords(row, nameOf),
    ...row.grants,
    ...row.actions,
    ...row.resources,
  ];
  const text = said.join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The rows as a table for a spreadsheet (RFC 4180). */
export function toCsv(rows: readonly AccessRow[], nameOf: (id: string) => string): string {
  const head = ['who', 'on', 'grants', 'actions', 'resources', 'by', 'line'];
  const body = rows.map((row) => [
    nameOf(row.actor),
    nameOf(row.target),
    row.grants.join(' '),
    row.actions.join(' '),
    row.resources.join(' '),
    howWords(row, nameOf),
    row.connection,
  ]);
  return [head, ...body].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

/** Quoted where it must be; a leading sign that a spreadsheet would take for a formula is quoted away. */
function csvCell(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
