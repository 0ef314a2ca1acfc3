// The built app over a real database in a folder of its own, without a port, and with runs that are made up.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from '../../schemas/generated/types.ts';
import { buildApp } from '../../server/app.ts';
import { createCloudAccess } from '../../server/cloud/cloud-access.ts';
import type { Access } from '../../server/routes/guards.ts';
import { createEventHub } from '../../server/services/events.ts';
import { createLiveDocuments } from '../../server/services/live-documents.ts';
import type { Runs } from '../../server/services/runs/index.ts';
import { createServices } from '../../server/services/services.ts';
import { openStore } from '../../server/store/store.ts';
import { loadCatalog } from '../../server/synth/load-catalog.ts';

const fixtures = (folder: string) => fileURLToPath(new URL(`../fixtures/${folder}`, import.meta.url));
const files = loadCatalog({ modulesDir: fixtures('modules'), contractsDir: fixtures('contracts') });

export const masterKey = Buffer.alloc(32, 7);
export const home = '/api/projects/shop/environments/dev';

export type TestApp = Awaited<ReturnType<typeof openApp>>;

interface Options {
  access?: Partial<Access>;
  dataDir?: string;
  webDir?: string;
}

/** Opens the app with project "shop" and its sandbox environment "dev". */
export async function openApp({ access, dataDir, webDir }: Options = {}) {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'plumbline-server-'));
  const store = await openStore({ dataDir: folder, masterKey });
  const events = createEventHub(store);
  const failures: unknown[] = [];
  const log = (_level: string, message: string, details: unknown) => failures.push(message, details);
  const documents = createLiveDocuments({ store, events, catalog: files.catalog, log });
  const services = createServices({
    ...{ store, events, documents, files, runs: madeUpRuns(), version: '1.2.3', dataDir: folder },
    cloud: createCloudAccess({}),
    engines: async () => [{ kind: 'terraform', version: '1.11.0' }],
    mirrored: async () => ['5.99.1'],
    masterKey: { source: 'embedded', note: 'beside the data' },
    token: access?.token !== undefined,
    release: async () => undefined,
    shapeOf: (type) =>
      type === 'aws_sqs_queue' ? { attributes: { name: {}, password: { sensitive: true } } } : undefined,
  });
  const app = await buildApp({
    services,
    access: { isPublic: false, ...access },
    version: '1.2.3',
    who: 'ada',
    ...(webDir ? { webDir } : {}),
  });
  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const payload = body === undefined ? {} : { payload: body as object };
    const answer = await app.inject({ method, url, headers: { host: '127.0.0.1:4700', ...headers }, ...payload });
    const isJson = String(answer.headers['content-type']).includes('json');
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      json: (isJson ? answer.json() : undefined) as never,
    };
  };
  if (!(await store.projects.find('shop'))) {
    await services.projects.create('shop', 'ada');
    await services.environments.create(
      'shop',
      { name: 'dev', class: 'development', target: { kind: 'sandbox' } },
      'ada',
    );
  }
  const environment = await store.environments.find('shop', 'dev');
  if (!environment) throw new Error('no environment');
  const close = async () => {
    await app.close();
    await documents.close();
    await store.close();
    if (failures.length > 0) throw new Error(`in the background: ${JSON.stringify(failures)}`);
  };
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return {
    ...{ app, call, store, services, events, documents, dataDir: folder, environmentId: environment.id, close, remove },
  };
}

export const someRun: Run = {
  ...{ id: 'run1', number: 1, project: 'shop', environment: 'dev', kind: 'apply', status: 'waiting', revision: 1 },
  ...{ only: [], refresh: false, by: 'ada', createdAt: '2026-01-01T00:00:00.000Z', waves: [['jobs']], needs: [] },
  totals: { create: 1, change: 0, replace: 0, delete: 0 },
  steps: [
    {
      ...{
        id: 'jobs',
        node: 'jobs',
        name: 'jobs',
        module: 'aws-queue',
        action: 'apply',
        wave: 0,
        dependsOn: [],
        status: 'planned',
      },
      ...{ totals: { create: 1, change: 0, replace: 0, delete: 0 }, changes: [], phases: [] },
    },
  ],
} as Run;

function madeUpRuns(): Runs {
  const show = async () => structuredClone(someRun);
  const { only: _, refresh: __, waves: ___, steps: ____, project: _____, environment: ______, ...head } = someRun;
  return {
    ...{ create: show, get: show, approve: show, cancel: show, resume: show },
    list: async () => [head],
    logs: async (run, { after = 0, step = '' }) => [
      { id: after + 1, at: '2026-01-01T00:00:00.000Z', run, step, phase: 'plan', level: 'info', text: 'hello' },
    ],
    synth: async () => ({
      files: {
        'jobs/main.tf.json': '{"resource":{"aws_sqs_queue":{"queue":{"name":"shop-dev-jobs"}}}}',
        'jobs/terraform.tfvars.json': '{}',
      },
    }),
    declared: async () => ({ queue: { region: 'eu-central-1', fifo: false } }),
    switchEngine: async (_project, _environment, to) => ({ from: 'terraform', to, nodes: ['jobs'] }),
    recover: async () => undefined,
    isBusy: () => false,
    close: async () => undefined,
  };
}
