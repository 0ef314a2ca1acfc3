import type { Command } from 'commander';
import type { CheckResult, Issue } from '../../schemas/generated/types.ts';
import { addCommand, type Context, print, withServer } from '../context.ts';
import { countIssues, printIssues } from '../output/issues.ts';
import { readText } from './graph-files.ts';

/** Asks the server that PLUMBLINE_SERVER names; else judges here, with no server at all. */
async function issuesOf(context: Context, text: string): Promise<Issue[]> {
  if (context.env.PLUMBLINE_SERVER) {
    return withServer(context, async (api) => (await api.send<CheckResult>('POST', 'check', { text })).issues);
  }
  // Ajv is slow to load and only needed here.
  const { checkFileText } = await import('../check-file.ts');
  return checkFileText(text);
}

export function addCheckCommand(program: Command, context: Context): void {
  addCommand(program, 'check <graph.json>', 'check a graph file: every issue at once').action(async (file: string) => {
    const issues = await issuesOf(context, readText(file));
    print(context, { issues }, () => {
      printIssues(context.terminal, issues, context.terminal.out);
      context.terminal.out(issues.length === 0 ? `${file} is good.` : `${countIssues(issues)} in ${file}.`);
    });
    if (issues.some((issue) => issue.blocks !== 'nothing')) context.exitCode = 1;
  });
}
