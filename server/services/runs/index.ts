// The run service: create, follow, approve, cancel, resume. One run of an environment at a time.
import type {
  DeclaredOutputs,
  EngineKind,
  EngineSwitched,
  LogLine,
  Run,
  RunApprove,
  RunCreate,
  RunError,
  RunHead,
  SynthOutput,
} from '../../../schemas/generated/types.ts';
import { fail } from '../../errors.ts';
import type { EnvironmentRecord } from '../../store/environments.ts';
import { drive } from './drive.ts';
import { failRun } from './fail-run.ts';
import { toRunError } from './failure.ts';
import { openNeeds } from './needs.ts';
import { refuseUnsound, sketchRun } from './new-run.ts';
import { recover } from './recover.ts';
import { headOf } from './run-record.ts';
import { graphAt, openSession, type RunDeps, recordOf, viewEnvironment } from './session.ts';
import { requireSpace } from './space.ts';
import { switchEngine } from './switch-engine.ts';
import { declaredOutputs, hinders, synthFiles } from './synth-output.ts';

export { createSandboxes } from './sandboxes.ts';
export type { RunDeps } from './session.ts';

/** What the rest of the server may ask of runs. */
export interface Runs {
  create(project: string, environment: string, request: RunCreate, who: string): Promise<Run>;
  get(id: string): Promise<Run>;
  /** The newest first; of one node: those that had a step for it, each with what it did. */
  list(project: string, environment: string, node?: string): Promise<RunHead[]>;
  logs(id: string, options: { after?: number; step?: string }): Promise<LogLine[]>;
  approve(id: string, request: RunApprove, who: string): Promise<Run>;
  cancel(id: string, who: string): Promise<Run>;
  resume(id: string, who: string): Promise<Run>;
  /** Makes the other engine the environment's, in every state too. @throws see `switchEngine` */
  switchEngine(project: string, environment: string, to: EngineKind, who: string): Promise<EngineSwitched>;
  synth(project: string, environment: string): Promise<SynthOutput>;
  /** What a node will publish, as far as its settings alone say it. @throws `unknown-node`, `synth-failed` */
  declared(project: string, environment: string, node: string): Promise<DeclaredOutputs>;
  /** After a crash; call before listening. */
  recover(): Promise<void>;
  /** Whether a run of that environment is being driven, or its engine switched. */
  isBusy(environmentId: string): boolean;
  /** Cancels what runs and waits until it has stopped. */
  close(): Promise<void>;
}

interface Driven {
  run: string;
  abort: AbortController;
  done: Promise<void>;
}

