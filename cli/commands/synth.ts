import type { Command } from 'commander';
import type { SynthOutput } from '../../schemas/generated/types.ts';
import { addCommand, type Context, parseRef, print, refPath, withServer } from '../context.ts';
import { requireEmptyFolder, writeFiles } from './files-out.ts';

export function addSynthCommand(program: Command, context: Context): void {
  addCommand(program, 'synth <project/env>', 'write the Terraform roots, which run alone with plain Terraform')
    .requiredOption('--out <folder>', 'where to write them: a folder per node')
    .option('--force', 'write into a folder that is not empty')
    .action((ref: string, { out, force }: { out: string; force?: boolean }) => {
      requireEmptyFolder(out, force);
      return withServer(context, async (api) => {
        const { files } = await api.get<SynthOutput>(`${refPath(parseRef(ref))}/synth`);
        writeFiles(out, files);
        const written = Object.keys(files).sort();
        print(context, { out, files: written }, () => context.terminal.out(`Wrote ${written.length} files to ${out}.`));
      });
    });
}
