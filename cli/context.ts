import type { Command } from 'commander';
import type { Api } from './client/api.ts';
import { connect } from './client/connect.ts';
import { type ExitCode, Failure } from './failure.ts';
import { printTable } from './output/table.ts';
import type { Terminal } from './terminal.ts';

/** What every command works with. */
export interface Context {
  env: NodeJS.ProcessEnv;
  terminal: Terminal;
  /** --json: the result as JSON on stdout, and nothing else there. */
  json: boolean;
  exitCode: ExitCode;
}

export interface EnvironmentRef {
  project: string;
  environment: string;
}

/** Reads `<project>/<env>`. */
export function parseRef(text: string): EnvironmentRef {
  const [project, environment, ...rest] = text.split('/');
  if (!project || !environment || rest.length > 0) {
    throw new Failure(1, `'${text}' is no environment.`, 'Write it as <project>/<env>, such as orders/development.');
  }
  return { project, environment };
}

/** The API's path of an environment. */
export function refPath({ project, environment }: EnvironmentRef): string {
  return `projects/${encodeURIComponent(project)}/environments/${encodeURIComponent(environment)}`;
}

/** Adds a command with what every command has. */
export function addCommand(parent: Command, signature: string, summary: string): Command {
  return parent.command(signature).description(summary).option('--json', 'print the result as JSON');
}

/** Works with a server, which is stopped afterwards when it was started for this. */
export async function withServer<T>(context: Context, work: (api: Api) => Promise<T>): Promise<T> {
  const server = await connect(context.env);
  try {
    return await work(server.api);
  } finally {
    await server.close();
  }
}

/** Prints a result: as JSON where that was asked for, else in words. */
export function print(context: Context, value: unknown, words: () => void): void {
  if (context.json) context.terminal.out(JSON.stringify(value, null, 2));
  else words();
}

/** Prints a list as a table, or a sentence when it is empty. */
export function printList<T>(
  context: Context,
  items: T[],
  columns: Record<string, (item: T) => string>,
  empty: string,
): void {
  print(context, items, () => {
    if (items.length === 0) context.terminal.out(empty);
    else printTable(context.terminal, items, columns);
  });
}
