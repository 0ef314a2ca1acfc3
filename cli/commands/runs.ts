import type { Command } from 'commander';
import type { LogLine, Run, RunHead } from '../../schemas/generated/types.ts';
import { type Api, path } from '../client/api.ts';
import { addCommand, type Context, parseRef, print, printList, refPath, withServer } from '../context.ts';
import { Failure } from '../failure.ts';
import { totalsInWords } from '../output/changes.ts';
import { printRunTree } from '../output/run-tree.ts';
import { moment, took } from '../output/time.ts';
import { plain } from '../terminal.ts';
import { actAndFollow, finish, settleWaiting } from './apply.ts';

/** Every line of a run; the server answers in pages. */
async function readLogs(api: Api, id: string): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for (;;) {
    const after = lines.at(-1)?.id ?? 0;
    const page = await api.get<LogLine[]>(path`runs/${id}/logs?after=${after}`);
    if (page.length === 0) return lines;
    lines.push(...page);
  }
}

async function showRun(context: Context, id: string, options: { logs?: boolean }): Promise<void> {
  await withServer(context, async (api) => {
    if (!options.logs) {
      const run = await api.get<Run>(path`runs/${id}`);
      return print(context, run, () => printRunTree(context.terminal, run));
    }
    const lines = await readLogs(api, id);
    print(context, lines, () => {
      for (const line of lines)
        context.terminal.out(
          `${moment(line.at)} ${line.step ? `${line.step} ` : ''}${line.phase}  ${plain(line.text)}`,
        );
    });
  });
}

/** Lets a run go on, and stays with it until it rests. */
async function goOn(context: Context, id: string, verb: 'approve' | 'resume', body: unknown): Promise<void> {
  await withServer(context, async (api) => {
    const { project, environment } = await api.get<Run>(path`runs/${id}`);
    const run = await actAndFollow(context, api, { project, environment }, () =>
      api.send<Run>('POST', path`runs/${id}/${verb}`, body),
    );
    finish(context, await settleWaiting(context, api, run));
  });
}

async function cancel(context: Context, id: string): Promise<void> {
  await withServer(context, async (api) => {
    const { project, environment } = await api.get<Run>(path`runs/${id}`);
    const run = await actAndFollow(context, api, { project, environment }, () =>
      api.send<Run>('POST', path`runs/${id}/cancel`),
    );
    finish(context, run);
    // The person asked for exactly this.
    context.exitCode = run.status === 'cancelled' ? 0 : context.exitCode;
  });
}

/** `applied: create 3`, `planned: change 1`, `skipped: nothing changed` */
function stepInWords({ step }: RunHead): string {
  if (!step) return '';
  if (step.reason !== undefined) return `${step.status}: ${plain(step.reason)}`;
  if (step.status !== 'succeeded' && step.status !== 'planned') return step.status;
  return `${step.isApplied ? 'applied' : 'planned'}: ${totalsInWords(step.totals)}`;
}

export function addRunCommands(program: Command, context: Context): void {
  addCommand(program, 'runs <project/env>', 'list the runs of an environment')
    .option('--node <id>', 'those that had a step for this node, and what they did to it')
    .action((ref: string, { node }: { node?: string }) =>
      withServer(context, async (api) =>
        printList(
          context,
          await api.get<RunHead[]>(`${refPath(parseRef(ref))}/runs${node === undefined ? '' : path`?node=${node}`}`),
          {
            RUN: ({ id }) => id,
            '#': ({ number }) => String(number),
            KIND: ({ kind }) => kind,
            STATUS: ({ status }) => status,
            REVISION: ({ revision }) => String(revision),
            CHANGES: ({ totals }) => totalsInWords(totals),
            ...(node === undefined ? {} : { [node]: stepInWords }),
            BY: ({ by }) => by,
            STARTED: ({ createdAt }) => moment(createdAt),
            TOOK: ({ createdAt, endedAt }) => took(createdAt, endedAt),
          },
          node === undefined ? 'There are no runs.' : `No run had a step for ${node}.`,
        ),
      ),
    );
  const run = addCommand(program, 'run [id]', 'show a run: its waves, steps and phases with their times')
    .option('--logs', 'the log lines instead')
    .action((id: string | undefined, options: { logs?: boolean }) => {
      if (!id) throw new Failure(1, 'No run was named.', 'Give its id: `plumbline runs <project>/<env>` lists them.');
      return showRun(context, id, options);
    });
  addCommand(run, 'approve <id>', 'approve a waiting run, and follow it')
    .option('--confirm <name...>', 'names of nodes whose data may be lost')
    .action((id: string, { confirm }: { confirm?: string[] }) => goOn(context, id, 'approve', { confirm }));
  addCommand(run, 'cancel <id>', 'cancel a run').action((id: string) => cancel(context, id));
  addCommand(run, 'resume <id>', 'plan again what failed, and go on').action((id: string) =>
    goOn(context, id, 'resume', undefined),
  );
}
