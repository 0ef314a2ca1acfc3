// Reads the engine's machine-readable interface (-json): one JSON object per line.
import { stripVTControlCharacters } from 'node:util';
import type { Diagnostic, EngineLine } from './engine-types.ts';

export interface MachineLine {
  line?: EngineLine;
  diagnostic?: Diagnostic;
}

/** Kinds that repeat what the plan's JSON says better, or say nothing. */
const SILENT = new Set(['version', 'outputs', 'refresh_start', 'provision_start', 'provision_complete']);
/** Stand-ins for inputs that upstream does not know yet: nothing of the user's. */
const PLACEHOLDER = /^terraform_data\.unknown_/;
const LEVELS: Record<string, EngineLine['level']> = { error: 'error', warn: 'warn' };

type JsonObject = Record<string, unknown>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parse(raw: string): JsonObject | undefined {
  if (!raw.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(raw);
    return isObject(value) && typeof value['@message'] === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function readDiagnostic(value: JsonObject): Diagnostic {
  const address = text(value.address);
  return {
    severity: value.severity === 'warning' ? 'warning' : 'error',
    summary: text(value.summary),
    detail: text(value.detail),
    ...(address === '' ? {} : { address }),
  };
}

function addressOf(entry: JsonObject): string {
  const holder = [entry.hook, entry.change].find(isObject);
  return isObject(holder?.resource) ? text(holder.resource.addr) : '';
}

/** It counts the placeholders too; the step's totals do not. */
function isPlanSummary(entry: JsonObject): boolean {
  return isObject(entry.changes) && entry.changes.operation === 'plan';
}

function diagnosticText({ severity, summary, detail, address }: Diagnostic): string {
  const head = `${severity === 'error' ? 'Error' : 'Warning'}: ${summary}${address === undefined ? '' : ` (${address})`}`;
  return detail === '' ? head : `${head}\n${detail}`;
}

function plainLine(raw: string): MachineLine {
  const bare = stripVTControlCharacters(raw).trimEnd();
  return bare === '' ? {} : { line: { level: 'info', text: bare } };
}

/** One line of output. What is no JSON (init, a provider's panic) is handed on as it stands, without colours. */
export function readMachineLine(raw: string): MachineLine {
  const entry = parse(raw);
  if (entry === undefined) return plainLine(raw);
  if (isObject(entry.diagnostic)) {
    const diagnostic = readDiagnostic(entry.diagnostic);
    const level = diagnostic.severity === 'error' ? 'error' : 'warn';
    const { address } = diagnostic;
    return { diagnostic, line: { level, text: diagnosticText(diagnostic), ...(address ? { address } : {}) } };
  }
  if (SILENT.has(text(entry.type)) || isPlanSummary(entry)) return {};
  const address = addressOf(entry);
  if (PLACEHOLDER.test(address)) return {};
  const level = LEVELS[text(entry['@level'])] ?? 'info';
  return { line: { level, text: text(entry['@message']), ...(address === '' ? {} : { address }) } };
}
