import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { Failure } from '../failure.ts';

/** What a command writes must not stand among files of before. */
export function requireEmptyFolder(out: string, force: boolean | undefined): void {
  if (!force && existsSync(out) && readdirSync(out).length > 0)
    throw new Failure(1, `${out} is not empty.`, 'Name a new folder, or pass --force.');
}

/** Writes files below a folder; whatever the server says, nothing is written outside of it. */
export function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    const path = placeIn(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

function placeIn(folder: string, file: string): string {
  const path = normalize(file);
  if (isAbsolute(path) || path.startsWith('..'))
    throw new Failure(3, `The server named a file outside of the folder: ${file}.`);
  return join(folder, path);
}