/** Builds the run service over its parts. */
export function createRuns(deps: RunDeps): Runs {
  const driven = new Map<string, Driven>();
  /** Runs whose end could not be stored (a full disk), with what stopped them: stored when they are next asked for. */
  const lostRuns = new Map<string, RunError>();

  const environmentOf = async (project: string, name: string): Promise<EnvironmentRecord> =>
    (await deps.store.environments.find(project, name)) ?? fail('unknown-environment', { values: { name, project } });

  const get = async (id: string) => {
    const stored = (await deps.store.runs.get(id)) ?? fail('unknown-run', { values: { name: id } });
    const lost = lostRuns.get(id);
    if (!lost || driven.has(stored.env)) return stored;
    await failRun(deps, stored, lost);
    lostRuns.delete(id);
    return (await deps.store.runs.get(id)) ?? stored;
  };

  const show = async (id: string): Promise<Run> => {
    const { env: _, ...run } = await get(id);
    return run;
  };

  /** Drives a run in the background; the environment is taken until it waits or ends. */
  const start = (environmentId: string, run: string): void => {
    const abort = new AbortController();
    const work = openSession(deps, run, abort).then(drive);
    const done = work
      .catch((error: unknown) => {
        deps.log('error', 'how a run ended could not be stored', { run, error: String(error) });
        lostRuns.set(run, toRunError(error));
      })
      .finally(() => driven.delete(environmentId));
    driven.set(environmentId, { run, abort, done });
  };

  const beginning = new Set<string>();
  /** Does what begins or goes on with a run, or changes engines, while nobody else can: two requests at once must not drive one environment. */
  const exclusively = async <T>(environmentId: string, work: () => Promise<T>): Promise<T> => {
    const busy = driven.get(environmentId);
    if (busy) fail('run-in-progress', { got: `run ${busy.run}` });
    if (beginning.has(environmentId)) fail('run-in-progress', { got: 'a run that begins, or a switch of engines' });
    beginning.add(environmentId);
    try {
      return await work();
    } finally {
      beginning.delete(environmentId);
    }
  };

  const change = async (
    stored: Run & { env: string },
    update: Partial<Run>,
    steps: Partial<Run['steps'][number]>[] = [],
  ): Promise<void> => {
    const { env, ...run } = stored;
    const record = recordOf(deps, env, run);
    for (const { id = '', ...rest } of steps) await record.updateStep(id, rest);
    await record.update(update);
  };

  return {
    async create(project, name, request, who) {
      const environment = await environmentOf(project, name);
      return exclusively(environment.id, async () => {
        await requireSpace(deps.dataDir);
        await deps.documents.checkpoint(environment.id);
        const sketch = await sketchRun(deps, environment, request, who);
        for (const old of await deps.store.runs.unfinished(environment.id)) {
          await change(old, {
            status: 'cancelled',
            needs: [],
            endedAt: new Date().toISOString(),
            error: { code: 'superseded', message: 'A newer run took its place.', retry: false },
          });
        }
        const run = await deps.store.transaction(async () => {
          const created = await deps.store.runs.create(environment.id, sketch);
          await deps.store.audit.append({
            who,
            what: `run.${request.kind}`,
            project,
            environment: name,
            environmentId: environment.id,
            after: { run: created.id, number: created.number, revision: created.revision },
          });
          await deps.hub.publish(environment.id, [
            { project, environment: name, type: 'run', run: created.id, runState: headOf(created) },
          ]);
          return created;
        });
        start(environment.id, run.id);
        return run;
      });
    },
    get: show,
    async list(project, name, node) {
      const { id } = await environmentOf(project, name);
      return node === undefined ? deps.store.runs.list(id) : deps.store.runs.listOfNode(id, node);
    },
    async logs(id, options) {
      await get(id);
      return deps.store.events.logs(id, options);
    },
    async approve(id, request, who) {
      return exclusively((await get(id)).env, async () => {
        const stored = await get(id);
        if (stored.status !== 'waiting')
          fail('run-state', { message: `Run ${stored.number} is ${stored.status}: there is nothing to approve.` });
        const confirmed = [...new Set([...(stored.confirmed ?? []), ...(request.confirm ?? [])])];
        const open = openNeeds(stored.needs, confirmed);
        if (open.length > 0) {
          const names = open.map((need) => need.name ?? need.node).join(', ');
          fail('run-needs', {
            message: `Data would be lost: ${open.map((need) => need.reason).join(' ')}`,
            expected: `the names of these nodes, typed as they stand: ${names}`,
            fix: 'Give each name when you approve (--confirm on the command line).',
          });
        }
        await deps.store.audit.append({
          who,
          what: 'run.approve',
          project: stored.project,
          environment: stored.environment,
          environmentId: stored.env,
          after: { run: id, confirmed },
        });
        await change(stored, {
          status: 'applying',
          // An approved plan goes on as the apply that it announced.
          kind: stored.kind === 'plan' ? 'apply' : stored.kind,
          needs: [],
          confirmed,
          approvedBy: who,
          approvedAt: new Date().toISOString(),
        });
        start(stored.env, id);
        return show(id);
      });
    },
    async cancel(id, who) {
      const stored = await get(id);
      const busy = driven.get(stored.env);
      if (busy?.run === id) busy.abort.abort();
      else if (stored.status === 'waiting')
        await change(stored, { status: 'cancelled', needs: [], endedAt: new Date().toISOString() });
      else fail('run-state', { message: `Run ${stored.number} is ${stored.status}: there is nothing to cancel.` });
      await deps.store.audit.append({
        who,
        what: 'run.cancel',
        project: stored.project,
        environment: stored.environment,
        environmentId: stored.env,
        after: { run: id },
      });
      return show(id);
    },
    async resume(id, who) {
      return exclusively((await get(id)).env, async () => {
        const stored = await get(id);
        if (stored.status !== 'failed' && stored.status !== 'cancelled')
          fail('run-state', {
            message: `Run ${stored.number} is ${stored.status}: only a failed or cancelled run can be resumed.`,
          });
        const newest = (await deps.store.runs.list(stored.env))[0];
        if (newest && newest.id !== id)
          fail('run-state', {
            message: `Run ${newest.number} came after run ${stored.number}.`,
            fix: 'Make a new plan: it takes up what is left.',
          });
        await deps.store.audit.append({
          who,
          what: 'run.resume',
          project: stored.project,
          environment: stored.environment,
          environmentId: stored.env,
          after: { run: id },
        });
        const isApproved = stored.approvedAt !== undefined;
        const again = stored.steps.filter(
          (step) =>
            step.status !== 'succeeded' && step.status !== 'skipped' && !(isApproved && step.status === 'planned'),
        );
        await change(
          stored,
          { status: isApproved ? 'applying' : 'planning', needs: [], error: undefined, endedAt: undefined },
          again.map((step) => ({
            id: step.id,
            status: 'pending',
            error: undefined,
            reason: undefined,
            endedAt: undefined,
          })),
        );
        start(stored.env, id);
        return show(id);
      });
    },
    async switchEngine(project, name, to, who) {
      const { id } = await environmentOf(project, name);
      return exclusively(id, async () => switchEngine(deps, await environmentOf(project, name), to, who));
    },
    async synth(project, name) {
      await deps.documents.checkpoint((await environmentOf(project, name)).id);
      const environment = await environmentOf(project, name);
      const graph = await graphAt(deps, environment.id, environment.revision);
      refuseUnsound(deps, graph, environment.document);
      return synthFiles(await viewEnvironment(deps, environment, graph));
    },
    async declared(project, name, node) {
      const environment = await environmentOf(project, name);
      const { graph, issues } = await deps.documents.view(environment.id);
      // What is not sound yet declares nothing; its issues are told elsewhere.
      if (issues.some((issue) => hinders(issue, node, graph))) return {};
      return declaredOutputs(await viewEnvironment(deps, environment, graph), node);
    },
    recover: () => recover(deps),
    isBusy: (environmentId) => driven.has(environmentId) || beginning.has(environmentId),
    async close() {
      for (const { abort } of driven.values()) abort.abort();
      await Promise.all([...driven.values()].map(({ done }) => done));
    },
  };
}
