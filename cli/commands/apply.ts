import type { Command } from 'commander';
import type { EnvironmentState, Need, Run, RunCreate, RunKind } from '../../schemas/generated/types.ts';
import { type Api, path } from '../client/api.ts';
import { followRun } from '../client/follow-run.ts';
import { addCommand, type Context, type EnvironmentRef, parseRef, print, refPath, withServer } from '../context.ts';
import { printChanges, totalsInWords } from '../output/changes.ts';
import { Progress } from '../output/progress.ts';
import { errorLines, statusWord } from '../output/run-tree.ts';
import { took } from '../output/time.ts';
import { plain } from '../terminal.ts';

/** Does something to a run and follows it until it rests; Ctrl-C asks the server to cancel it. */
export async function actAndFollow(
  context: Context,
  api: Api,
  ref: EnvironmentRef,
  act: () => Promise<Run>,
): Promise<Run> {
  const { lastEvent } = await api.get<EnvironmentState>(`${refPath(ref)}/state`);
  const started = await act();
  const progress = context.json ? undefined : new Progress(context.terminal);
  const stopListening = context.terminal.onInterrupt(() => {
    context.terminal.err('Cancelling: the engine is asked to stop at a safe point...');
    api.send('POST', path`runs/${started.id}/cancel`).catch((error: Error) => context.terminal.err(error.message));
  });
  try {
    return await followRun(api, started, lastEvent, {
      onRun: (run) => progress?.onRun(run),
      onEvent: (event) => progress?.onEvent(event),
    });
  } finally {
    stopListening();
    progress?.stop();
  }
}

function printNeed(context: Context, need: Need): void {
  const { terminal } = context;
  terminal.out(plain(need.reason));
  if (need.loses) terminal.out(`  lost: ${plain(need.loses)}`);
  for (const rest of need.stays ?? []) terminal.out(`  stays: ${plain(rest)}`);
}

/** Asks what a waiting run needs to be told; undefined = the answer was no. */
async function askNeeds(context: Context, run: Run): Promise<string[] | undefined> {
  const names: string[] = [];
  for (const need of run.needs) {
    if (need.kind !== 'name') continue;
    printNeed(context, need);
    const name = need.name ?? need.node;
    const answer = await context.terminal.ask(`Type the name '${name}' to go on: `);
    if (answer?.trim() !== name) return undefined;
    names.push(name);
  }
  for (const need of run.needs) if (need.kind === 'approval' && need.reason) printNeed(context, need);
  const answer = await context.terminal.ask(
    `${run.kind === 'destroy' ? 'Delete all of this in' : 'Apply these changes to'} ${run.project}/${run.environment}? [y/N] `,
  );
  return /^y(es)?$/i.test(answer?.trim() ?? '') ? names : undefined;
}

const quoted = (name: string) => (/^[\w.-]+$/.test(name) ? name : `"${name}"`);

/** Says how to go on with a run that was left waiting; a plan was asked to stop there. */
function sayWaiting(context: Context, run: Run): void {
  const say = run.kind === 'plan' ? context.terminal.out : context.terminal.err;
  const names = run.needs.filter((need) => need.kind === 'name').map((need) => quoted(need.name ?? need.node));
  say(
    `${run.kind === 'plan' ? 'Apply it with' : 'The run waits for approval. Go on with'}: plumbline run approve ${run.id}${names.length > 0 ? ` --confirm ${names.join(' ')}` : ''}`,
  );
  if (run.kind !== 'plan') say(`Or give it up with: plumbline run cancel ${run.id}`);
}

/** Shows what a waiting run would do and, on a terminal, asks and goes on. */
export async function settleWaiting(context: Context, api: Api, waiting: Run): Promise<Run> {
  let run = waiting;
  while (run.status === 'waiting') {
    if (!context.json) printChanges(context.terminal, run);
    if (context.json || !context.terminal.interactive || run.kind === 'plan') return run;
    const confirm = await askNeeds(context, run);
    const { id, project, environment } = run;
    if (!confirm) {
      context.terminal.out('Not approved: the run is cancelled, and nothing was changed by what was asked here.');
      return api.send<Run>('POST', path`runs/${id}/cancel`);
    }
    run = await actAndFollow(context, api, { project, environment }, () =>
      api.send<Run>('POST', path`runs/${id}/approve`, { confirm }),
    );
  }
  return run;
}

/** Says how a run came out, and sets the exit code by it. */
export function finish(context: Context, run: Run): void {
  const { terminal } = context;
  if (run.status === 'failed') context.exitCode = 2;
  else if (run.status === 'cancelled') context.exitCode = 1;
  else if (run.status === 'waiting' && run.kind !== 'plan') context.exitCode = 1;
  print(context, run, () => {
    if (run.status === 'waiting') return sayWaiting(context, run);
    const time = took(run.createdAt, run.endedAt);
    const facts = [time && ` after ${time}`, run.status === 'succeeded' ? `: ${totalsInWords(run.totals)}` : ''].join(
      '',
    );
    terminal.out(
      `${run.kind} of ${run.project}/${run.environment} ${statusWord(terminal, run.status)}${facts}. (run ${run.id})`,
    );
    const isTold = run.steps.some((step) => step.error);
    if (run.error && !isTold) for (const line of errorLines(run.error, '')) terminal.err(line);
    if (run.status === 'failed')
      terminal.err(`See its logs with: plumbline run ${run.id} --logs, and go on with: plumbline run resume ${run.id}`);
  });
}

interface RunOptions {
  only?: string[];
  refresh?: boolean;
  approve?: boolean;
  confirm?: string[];
}

async function startRun(context: Context, kind: RunKind, text: string, options: RunOptions): Promise<void> {
  const ref = parseRef(text);
  const { only, refresh, approve, confirm } = options;
  const body: RunCreate = { kind, only, refresh, approve, confirm };
  await withServer(context, async (api) => {
    const run = await actAndFollow(context, api, ref, () => api.send<Run>('POST', `${refPath(ref)}/runs`, body));
    finish(context, await settleWaiting(context, api, run));
  });
}

const summaries: Record<RunKind, string> = {
  plan: 'show what an apply would change',
  apply: "make the cloud as the environment's graph says",
  destroy: 'destroy what is deployed',
};

export function addApplyCommands(program: Command, context: Context): void {
  for (const kind of ['plan', 'apply', 'destroy'] as const) {
    const command = addCommand(program, `${kind} <project/env>`, summaries[kind])
      .option('--only <node...>', 'these nodes, with upstream artifacts as last published')
      .option('--refresh', 'skip nothing: find and heal what was changed behind our back')
      .option('--approve', 'do not ask, where the environment lets its user approve')
      .option('--confirm <name...>', 'names of nodes whose data may be lost');
    command.action((text: string, options: RunOptions) => startRun(context, kind, text, options));
  }
}
