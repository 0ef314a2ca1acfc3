// One node's Terraform root on disk: written, initialised, planned, applied.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PhaseName } from '../../../schemas/generated/types.ts';
import type { EngineLine, RootCall } from '../../engine/engine-types.ts';
import { type PlanChanges, readChanges } from '../../engine/plan-changes.ts';
import { applyRoot, initRoot, planRoot, writeRoot } from '../../engine/root-calls.ts';
import { openWarmProvider, type WarmProvider } from '../../engine/warm-provider.ts';
import { removeEngineRecord, writeEngineRecord } from './engine-record.ts';
import { sessionName } from './identity.ts';
import { type Compiled, type RunDeps, type RunSession, rootDir } from './session.ts';
import { takeInState } from './take-in-state.ts';

const planFile = 'saved.tfplan';
const minute = 60_000;
const timeouts = { init: 10 * minute, plan: 30 * minute, apply: 120 * minute };

/** A root that is ready to be planned; `close` takes its credentials back and lets go of its provider. */
export interface OpenRoot {
  init(): Promise<void>;
  /** Plans to a file. @returns what it will do, and whether anything (outputs included) changes. */
  plan(options: { destroy?: boolean; refresh: boolean }): Promise<PlanChanges & { hasChanges: boolean }>;
  /** The saved plan's bytes: they hold secrets, seal them. The file is removed. */
  takePlan(): Promise<Buffer>;
  /** Applies the saved plan, or the bytes of one. The file is removed either way. */
  apply(saved?: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** Writes a compiled root into its folder and hands out what can be done with it. */
export async function openRoot(session: RunSession, stepId: string, compiled: Compiled): Promise<OpenRoot> {
  const { deps, env, record, abort } = session;
  const { node } = compiled.request;
  const dir = rootDir(deps, env.id, node.id);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await writeRoot(dir, compiled.result.root);
  await writeFile(join(dir, 'terraform.tfvars.json'), `${JSON.stringify(compiled.values.tfvars, null, 2)}\n`, {
    mode: 0o600,
  });
  const engine = await deps.engine(env.document.engine);
  await freeStaleLock(deps, env.id, node.id);
  const credentials = deps.backend.credentials({ environment: env.id, node: node.id, run: record.run.id });
  const targetEnv = await targetEnvironment(session, compiled, engine.kind);

  const callOf = (phase: PhaseName): RootCall => ({
    engine,
    dir,
    target: env.document.target.kind,
    cliConfig: deps.cliConfig,
    env: { ...targetEnv, ...credentials.env, ...compiled.values.env },
    secrets: compiled.values.secrets,
    signal: abort.signal,
    timeoutMs: timeouts[phase === 'init' || phase === 'plan' ? phase : 'apply'],
    onLine: (line: EngineLine) => record.log({ step: stepId, phase, level: line.level, text: line.text }),
    onSpawn: (pid, startedAt) => writeEngineRecord(dir, { pid, startedAt }),
  });
  const file = join(dir, planFile);
  let warm: WarmProvider | undefined;
  /** The call with the provider that serves all of this root's; the sandbox is one for all roots. */
  const served = async (call: RootCall): Promise<RootCall> => {
    if (call.env.TF_REATTACH_PROVIDERS) return call;
    if (!warm?.isUp()) warm = await openWarmProvider(call);
    return warm ? { ...call, env: { ...call.env, TF_REATTACH_PROVIDERS: warm.reattach } } : call;
  };
  return {
    init: async () => void (await initRoot(callOf('init'))),
    async plan(options) {
      const planned = await planRoot({ ...(await served(callOf('plan'))), out: planFile, ...options });
      warm?.wasConfigured();
      return { ...readChanges(planned.planJson), hasChanges: planned.hasChanges };
    },
    async takePlan() {
      const bytes = await readFile(file);
      await rm(file, { force: true });
      return bytes;
    },
    async apply(saved) {
      if (saved) await writeFile(file, saved, { mode: 0o600 });
      try {
        await applyRoot({ ...(await served(callOf('apply'))), planFile });
      } finally {
        await rm(file, { force: true });
        await takeInState(deps, { dir, environment: env.id, node: node.id, run: record.run.id });
      }
    },
    async close() {
      await warm?.close();
      credentials.revoke();
      await rm(file, { force: true });
      await removeEngineRecord(dir);
    },
  };
}

/** One run drives an environment, one step a node: a lock that is there was not given back, as when the disk was full. */
export async function freeStaleLock({ store, log }: RunDeps, environment: string, node: string): Promise<void> {
  const locks = await store.states.locks(environment);
  if (!locks.some((lock) => lock.node === node)) return;
  await store.states.unlock({ environment, node });
  log('warn', 'a state lock that was not given back was freed', { node });
}

/** What the engine needs to reach the environment's cloud. Credentials go through the process environment only. */
async function targetEnvironment(
  session: RunSession,
  compiled: Compiled,
  engine: 'terraform' | 'tofu',
): Promise<Record<string, string>> {
  const { deps, env } = session;
  const { target } = env.document;
  if (target.kind === 'sandbox') {
    const sandbox = await deps.sandboxes.open(env.id, target);
    const known = session.deployments.get(compiled.request.node.id)?.resourceTypes ?? [];
    sandbox.serve([...compiled.result.resourceTypes, ...known]);
    return { TF_REATTACH_PROVIDERS: sandbox.reattach(engine) };
  }
  return deps.cloud.variables(target, sessionName(env.document));
}
