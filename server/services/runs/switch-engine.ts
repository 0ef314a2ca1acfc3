// Moves an environment to the other engine: the addresses of its providers are rewritten in every state, then the environment is.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineKind, EngineSwitched } from '../../../schemas/generated/types.ts';
import { ENGINE_NAME, otherEngine, PROVIDER_REGISTRY } from '../../../schemas/rules/engines.ts';
import { type EngineBinary, EngineFailure, type RootCall } from '../../engine/engine-types.ts';
import { initRoot, replaceProvider, writeRoot } from '../../engine/root-calls.ts';
import { schedule } from '../../engine/schedule.ts';
import { readProviders } from '../../engine/state-file.ts';
import { fail } from '../../errors.ts';
import type { EnvironmentRecord } from '../../store/environments.ts';
import { writeEngineRecord } from './engine-record.ts';
import { freeStaleLock } from './root.ts';
import type { RunDeps, RunSession } from './session.ts';

/** Enough of a root to reach a state: its address comes from the environment of the process. */
const stateRoot = { terraform: { backend: { http: {} } } };
/** Beside the roots of the nodes; none of them can have this name. */
const workFolder = '.engine-switch';
const timeoutMs = 5 * 60_000;

/** Addresses in a node's state that mean the other engine's registry; none where it has no state. */
async function strayProviders(deps: RunDeps, environment: string, node: string, engine: EngineKind): Promise<string[]> {
  const state = await deps.store.states.read({ environment, node });
  const stray = `${PROVIDER_REGISTRY[otherEngine(engine)]}/`;
  return state ? readProviders(state).filter((address) => address.startsWith(stray)) : [];
}

/**
 * Refuses steps whose state the environment's engine cannot plan, before it is asked to: a switch of engines ended half-way.
 * @throws `engine-mismatch`
 */
export async function requireOwnStates({ deps, env, record }: RunSession): Promise<void> {
  const { engine, project, name } = env.document;
  const stray: string[] = [];
  for (const step of record.steps.values()) {
    if (step.status === 'skipped' || step.status === 'succeeded') continue;
    if ((await strayProviders(deps, env.id, step.node, engine)).length > 0) stray.push(step.node);
  }
  if (stray.length === 0) return;
  const other = otherEngine(engine);
  fail('engine-mismatch', {
    message: `The state of ${stray.slice(0, 10).join(', ')} names ${ENGINE_NAME[other]}'s providers, and this environment is planned with ${ENGINE_NAME[engine]}.`,
    got: PROVIDER_REGISTRY[other],
    expected: PROVIDER_REGISTRY[engine],
    fix: `A switch of engines stopped half-way. End it with: plumbline env engine ${project}/${name} ${other}; or go back with: plumbline env engine ${project}/${name} ${engine}. Nothing was planned.`,
  });
}

/**
 * Makes `to` the engine of an environment that no run is driving. What was rewritten before a failure stays, and a second switch to
 * either engine goes on from there.
 * @throws `run-state` while a plan waits, `engine-missing`, `engine-download`, `engine-switch`
 */
export async function switchEngine(deps: RunDeps, environment: EnvironmentRecord, to: EngineKind, who: string) {
  const { id, document } = environment;
  const { project, name, engine: from } = document;
  await refuseWaiting(deps, environment);
  const nodes = await rewriteStates(deps, environment, await deps.engine(to));
  const answer: EngineSwitched = { from, to, nodes };
  await deps.store.transaction(async () => {
    await deps.store.environments.change(id, { ...document, engine: to });
    // A plan that the other engine saved cannot be applied: a run that is resumed plans its steps again.
    for (const run of await deps.store.runs.list(id)) await deps.store.plans.removeRun(run.id);
    const entry = { who, what: 'environment.engine', project, environment: name, environmentId: id };
    await deps.store.audit.append({ ...entry, before: { engine: from }, after: { engine: to, nodes } });
    await deps.hub.publish(id, [{ project, environment: name, type: 'environment' }]);
  });
  return answer;
}

