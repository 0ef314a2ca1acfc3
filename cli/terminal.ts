import { createInterface } from 'node:readline/promises';
import { stripVTControlCharacters, styleText } from 'node:util';

/** Where a command reads and writes; a test hands in its own. */
export interface Terminal {
  /** A person sits there: progress moves and questions can be asked. */
  interactive: boolean;
  color: boolean;
  /** One line of the result. */
  out(line: string): void;
  /** One line beside the result: errors and warnings. */
  err(line: string): void;
  /** Replaces the moving lines below the output; only with `interactive`. */
  live(lines: string[]): void;
  /** Undefined = interrupted. */
  ask(question: string): Promise<string | undefined>;
  /** Calls back on Ctrl-C; returns the way to stop that. */
  onInterrupt(callback: () => void): () => void;
}

export type Color = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Text in a colour, where the terminal shows colours. */
export function paint(terminal: Pick<Terminal, 'color'>, color: Color, text: string): string {
  return terminal.color ? styleText(color, text) : text;
}

/** Words of others (providers, modules) without what could steer a terminal. */
export function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  return stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

/** Whoever reads the output may have had enough (`… | head`); a command goes on to its end, and an apply is not cut off. */
function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** The terminal of this process. */
export function processTerminal(env: NodeJS.ProcessEnv): Terminal {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosed);
  const interactive = Boolean(process.stdin.isTTY && process.stdout.isTTY);
  let shown = 0;
  const clear = () => {
    if (shown > 0) process.stdout.write(`\u001b[${shown}A\u001b[0J`);
    shown = 0;
  };
  const live = (lines: string[]) => {
    clear();
    const width = process.stdout.columns || 80;
    for (const line of lines) process.stdout.write(`${line.slice(0, width - 1)}\n`);
    shown = lines.length;
  };
  return {
    interactive,
    color: interactive && !env.NO_COLOR,
    out: (line) => {
      clear();
      process.stdout.write(`${line}\n`);
    },
    err: (line) => {
      clear();
      process.stderr.write(`${line}\n`);
    },
    live,
    ask: askOnTerminal,
    onInterrupt: (callback) => {
      process.on('SIGINT', callback);
      return () => process.off('SIGINT', callback);
    },
  };
}

async function askOnTerminal(question: string): Promise<string | undefined> {
  const reader = createInterface({ input: process.stdin, output: process.stdout });
  const stopped = new AbortController();
  reader.once('SIGINT', () => stopped.abort());
  reader.once('close', () => stopped.abort());
  try {
    return await reader.question(question, { signal: stopped.signal });
  } catch {
    return undefined;
  } finally {
    reader.close();
  }
}
