import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { findRunningServer } from '../client/connect.ts';
import { dataFolder, root } from '../client/installation.ts';
import { addCommand, type Context, print, withServer } from '../context.ts';
import { type ExitCode, Failure } from '../failure.ts';

async function backup(context: Context, file: string, options: { force?: boolean }): Promise<void> {
  if (existsSync(file) && !options.force)
    throw new Failure(1, `${file} exists already.`, 'Name another file, or pass --force.');
  await withServer(context, async (api) => {
    const stream = await api.open('backup');
    const fresh = `${file}.${process.pid}`;
    try {
      await pipeline(stream, createWriteStream(fresh, { mode: 0o600, flags: 'wx' }));
      renameSync(fresh, file);
    } finally {
      rmSync(fresh, { force: true });
    }
  });
  const { size } = statSync(file);
  print(context, { file: resolve(file), bytes: size }, () =>
    context.terminal.out(
      `Wrote ${file} (${(size / 1e6).toFixed(1)} MB). It holds wrapped keys: keep the master key as well, and apart from it.`,
    ),
  );
}

async function restore(context: Context, file: string, bundle = join(root, 'build', 'server.mjs')): Promise<void> {
  if (context.env.PLUMBLINE_SERVER)
    throw new Failure(
      1,
      'A backup is restored where its data folder is.',
      'Unset PLUMBLINE_SERVER and run this on the machine of the server.',
    );
  if (!existsSync(file))
    throw new Failure(1, `${file} does not exist.`, 'Give the path of a file that `plumbline backup` wrote.');
  const running = await findRunningServer(context.env);
  if (running)
    throw new Failure(
      1,
      `A server runs on this data folder (${running.address}).`,
      'Stop it, restore, and start it again.',
    );
  const data = dataFolder(context.env);
  const child = spawn(process.execPath, [bundle, '--restore', resolve(file)], {
    env: { ...context.env, PLUMBLINE_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (words += piece.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Failure(restoreExit(code), `The backup was not restored:\n${words.trim()}`);
  print(context, { restored: resolve(file), data }, () =>
    context.terminal.out(words.trim() || `Restored ${file} into ${data}.`),
  );
}

const restoreExit = (code: number | null): ExitCode => (code === 1 || code === 3 ? code : 2);

export function addBackupCommands(program: Command, context: Context): void {
  addCommand(program, 'backup <file>', 'write database, state and wrapped keys of the server into a file')
    .option('--force', 'replace the file')
    .action((file: string, options: { force?: boolean }) => backup(context, file, options));
  addCommand(program, 'restore <file>', 'put a backup back, checked, while no server runs').action((file: string) =>
    restore(context, file),
  );
}
