import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import type { Command } from 'commander';
import type { SynthOutput } from '../../schemas/generated/types.ts';
import { addCommand, type Context, parseRef, print, refPath, withServer } from '../context.ts';
import { Failure } from '../failure.ts';

/** A file's place below the folder; whatever the server says, nothing is written outside of it. */
function placeIn(folder: string, file: string): string {
  const path = normalize(file);
  if (isAbsolute(path) || path.startsWith('..'))
    throw new Failure(3, `The server named a file outside of the folder: ${file}.`);
  return join(folder, path);
}

function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    const path = placeIn(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

export function addSynthCommand(program: Command, context: Context): void {
  addCommand(program, 'synth <project/env>', 'write the Terraform roots, which run alone with plain Terraform')
    .requiredOption('--out <folder>', 'where to write them: a folder per node')
    .option('--force', 'write into a folder that is not empty')
    .action((ref: string, { out, force }: { out: string; force?: boolean }) => {
      if (!force && existsSync(out) && readdirSync(out).length > 0)
        throw new Failure(1, `${out} is not empty.`, 'Name a new folder, or pass --force.');
      return withServer(context, async (api) => {
        const { files } = await api.get<SynthOutput>(`${refPath(parseRef(ref))}/synth`);
        writeFiles(out, files);
        const written = Object.keys(files).sort();
        print(context, { out, files: written }, () => context.terminal.out(`Wrote ${written.length} files to ${out}.`));
      });
    });
}
