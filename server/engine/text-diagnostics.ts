// Reads the diagnostics that the engine prints for people, where a command has no -json.
import { stripVTControlCharacters } from 'node:util';
import type { Diagnostic } from './engine-types.ts';

const HEAD = /^(Error|Warning): (.*)$/;

/** Diagnostics of `init` and `show` from standard error (boxes and colours are taken off). Text before the first one is dropped. */
export function readTextDiagnostics(stderr: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const raw of stderr.split('\n')) {
    const line = stripVTControlCharacters(raw)
      .replace(/^[╷│╵]\s?/u, '')
      .trimEnd();
    const [, kind, summary] = HEAD.exec(line) ?? [];
    const last = found.at(-1);
    if (kind !== undefined && summary !== undefined) {
      found.push({ severity: kind === 'Error' ? 'error' : 'warning', summary, detail: '' });
    } else if (last !== undefined) {
      last.detail = `${last.detail}${line}\n`;
    }
  }
  return found.map((d) => ({ ...d, detail: d.detail.trim() }));
}
