// The calls on a Terraform root: init, plan, show, apply, and the one that moves its state to another registry's providers.
import { type EngineExit, type OutputMode, runEngine } from './engine-process.ts';
import { EngineFailure, type RootCall } from './engine-types.ts';
import type { PlanJson } from './plan-changes.ts';
import {
  copyInit,
  distrustInit,
  forgetInit,
  initDigest,
  isInitialised,
  markInitialised,
  shareInit,
} from './root-files.ts';
import { readTextDiagnostics } from './text-diagnostics.ts';
import { type EnginePhase, stoppedError, translateError } from './translate-error.ts';

export { writeRoot } from './root-files.ts';

export interface PlanCall extends RootCall {
  /** Name of the saved plan's file in the root's folder. It holds secrets: seal it and delete it. */
  out: string;
  destroy?: boolean;
  /** false = do not ask the cloud what is there. */
  refresh?: boolean;
}

function failure(phase: EnginePhase, exit: EngineExit, call: RootCall): EngineFailure {
  const text = readTextDiagnostics(exit.stderr);
  const diagnostics = exit.diagnostics.length > 0 ? exit.diagnostics : text;
  const error = exit.stopped
    ? stoppedError(phase, exit.stopped, call.timeoutMs)
    : translateError({ phase, diagnostics, stderr: exit.stderr, exitCode: exit.exitCode, killedBy: exit.killedBy });
  return new EngineFailure(error, diagnostics);
}

async function run(
  call: RootCall,
  phase: EnginePhase,
  args: string[],
  mode: OutputMode,
  good = [0],
): Promise<EngineExit> {
  const exit = await runEngine(call, [phase, ...args], mode).catch((cause: unknown) => {
    const stderr = cause instanceof Error ? cause.message : String(cause);
    throw new EngineFailure(translateError({ phase, diagnostics: [], stderr }));
  });
  // An engine that finished before it noticed that it was to stop has done its work: say so.
  if (exit.exitCode !== null && good.includes(exit.exitCode)) return exit;
  const failed = failure(phase, exit, call);
  if (failed.error.code === 'provider-missing') await distrustInit(call.dir);
  throw failed;
}

/** The plugin cache is not safe for two inits at a time. */
let lastInit: Promise<unknown> = Promise.resolve();

function oneAtATime<T>(act: () => Promise<T>): Promise<T> {
  const mine = lastInit.then(act, act);
  lastInit = mine.catch(() => {});
  return mine;
}

/**
 * `init`, skipped (false) where the folder is initialised for the same engine, providers and backend. An init leaves the same few files
 * and links in every root, so that a root whose neighbour was initialised alike takes them over: nobody is asked for versions again, and
 * both have the same one.
 * @throws EngineFailure
 */
export async function initRoot(call: RootCall): Promise<boolean> {
  const digest = await initDigest(call);
  if (await isInitialised(call.dir, digest)) return false;
  await forgetInit(call.dir);
  const init = async (): Promise<boolean> => {
    if (await copyInit(call.dir, digest)) return false;
    await run(call, 'init', ['-no-color', '-input=false'], 'lines');
    await markInitialised(call.dir, digest);
    await shareInit(call.dir, digest);
    return true;
  };
  // A re-attached provider is not installed, so there is no cache to spoil.
  return call.env.TF_REATTACH_PROVIDERS === undefined ? oneAtATime(init) : init();
}

/**
 * `plan -out` and `show -json`. `planJson` holds secrets: keep it in memory. `hasChanges` is the engine's own word: also true where
 * only outputs or the placeholders of unknown inputs would change (see `readChanges`).
 * @throws EngineFailure
 */
export async function planRoot(call: PlanCall): Promise<{ planJson: PlanJson; hasChanges: boolean }> {
  const args = ['-json', '-input=false', '-detailed-exitcode', `-out=${call.out}`];
  if (call.destroy) args.push('-destroy');
  if (call.refresh === false) args.push('-refresh=false');
  const { exitCode } = await run(call, 'plan', args, 'lines', [0, 2]);
  const planJson = await showPlan({ ...call, planFile: call.out });
  return { planJson, hasChanges: exitCode === 2 };
}

/** `show -json` of a saved plan. @throws EngineFailure */
async function showPlan(call: RootCall & { planFile: string }): Promise<PlanJson> {
  const { stdout } = await run(call, 'show', ['-json', '-no-color', call.planFile], 'memory');
  return JSON.parse(stdout) as PlanJson;
}

/** Applies a saved plan as it stands. Outputs are in the state that was stored, see `readState`. @throws EngineFailure */
export async function applyRoot(call: RootCall & { planFile: string }): Promise<void> {
  await run(call, 'apply', ['-json', '-input=false', call.planFile], 'kept-lines');
}

/** Rewrites the address of a provider in the state of an initialised root, under the state's lock. @throws EngineFailure */
export async function replaceProvider(call: RootCall, from: string, to: string): Promise<void> {
  await run(call, 'state', ['replace-provider', '-auto-approve', from, to], 'lines');
}
