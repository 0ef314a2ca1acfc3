// Puts the server together in one data folder, and takes it apart again.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { writeAddressFile } from './address-file.ts';
import { buildApp } from './app.ts';
import { createCloudAccess } from './cloud/cloud-access.ts';
import { writeCliConfig } from './engine/cli-config.ts';
import { listMirrored } from './engine/mirror-links.ts';
import { createStateBackend } from './engine/state-backend.ts';
import { fail } from './errors.ts';
import { loadSchemas } from './sandbox/schema/schema-data.ts';
import { createDemo } from './services/demo/create-demo.ts';
import { createEngines } from './services/engines.ts';
import { createEventHub } from './services/events.ts';
import { createLiveDocuments } from './services/live-documents.ts';
import { createRuns, createSandboxes } from './services/runs/index.ts';
import { createServices } from './services/services.ts';
import type { Settings } from './settings.ts';
import { lockDataFolder } from './store/lock-data-folder.ts';
import { loadMasterKey } from './store/master-key.ts';
import { openStore } from './store/store.ts';
import { loadCatalog } from './synth/load-catalog.ts';
import { createSynthesizer } from './synth/synthesizer.ts';
import type { SynthFolders } from './synth/types.ts';

export interface RunningServer {
  address: string;
  close(): Promise<void>;
}

/**
 * Starts the server; what was begun is undone when a later part fails.
 *
 * @param folders modules and contracts beside the published ones; tests bring their own.
 * @throws `data-folder-in-use`, `wrong-master-key`, `store-too-new`, `bad-setting` and what the store says of its disk
 */
export async function startServer(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  folders: SynthFolders = {},
): Promise<RunningServer> {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
  };
  try {
    closers.push(lockDataFolder(settings.dataDir));
    const { app, localToken } = await compose(settings, env, folders, closers);
    const address = await listen(app, settings);
    closers.push(await writeAddressFile(settings.dataDir, { address, pid: process.pid, token: localToken }));
    return { address, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function compose(settings: Settings, env: NodeJS.ProcessEnv, folders: SynthFolders, closers: (() => unknown)[]) {
  const { dataDir, home, token, isPublic, hosts } = settings;
  const { key, ...masterKey } = loadMasterKey(dataDir, env);
  const store = await openStore({ dataDir, masterKey: key });
  closers.push(() => store.close());
  const files = loadCatalog(folders);
  const events = createEventHub(store);
  // The log of the application, which is built on what writes to it.
  const built: { app?: FastifyInstance } = {};
  const log = (level: 'info' | 'warn' | 'error', message: string, details = {}) =>
    built.app?.log[level](details, message);
  const documents = createLiveDocuments({ store, events, catalog: files.catalog, log });
  closers.push(() => documents.close());
  const engines = createEngines(dataDir);
  const synthesizer = createSynthesizer(folders);
  closers.push(() => synthesizer.close());
  const sandboxes = createSandboxes({ store, dataDir });
  closers.push(() => sandboxes.close());
  const backend = await createStateBackend({ states: store.states });
  closers.push(() => backend.close());
  const cliConfig = await writeCliConfig({ dataDir, providerMirror: settings.providerMirror });
  const cloud = createCloudAccess(env);
  const runs = createRuns({
    store,
    hub: events,
    documents,
    files,
    synthesizer,
    backend,
    sandboxes,
    cloud,
    engine: engines.get,
    cliConfig,
    dataDir,
    parallel: settings.parallel,
    log,
  });
  closers.push(() => runs.close());

  const version = readVersion(home);
  const who = userInfo().username;
  const release = async (environmentId: string) => {
    await sandboxes.close(environmentId);
    await rm(join(dataDir, 'work', environmentId), { recursive: true, force: true });
  };
  const shapeOf = (type: string) => loadSchemas([type], []).resources.get(type)?.block;
  const services = createServices({
    ...{ store, events, documents, files, runs, cloud, masterKey, version, dataDir, release, shapeOf },
    engines: engines.list,
    mirrored: async () =>
      settings.providerMirror ? listMirrored(settings.providerMirror, 'hashicorp/aws') : undefined,
    token: token !== undefined,
  });
  const localToken = randomBytes(32).toString('hex');
  const web = join(home, 'build', 'web');
  const app = await buildApp({
    services,
    access: { token, localToken, isPublic, hosts },
    version,
    who,
    ...(existsSync(join(web, 'index.html')) ? { webDir: web } : {}),
    logLevel: settings.logLevel,
  });
  built.app = app;
  closers.push(() => app.close());
  await runs.recover();
  await createDemo(store, services, who);
  return { app, localToken };
}

async function listen(app: FastifyInstance, { host, port }: Settings): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const got = `${host}:${port}${code === 'EADDRINUSE' ? ', which another program listens on' : ''}`;
    fail('bad-setting', {
      values: { name: 'PLUMBLINE_PORT' },
      got,
      detail: code,
      fix: 'Set PLUMBLINE_PORT to a free port.',
      cause,
    });
  }
  const { port: taken } = app.server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${taken}`;
}

function readVersion(home: string): string {
  return (JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }).version;
}