async function refuseWaiting({ store }: RunDeps, { id, document }: EnvironmentRecord): Promise<void> {
  const [waiting] = await store.runs.unfinished(id);
  if (!waiting) return;
  fail('run-state', {
    message: `Run ${waiting.number} waits for approval, and what it planned can be applied by ${ENGINE_NAME[document.engine]} alone.`,
    fix: 'Apply it or discard it, then switch the engine.',
  });
}

/** @returns the nodes whose state was rewritten, in order. */
async function rewriteStates(deps: RunDeps, environment: EnvironmentRecord, engine: EngineBinary): Promise<string[]> {
  const work: { id: string; dependsOn: []; stray: string[] }[] = [];
  for (const { node } of await deps.store.deployments.list(environment.id)) {
    const stray = await strayProviders(deps, environment.id, node, engine.kind);
    if (stray.length > 0) work.push({ id: node, dependsOn: [], stray });
  }
  if (work.length === 0) return [];
  const done: string[] = [];
  const failures: { node: string; error: unknown }[] = [];
  const folder = await openFolder(deps, environment, engine).catch((error: unknown) =>
    refuse(environment, engine.kind, { done, count: work.length, error }),
  );
  try {
    await schedule({
      steps: work,
      concurrency: deps.parallel,
      signal: new AbortController().signal,
      run: ({ id: node, stray }) =>
        folder.rewrite(node, stray).then(
          () => (done.push(node), 'ok' as const),
          (error: unknown) => (failures.push({ node, error }), 'failed' as const),
        ),
    });
  } finally {
    await folder.remove();
  }
  const [failure] = failures;
  if (failure) refuse(environment, engine.kind, { done, count: work.length, ...failure });
  return done.sort();
}

/**
 * A root from which every state of an environment can be reached. It is initialised without one: with a state, `init` would install the
 * very providers whose addresses are to be rewritten.
 */
async function openFolder(deps: RunDeps, { id, document }: EnvironmentRecord, engine: EngineBinary) {
  const dir = join(deps.dataDir, 'work', id, workFolder);
  const withState = async (node: string, act: (call: RootCall) => Promise<unknown>): Promise<void> => {
    const credentials = deps.backend.credentials({ environment: id, node, run: '' });
    const recordDir = join(dir, node);
    await mkdir(recordDir, { recursive: true, mode: 0o700 });
    try {
      await act({
        ...{ engine, dir, timeoutMs, env: credentials.env, cliConfig: deps.cliConfig },
        target: document.target.kind,
        signal: new AbortController().signal,
        // What matters of it comes with the failure.
        onLine: () => {},
        onSpawn: (pid, startedAt) => writeEngineRecord(recordDir, { pid, startedAt }),
      });
    } finally {
      credentials.revoke();
    }
  };
  await writeRoot(dir, stateRoot);
  await withState(workFolder, initRoot);
  return {
    async rewrite(node: string, stray: readonly string[]): Promise<void> {
      await freeStaleLock(deps, id, node);
      await withState(node, async (call) => {
        for (const address of stray) {
          const [, ...rest] = address.split('/');
          await replaceProvider(call, address, [PROVIDER_REGISTRY[engine.kind], ...rest].join('/'));
        }
      });
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

function refuse(
  { document }: EnvironmentRecord,
  to: EngineKind,
  { done, count, node, error }: { done: readonly string[]; count: number; node?: string; error: unknown },
): never {
  const what = error instanceof EngineFailure ? error.error : undefined;
  const detail = [node, what?.message ?? String(error), what?.detail].filter(Boolean).join(': ');
  return fail('engine-switch', {
    message: `${done.length} of ${count} states were rewritten for ${ENGINE_NAME[to]}; the environment stays with ${ENGINE_NAME[document.engine]}.`,
    detail,
    cause: error,
    fix: `Mend what the detail names, then switch to ${ENGINE_NAME[to]} again, which goes on with the rest, or back to ${ENGINE_NAME[document.engine]}. Until then the rewritten boxes are not planned.`,
  });
}
