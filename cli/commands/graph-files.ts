import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import type { EnvironmentSummary, Graph, GraphConflict, GraphSaved } from '../../schemas/generated/types.ts';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import type { Api } from '../client/api.ts';
import { rememberBase, rememberedBase } from '../client/bases.ts';
import { addCommand, type Context, parseRef, print, refPath, withServer } from '../context.ts';
import { ApiFailure, Failure } from '../failure.ts';
import { graphDiff } from '../output/graph-diff.ts';
import { countIssues, printIssues } from '../output/issues.ts';
import { paint } from '../terminal.ts';

/** A file's text; `-` is stdin. */
export function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new Failure(
      1,
      `${file} cannot be read: ${(error as Error).message}.`,
      'Give the path of a graph file, such as one that `plumbline pull` wrote.',
    );
  }
}

function readRevision(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Give the number of a revision.');
  return Number(text);
}

async function baseOf(
  api: Api,
  context: Context,
  ref: string,
  file: string,
  given: number | undefined,
): Promise<number> {
  const known = given ?? rememberedBase(context.env, file, ref);
  if (known !== undefined) return known;
  const summary = await api.get<EnvironmentSummary>(refPath(parseRef(ref)));
  if (summary.nodes === 0 && summary.revision <= 1) return summary.revision;
  throw new Failure(
    1,
    `${ref} is at revision ${summary.revision}, and it is not known which revision ${file} was made from.`,
    `Run \`plumbline pull ${ref} -o <file>\` and bring your edit into that file, or say the revision yourself with --base <revision>.`,
  );
}

function parsedGraph(text: string): Graph | undefined {
  try {
    return JSON.parse(text) as Graph;
  } catch {
    return undefined;
  }
}

/** Says what was changed there and here since the revision that both started from. */
function printConflict(context: Context, conflict: GraphConflict, text: string, ref: string, file: string): void {
  const { terminal } = context;
  const part = (title: string, before: Graph | undefined, after: Graph | undefined) => {
    if (!before || !after) return;
    const lines = graphDiff(before, after);
    terminal.err(paint(terminal, 'bold', title));
    for (const line of lines.slice(0, 20)) terminal.err(`  ${line}`);
    if (lines.length > 20) terminal.err(`  and ${lines.length - 20} more`);
    if (lines.length === 0) terminal.err('  nothing');
  };
  terminal.err(`${file} is based on revision ${conflict.base}, but ${ref} is at revision ${conflict.current}.`);
  part(`Changed in ${ref} since revision ${conflict.base}`, conflict.baseGraph, conflict.currentGraph);
  if (conflict.baseGraph)
    part(`Changed in ${file} since revision ${conflict.base}`, conflict.baseGraph, parsedGraph(text));
  else part(`From revision ${conflict.current} to ${file}`, conflict.currentGraph, parsedGraph(text));
  terminal.err(`To mend: plumbline pull ${ref} -o <another file>, bring your edit into it, and push that.`);
}

async function push(context: Context, ref: string, file: string, options: { base?: number }): Promise<void> {
  const text = readText(file);
  await withServer(context, async (api) => {
    const base = await baseOf(api, context, ref, file, options.base);
    try {
      const saved = await api.send<GraphSaved>('PUT', `${refPath(parseRef(ref))}/graph`, {
        base,
        mode: 'strict',
        text,
      });
      if (file !== '-') rememberBase(context.env, file, ref, saved.revision);
      print(context, saved, () => {
        printIssues(context.terminal, saved.issues, context.terminal.err);
        context.terminal.out(
          saved.changed
            ? `${ref} is at revision ${saved.revision}.`
            : `Nothing to change: ${ref} stays at revision ${saved.revision}.`,
        );
      });
    } catch (error) {
      if (context.json || !(error instanceof ApiFailure)) throw error;
      if (error.conflict) printConflict(context, error.conflict, text, ref, file);
      else if (error.issues.length > 0) {
        printIssues(context.terminal, error.issues, context.terminal.err);
        context.terminal.err(`Nothing was saved: ${countIssues(error.issues)} in ${file}.`);
      } else throw error;
      context.exitCode = 1;
    }
  });
}

async function pull(context: Context, ref: string, options: { layout?: boolean; output?: string }): Promise<void> {
  await withServer(context, async (api) => {
    const where = refPath(parseRef(ref));
    const { revision, graph } = await api.get<{ revision: number; graph: Graph }>(`${where}/graph`);
    // From the graph just read, not asked for anew: text and revision must be of one moment.
    const text = options.layout ? await api.text(`${where}/text?layout=true`) : canonicalText(graph);
    if (options.output) {
      writeFileSync(options.output, text);
      if (!options.layout) rememberBase(context.env, options.output, ref, revision);
    }
    if (context.json)
      return context.terminal.out(JSON.stringify(options.layout ? JSON.parse(text) : { revision, graph }, null, 2));
    if (options.output)
      context.terminal.out(
        `Wrote ${options.layout ? 'the layout' : `revision ${revision}`} of ${ref} to ${options.output}.`,
      );
    else context.terminal.out(text.replace(/\n$/, ''));
  });
}

export function addGraphFileCommands(program: Command, context: Context): void {
  addCommand(program, 'push <project/env> <graph.json>', 'save a graph file as the next revision of an environment')
    .option(
      '--base <revision>',
      'revision that the file was made from (else the one that pull or push remembered)',
      readRevision,
    )
    .action((ref: string, file: string, options: { base?: number }) => push(context, ref, file, options));
  addCommand(program, 'pull <project/env>', "print an environment's graph in its canonical form")
    .option('--layout', 'the layout of the boxes instead of the graph')
    .option('-o, --output <file>', 'write to a file and remember its revision for push')
    .action((ref: string, options: { layout?: boolean; output?: string }) => pull(context, ref, options));
}
