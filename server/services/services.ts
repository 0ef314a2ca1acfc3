// All use cases of the server, built on one store.
import type { EngineInfo, EngineKind } from '../../schemas/generated/types.ts';
import type { CloudAccess } from '../cloud/cloud-access.ts';
import type { MasterKey } from '../store/master-key.ts';
import type { Store } from '../store/store.ts';
import type { CatalogFiles } from '../synth/load-catalog.ts';
import { createArtifacts } from './artifacts.ts';
import { createBackups } from './backup.ts';
import { createCatalogService } from './catalog.ts';
import { createConnections } from './connections.ts';
import { createDeployPermissions } from './deploy-permissions.ts';
import { createEnvironmentStates } from './environment-state.ts';
import { createEnvironments } from './environments.ts';
import { createEventFeed } from './event-feed.ts';
import type { EventHub } from './events.ts';
import { createGraphs } from './graph.ts';
import { createHealth } from './health.ts';
import type { LiveDocuments } from './live-documents.ts';
import { createPolicies } from './policies.ts';
import { createPresence } from './presence.ts';
import { createProjects } from './projects.ts';
import type { Runs } from './runs/index.ts';
import { type BlockShape, createSandboxes } from './sandbox.ts';

export interface ServiceDependencies {
  store: Store;
  events: EventHub;
  documents: LiveDocuments;
  files: CatalogFiles;
  runs: Runs;
  cloud: CloudAccess;
  /** Engines that are there, the one for new environments first. */
  engines(): Promise<EngineInfo[]>;
  /** Versions of the AWS provider in the mirror; undefined where there is no mirror. */
  mirrored(): Promise<string[] | undefined>;
  masterKey: Omit<MasterKey, 'key'>;
  version: string;
  dataDir: string;
  /** Whether an access token is asked for. */
  token: boolean;
  /** Lets go of what the server holds for an environment that is gone: its cloud, its folder. */
  release(environmentId: string): Promise<void>;
  /** Shape of a sandbox resource type. */
  shapeOf(type: string): BlockShape | undefined;
}

export type Services = ReturnType<typeof createServices>;

export function createServices(given: ServiceDependencies) {
  const { store, events, documents, files, runs, dataDir } = given;
  const { catalog } = files;
  const defaultEngine = async (): Promise<EngineKind> => (await given.engines())[0]?.kind ?? 'tofu';
  return {
    catalog: createCatalogService(files),
    projects: createProjects(store),
    environments: createEnvironments({
      ...{ store, events, documents, defaultEngine, runs },
      cloud: given.cloud,
      release: given.release,
    }),
    environmentStates: createEnvironmentStates(store, documents, catalog),
    graphs: createGraphs({ store, documents, catalog }),
    artifacts: createArtifacts(store, catalog),
    policies: createPolicies(documents, store, catalog),
    deployPermissions: createDeployPermissions(given),
    connections: createConnections(documents, store, catalog),
    sandboxes: createSandboxes({ store, shapeOf: given.shapeOf }),
    events: createEventFeed(store, events, createPresence()),
    backups: createBackups({ store, documents, dataDir }),
    health: createHealth(given),
    runs,
  };
}
