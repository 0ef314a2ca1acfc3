// Tables of what a proof tried: printed, and kept below the ignored build folder with their date and versions.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Health } from '../../schemas/generated/types.ts';
import type { Live } from './live.ts';

export type Versions = Record<'engine' | 'provider' | 'emulator', string>;

export interface ProofTable {
  columns: readonly string[];
  /** One cell per column. */
  rows: readonly (readonly (string | number)[])[];
  versions: Versions;
  /** Sentences below the table: what a reader must know to judge it. */
  notes?: readonly string[];
}

const folder = fileURLToPath(new URL('../../build/aws/', import.meta.url));

/** Prints the table as Markdown, as the README takes it, and writes it to `build/aws/<name>.json` with today's date. */
export function writeTable(name: string, table: ProofTable): void {
  const date = new Date().toISOString().slice(0, 10);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify({ name, date, ...table }, null, 2)}\n`);
  const made = [date, ...Object.values(table.versions)].join(', ');
  console.log([`\n${name} (${made})`, '', ...markdown(table), '', ...(table.notes ?? []), ''].join('\n'));
}

function markdown({ columns, rows }: ProofTable): string[] {
  const lines = [columns, ...rows].map((cells) => cells.map(String));
  const widths = columns.map((_, at) => Math.max(3, ...lines.map((cells) => cells[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...body] = lines;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)];
}

/**
 * What a proof ran on, read from what it ran on: the engine and the provider that initialised roots in the server's data
 * folder (so ask after a run), and the emulator that answered.
 */
export async function versionsOf(live: Pick<Live, 'call' | 'dataDir' | 'endpoint'>): Promise<Versions> {
  const { engines } = await live.call<Health>('GET', 'health');
  const installed = readdirSync(live.dataDir, { recursive: true, encoding: 'utf8' }).flatMap(providerAt);
  const used = engines.filter(({ kind }) => installed.some(({ registry }) => registry === REGISTRIES[kind]));
  return {
    engine: [...new Set(used.map(({ kind, version }) => `${kind} ${version}`))].join(' and '),
    provider: [...new Set(installed.map(({ version }) => `hashicorp/aws ${version}`))].join(' and '),
    emulator: await emulatorAt(live.endpoint),
  };
}

const REGISTRIES = { terraform: 'registry.terraform.io', tofu: 'registry.opentofu.org' };

function providerAt(path: string): { registry: string; version: string }[] {
  const [, registry, version] = /providers\/([^/]+)\/hashicorp\/aws\/([^/]+)$/.exec(path) ?? [];
  return registry && version ? [{ registry, version }] : [];
}

async function emulatorAt(endpoint: string): Promise<string> {
  const answer = await fetch(`${endpoint}/_localemu/info`);
  if (!answer.ok) return 'another emulator';
  const { version } = (await answer.json()) as { version: string };
  return `localemu ${version}`;
}
