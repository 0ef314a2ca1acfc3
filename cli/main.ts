import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { root } from './client/installation.ts';
import { addApplyCommands } from './commands/apply.ts';
import { addBackupCommands } from './commands/backup.ts';
import { addCatalogueCommands } from './commands/catalogue.ts';
import { addCheckCommand } from './commands/check.ts';
import { addEnvironmentCommands } from './commands/environments.ts';
import { addGraphFileCommands } from './commands/graph-files.ts';
import { addOutcomeCommands } from './commands/outcome.ts';
import { addRunCommands } from './commands/runs.ts';
import { addSandboxCommands } from './commands/sandbox.ts';
import { addSynthCommand } from './commands/synth.ts';
import type { Context } from './context.ts';
import { ApiFailure, describeFailure, type ExitCode } from './failure.ts';
import { printIssues } from './output/issues.ts';
import { paint, plain, processTerminal, type Terminal } from './terminal.ts';

function createProgram(context: Context): Command {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const program = new Command('plumbline')
    .description('Infrastructure from a graph of modules and contracts.')
    .version(version)
    .showHelpAfterError('(add --help to see what it takes)')
    .configureOutput({
      writeOut: (text) => context.terminal.out(text.trimEnd()),
      writeErr: (text) => context.terminal.err(text.trimEnd()),
    })
    .exitOverride()
    .hook('preAction', (_program, command) => {
      context.json = command.optsWithGlobals().json === true;
    });
  addCheckCommand(program, context);
  addCatalogueCommands(program, context);
  addEnvironmentCommands(program, context);
  addGraphFileCommands(program, context);
  addApplyCommands(program, context);
  addRunCommands(program, context);
  addOutcomeCommands(program, context);
  addSynthCommand(program, context);
  addSandboxCommands(program, context);
  addBackupCommands(program, context);
  return program;
}

function printFailure(context: Context, error: unknown): ExitCode {
  const { exitCode, body } = describeFailure(error);
  const { terminal } = context;
  if (context.json) terminal.out(JSON.stringify({ error: body }, null, 2));
  terminal.err(`${paint(terminal, 'red', 'error')} ${plain(body.message)}`);
  if (body.got) terminal.err(`  got       ${plain(body.got)}`);
  if (body.expected) terminal.err(`  expected  ${plain(body.expected)}`);
  if (body.detail) terminal.err(`  ${plain(body.detail)}`);
  if (body.fix) terminal.err(`  to mend   ${plain(body.fix)}`);
  if (error instanceof ApiFailure) printIssues(terminal, error.issues, terminal.err);
  if (exitCode !== 3) return exitCode;
  if (body.requestId) terminal.err(`  request   ${body.requestId} (the server's log has more)`);
  else if (error instanceof Error && error.stack) terminal.err(error.stack);
  terminal.err('This is a bug in Plumbline. Please report it with the words above.');
  return exitCode;
}

/** Runs one command line and returns the code to exit with. */
export async function run(args: string[], env: NodeJS.ProcessEnv, terminal: Terminal): Promise<ExitCode> {
  const context: Context = { env, terminal, json: false, exitCode: 0 };
  try {
    await createProgram(context).parseAsync(args, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    return printFailure(context, error);
  }
}

/** The command of this process. */
export async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), process.env, processTerminal(process.env));
}
