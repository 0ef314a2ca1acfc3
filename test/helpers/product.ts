// The product's own parts over a fresh data folder, with no HTTP: for tests that drive runs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineKind, EnvironmentDocument, Graph, Run, RunCreate } from '../../schemas/generated/types.ts';
import { createCloudAccess } from '../../server/cloud/cloud-access.ts';
import { writeCliConfig } from '../../server/engine/cli-config.ts';
import type { EngineBinary } from '../../server/engine/engine-types.ts';
import { createStateBackend } from '../../server/engine/state-backend.ts';
import { createEventHub } from '../../server/services/events.ts';
import { createLiveDocuments } from '../../server/services/live-documents.ts';
import { createRuns, createSandboxes } from '../../server/services/runs/index.ts';
import { loadMasterKey } from '../../server/store/master-key.ts';
import { openStore } from '../../server/store/store.ts';
import { loadCatalog } from '../../server/synth/load-catalog.ts';
import { createSynthesizer } from '../../server/synth/synthesizer.ts';
import { firstEngine } from './engine.ts';

export type Product = Awaited<ReturnType<typeof openProduct>>;

interface ProductOptions {
  dataDir?: string;
  modulesDir?: string;
  contractsDir?: string;
  /** In place of the one that is found first. */
  engine?(kind: EngineKind): Promise<EngineBinary>;
}

/** Opens the product on a data folder (a new temporary one by default). */
export async function openProduct(options: ProductOptions = {}) {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'plumbline-test-'));
  const folders = { modulesDir: options.modulesDir, contractsDir: options.contractsDir };
  const store = await openStore({ dataDir, masterKey: loadMasterKey(dataDir, {}).key });
  const hub = createEventHub(store);
  const files = loadCatalog(folders);
  const synthesizer = createSynthesizer(folders);
  const backend = await createStateBackend({ states: store.states });
  const sandboxes = createSandboxes({ store, dataDir });
  const bugs: string[] = [];
  const log = (level: string, message: string, details = {}) => {
    if (level === 'error') bugs.push(`${message} ${JSON.stringify(details)}`);
  };
  const documents = createLiveDocuments({ store, events: hub, catalog: files.catalog, log });
  const engine = await firstEngine(dataDir);
  const runs = createRuns({
    ...{ store, hub, documents, files, synthesizer, backend, sandboxes, dataDir, log },
    cloud: createCloudAccess(process.env),
    engine: options.engine ?? (async () => engine),
    cliConfig: await writeCliConfig({ dataDir, providerMirror: process.env.PLUMBLINE_PROVIDER_MIRROR }),
    parallel: 4,
  });
  return {
    ...{ dataDir, store, hub, documents, files, runs, sandboxes, bugs },
    /** Creates an environment in the sandbox with this graph as its first revision. */
    async environment(graph: Graph, change: Partial<EnvironmentDocument> = {}) {
      const document: EnvironmentDocument = {
        schemaVersion: 1,
        project: 'shop',
        name: 'dev',
        class: 'development',
        target: { kind: 'sandbox', region: 'eu-central-1', account: '000000000000' },
        engine: engine.kind,
        tags: {},
        protection: false,
        approval: 'self',
        ...change,
      };
      if (!(await store.projects.find(document.project))) await store.projects.create(document.project);
      const created = await store.environments.create(document);
      if (!created) throw new Error('the environment exists');
      await store.revisions.save(created.id, 0, graph, 'test');
      return created;
    },
    /** Saves a new revision on the newest one. */
    async save(environment: { id: string }, graph: Graph) {
      const head = await store.revisions.head(environment.id);
      return store.revisions.save(environment.id, head?.revision ?? 0, graph, 'test');
    },
    /** Creates a run and waits until it waits or ends. */
    async run(request: RunCreate, project = 'shop', environment = 'dev'): Promise<Run> {
      const run = await runs.create(project, environment, request, 'test');
      return this.settled(run.id);
    },
    /** Waits until a run waits or ends. */
    async settled(id: string): Promise<Run> {
      for (;;) {
        const run = await runs.get(id);
        const environment = await store.environments.find(run.project, run.environment);
        if (run.status !== 'planning' && run.status !== 'applying' && !(environment && runs.isBusy(environment.id)))
          return run;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async close() {
      await runs.close();
      await documents.close();
      await sandboxes.close();
      await synthesizer.close();
      await backend.close();
      await store.close();
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}
