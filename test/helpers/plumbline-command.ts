// The `plumbline` command as a new user runs it: a process, a data folder, and no server that runs already.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../cli/plumbline.mjs', import.meta.url));

export interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

interface ProgramOptions {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** Nobody reads what it prints: the pipe is closed at once. */
  unread?: boolean;
}

/** Runs a program to its end. */
export async function runProgram(
  program: string,
  args: string[],
  { unread, ...options }: ProgramOptions,
): Promise<Outcome> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  if (unread) child.stdout.destroy();
  let out = '';
  let err = '';
  child.stdout.on('data', (piece: Buffer) => (out += String(piece)));
  child.stderr.on('data', (piece: Buffer) => (err += String(piece)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** The command over one data folder: in words, or with --json and its exit code checked. */
export function plumblineOn(dataDir: string, more: NodeJS.ProcessEnv = {}) {
  const env: NodeJS.ProcessEnv = { ...process.env, ...more, PLUMBLINE_DATA: dataDir };
  delete env.PLUMBLINE_SERVER;
  const words = (...args: string[]) => runProgram(process.execPath, [command, ...args], { env });
  return {
    words,
    /** The same with nobody who reads what it prints. */
    unread: (...args: string[]) => runProgram(process.execPath, [command, ...args], { env, unread: true }),
    /** @throws where it ends otherwise than with `code`, or writes no JSON. */
    async json<T>(code: number, ...args: string[]): Promise<T> {
      const outcome = await words(...args, '--json');
      if (outcome.code !== code)
        throw new Error(`${args.join(' ')} ended with ${outcome.code}:\n${outcome.out}${outcome.err}`);
      return JSON.parse(outcome.out) as T;
    },
  };
}
