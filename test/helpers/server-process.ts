// The built server as a process of its own, on a data folder: for tests that kill it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const bundle = fileURLToPath(new URL('../../build/server.mjs', import.meta.url));

export type ServerProcess = Awaited<ReturnType<typeof startServerProcess>>;

/** An answer of the API that is no 2xx. */
export class CallFailed extends Error {
  constructor(
    readonly status: number,
    readonly body: { code: string; message: string },
  ) {
    super(`${status} ${JSON.stringify(body)}`);
  }
}

/**
 * Starts the server on a free port and waits until it answers.
 *
 * @param program what node runs: the build, unless a test has a server of its own.
 */
export async function startServerProcess(
  dataDir: string,
  { env = {}, program = [bundle] }: { env?: NodeJS.ProcessEnv; program?: string[] } = {},
) {
  if (program[0] === bundle && !existsSync(bundle)) throw new Error('There is no build: run `npm run build` first.');
  const child = spawn(process.execPath, program, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PLUMBLINE_DATA: dataDir, PLUMBLINE_PORT: '0', PLUMBLINE_TOKEN: '', ...env },
  });
  const words: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => words.push(String(piece)));
  const { address } = await untilListening(child, dataDir, words);
  const open = (path: string, init: RequestInit = {}) => fetch(`${address}/api/${path}`, init);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    address,
    pid: child.pid,
    /** Everything that it has written to standard output and standard error. */
    output: () => words.join(''),
    open,
    /** Calls the API. @throws CallFailed */
    async call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
      const answer = await open(path, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new CallFailed(answer.status, JSON.parse(text));
      return (answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text) as T;
    },
    /** `kill -9`: it has no chance to tidy up. */
    kill: () => end('SIGKILL'),
    /** Ends it in order. */
    stop: () => end('SIGTERM'),
  };
}

async function untilListening(child: ChildProcess, dataDir: string, words: string[]): Promise<{ address: string }> {
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The server ended before it listened:\n${words.join('')}`);
    const found = readServerFile(join(dataDir, 'server.json'));
    if (found?.pid === child.pid && found) return found;
    await delay(20);
  }
}

function readServerFile(file: string): { address: string; pid: number } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { address: string; pid: number };
  } catch {
    return undefined;
  }
}
