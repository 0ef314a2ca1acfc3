// All use cases of the server, built on one store.
import type {
  EngineInfo,
  EngineKind,
  LogLine,
  Run,
  RunApprove,
  RunCreate,
  RunHead,
  SynthOutput,
} from '../../schemas/generated/types.ts';
import type { MasterKey } from '../store/master-key.ts';
import type { Store } from '../store/store.ts';
import type { CatalogFiles } from '../synth/index.ts';
import { createArtifacts } from './artifacts.ts';
import { createBackups } from './backup.ts';
import { createCatalogService } from './catalog.ts';
import { createConnections } from './connections.ts';
import { createEnvironmentStates } from './environment-state.ts';
import { createEnvironments } from './environments.ts';
import { createEventFeed } from './event-feed.ts';
import type { EventHub } from './events.ts';
import { createGraphs } from './graph.ts';
import { createHealth } from './health.ts';
import { createPolicies } from './policies.ts';
import { createProjects } from './projects.ts';
import { type BlockShape, createSandboxes } from './sandbox.ts';

/** The run service as the routes use it; `services/runs` makes it. */
export interface Runs {
  create(project: string, environment: string, body: RunCreate, who: string): Promise<Run>;
  get(id: string): Promise<Run>;
  list(project: string, environment: string): Promise<RunHead[]>;
  logs(id: string, options: { after?: number; step?: string }): Promise<LogLine[]>;
  approve(id: string, body: RunApprove, who: string): Promise<Run>;
  cancel(id: string, who: string): Promise<Run>;
  resume(id: string, who: string): Promise<Run>;
  synth(project: string, environment: string): Promise<SynthOutput>;
}

export interface ServiceDependencies {
  store: Store;
  events: EventHub;
  files: CatalogFiles;
  runs: Runs;
  /** Engines that are there, the one for new environments first. */
  engines(): Promise<EngineInfo[]>;
  masterKey: Omit<MasterKey, 'key'>;
  version: string;
  dataDir: string;
  /** Whether an access token is asked for. */
  token: boolean;
  /** Shape of a sandbox resource type. */
  shapeOf(type: string): BlockShape | undefined;
}

export type Services = ReturnType<typeof createServices>;

export function createServices(given: ServiceDependencies) {
  const { store, events, files, runs, dataDir } = given;
  const { catalog } = files;
  const defaultEngine = async (): Promise<EngineKind> => (await given.engines())[0]?.kind ?? 'tofu';
  return {
    catalog: createCatalogService(files),
    projects: createProjects(store),
    environments: createEnvironments({ store, events, defaultEngine }),
    environmentStates: createEnvironmentStates(store, catalog),
    graphs: createGraphs({ store, events, catalog }),
    artifacts: createArtifacts(store, catalog),
    policies: createPolicies(store, catalog),
    connections: createConnections(store, catalog),
    sandboxes: createSandboxes({ store, shapeOf: given.shapeOf }),
    events: createEventFeed(store, events),
    backups: createBackups(store, dataDir),
    health: createHealth(given),
    runs,
  };
}
