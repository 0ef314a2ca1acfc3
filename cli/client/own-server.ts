import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import { root } from './installation.ts';
import { answers, readServerFile, type ServerFile } from './server-file.ts';

export interface OwnServer extends ServerFile {
  close(): Promise<void>;
}

const serverBundle = join(root, 'build', 'server.mjs');

/** Keeps the last words of a child, for the case that it does not start. */
function lastWords(child: ChildProcess): () => string {
  let text = '';
  const keep = (piece: Buffer) => {
    text = (text + piece.toString()).slice(-4000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => text.trim();
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
  await ended;
  clearTimeout(late);
}

/**
 * Starts a server on a port of its own for the duration of a command.
 * @throws Failure with the server's own words when it ends before it answers
 */
export async function startOwnServer(env: NodeJS.ProcessEnv, data: string, bundle = serverBundle): Promise<OwnServer> {
  if (!existsSync(bundle))
    throw new Failure(2, 'There is no built server to start.', 'Run `npm run build` first, or set PLUMBLINE_SERVER.');
  // A group of its own: Ctrl-C is for the command, which asks the server to cancel.
  const child = spawn(process.execPath, [join(root, 'cli', 'serve-while.mjs'), bundle], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...env, PLUMBLINE_DATA: data, PLUMBLINE_PORT: '0', PLUMBLINE_HOST: '127.0.0.1' },
  });
  child.stdin?.on('error', () => undefined);
  const words = lastWords(child);
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Failure(
        2,
        `The server for this command did not start:\n${words()}`,
        'Mend that, or start one with `npm start`.',
      );
    }
    const file = readServerFile(data);
    if (file && file.pid === child.pid && (await answers(file))) return { ...file, close: () => stop(child) };
    await delay(30);
  }
}
