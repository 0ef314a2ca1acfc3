// Everything that one run knows while it is driven.
import { join } from 'node:path';
import type {
  EnvironmentDocument,
  Graph,
  GraphNode,
  ModuleManifest,
  Need,
  Run,
} from '../../../schemas/generated/types.ts';
import type { CloudAccess } from '../../cloud/cloud-access.ts';
import type { EngineBinary } from '../../engine/engine-types.ts';
import type { StateBackend } from '../../engine/state-backend.ts';
import { fail } from '../../errors.ts';
import type { DeploymentRecord } from '../../store/deployments.ts';
import type { EnvironmentRecord } from '../../store/environments.ts';
import type { Store } from '../../store/store.ts';
import type { CatalogFiles } from '../../synth/load-catalog.ts';
import type { Synthesizer } from '../../synth/synthesizer.ts';
import type { SynthRequest, SynthResult } from '../../synth/types.ts';
import type { EventHub } from '../events.ts';
import type { LiveDocuments } from '../live-documents.ts';
import { type GraphIndex, indexGraph, type PortValue } from './inputs.ts';
import { RunRecord } from './run-record.ts';
import type { Sandboxes } from './sandboxes.ts';
import type { VariableValues } from './values.ts';

/** What the run service works with; the same for all runs. */
export interface RunDeps {
  store: Store;
  hub: EventHub;
  /** Makes the newest revision hold every edit that was taken. */
  documents: Pick<LiveDocuments, 'checkpoint' | 'view'>;
  files: CatalogFiles;
  synthesizer: Synthesizer;
  backend: StateBackend;
  sandboxes: Sandboxes;
  cloud: CloudAccess;
  /** The engine of that kind. @throws `engine-missing` */
  engine(kind: EnvironmentDocument['engine']): Promise<EngineBinary>;
  /** File of Terraform's CLI configuration. */
  cliConfig: string;
  dataDir: string;
  /** How many steps run side by side. */
  parallel: number;
  log(level: 'info' | 'warn' | 'error', message: string, details?: Record<string, unknown>): void;
}

/** A node's compiled root with the values of its variables. */
export interface Compiled {
  request: SynthRequest;
  result: SynthResult;
  values: VariableValues;
  /** connection.field values that upstream does not know yet. */
  unknown: string[];
}

/** An environment with one revision of its graph and everything that is deployed and published. */
export interface EnvironmentView {
  deps: RunDeps;
  env: { id: string; document: EnvironmentDocument };
  index: GraphIndex;
  nodes: ReadonlyMap<string, GraphNode>;
  deployments: Map<string, DeploymentRecord>;
  /** What is published, by `node/port`. */
  published: Map<string, PortValue>;
}

/** One run being driven. */
export interface RunSession extends EnvironmentView {
  record: RunRecord;
  /** What this run's plans say of outputs, by `node/port`. */
  planned: Map<string, PortValue>;
  /** Compiled already, by step id: used once, then dropped. */
  compiled: Map<string, Compiled>;
  /** What must be said before the steps that stopped may go on. */
  asked: Need[];
  abort: AbortController;
}

/** Loads an environment with one graph of it: a revision's, or the one that people edit now. */
export async function viewEnvironment(
  deps: RunDeps,
  environment: EnvironmentRecord,
  graph: Graph,
): Promise<EnvironmentView> {
  return {
    deps,
    env: { id: environment.id, document: environment.document },
    index: indexGraph(graph),
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
    deployments: new Map((await deps.store.deployments.list(environment.id)).map((each) => [each.node, each])),
    published: await loadPublished(deps.store, environment.id),
  };
}

/** The graph of one revision (0 = nothing saved yet: an empty graph). */
export async function graphAt({ store }: RunDeps, environmentId: string, revision: number): Promise<Graph> {
  const stored = await store.revisions.get(environmentId, revision);
  return stored?.graph ?? { schemaVersion: 1, nodes: [], connections: [] };
}

/** Loads what a run needs to be driven. @throws `unknown-run`, `unknown-environment` */
export async function openSession(deps: RunDeps, runId: string, abort: AbortController): Promise<RunSession> {
  const stored = await deps.store.runs.get(runId);
  if (!stored) return fail('unknown-run', { values: { name: runId } });
  const { env, ...run } = stored;
  const environment = await deps.store.environments.get(env);
  if (!environment) return fail('unknown-environment', { values: { name: run.environment, project: run.project } });
  const view = await viewEnvironment(deps, environment, await graphAt(deps, env, run.revision));
  return { ...view, record: recordOf(deps, env, run), planned: new Map(), compiled: new Map(), asked: [], abort };
}

/** The record of a run: a batch of changes is one transaction with the events that tell of it. */
export function recordOf(deps: Pick<RunDeps, 'store' | 'hub'>, environmentId: string, run: Run): RunRecord {
  const { project, environment } = run;
  return new RunRecord(run, {
    record: ({ head, steps, run: id, events }) =>
      deps.store.transaction(async () => {
        if (head) await deps.store.runs.saveHead(head);
        for (const step of steps) await deps.store.runs.saveStep(id, step);
        await deps.hub.publish(
          environmentId,
          events.map((event) => ({ ...event, project, environment })),
        );
      }),
  });
}

/** Every artifact of an environment, by `node/port`, secrets included. */
export async function loadPublished(store: Store, environmentId: string): Promise<Map<string, PortValue>> {
  const artifacts = await store.artifacts.list(environmentId);
  return new Map(
    artifacts.map(({ node, port, contract, value, secret, run }) => [
      portKey(node, port),
      { contract, value: { ...value, ...secret }, unknown: [], version: run },
    ]),
  );
}

/** Key of a node's port in `published` and `planned`. */
export function portKey(node: string, port: string): string {
  return `${node}/${port}`;
}

/** The manifest of a node's module. @throws `unknown-module` */
export function manifestOf(deps: Pick<RunDeps, 'files'>, module: string, range: string): ModuleManifest {
  return (
    deps.files.catalog.findModule(module, range) ?? fail('unknown-module', { values: { name: `${module}@${range}` } })
  );
}

/** The folder in which a node's root is run: kept between runs, so that it is initialised once. */
export function rootDir(deps: Pick<RunDeps, 'dataDir'>, environmentId: string, node: string): string {
  return join(deps.dataDir, 'work', environmentId, node);
}
