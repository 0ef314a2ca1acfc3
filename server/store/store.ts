// Opens the store: one SQLite file and the repositories that own every query.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { artifactRepository } from './artifacts.ts';
import { auditRepository } from './audit.ts';
import { openSeals } from './data-keys.ts';
import { openDatabase } from './database.ts';
import { deploymentRepository } from './deployments.ts';
import { environmentRepository } from './environments.ts';
import { eventRepository } from './events.ts';
import { faultRepository } from './faults.ts';
import { layoutRepository } from './layouts.ts';
import { operationRepository } from './operations.ts';
import { planRepository } from './plans.ts';
import { projectRepository } from './projects.ts';
import { revisionRepository } from './revisions.ts';
import { runRepository } from './runs.ts';
import { sandboxObjectRepository } from './sandbox-objects.ts';
import { secretRepository } from './secrets.ts';
import { stateRepository } from './states.ts';

export interface StoreOptions {
  dataDir: string;
  /** 32 bytes. */
  masterKey: Buffer;
}

/** Name of the database in the data folder. */
export const databaseFile = 'plumbline.db';

/** Where the migrations are: beside this file in the sources; the bundled build lies in build/. */
export const migrationsDir = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './migrations' : '../server/store/migrations', import.meta.url),
);

export type Store = Awaited<ReturnType<typeof openStore>>;

/** Opens `plumbline.db` in the data folder, made and migrated as needed. @throws `wrong-master-key`, `store-too-new`, `disk-full`, `store-unwritable` */
export async function openStore(options: StoreOptions) {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const db = openDatabase(join(options.dataDir, databaseFile), migrationsDir);
  const seals = openSeals(db, options.masterKey);
  return {
    projects: projectRepository(db),
    environments: environmentRepository(db, seals),
    revisions: revisionRepository(db),
    layouts: layoutRepository(db),
    operations: operationRepository(db),
    runs: runRepository(db),
    events: eventRepository(db),
    artifacts: artifactRepository(db, seals),
    deployments: deploymentRepository(db),
    states: stateRepository(db, seals),
    plans: planRepository(db, seals),
    secrets: secretRepository(db, seals),
    /** Objects of one environment's embedded cloud. */
    sandboxObjects: (environmentId: string) => sandboxObjectRepository(db, seals, environmentId),
    faults: faultRepository(db),
    audit: auditRepository(db),
    /** Everything that `work` awaits from the store happens together or not at all. Never wait in it for anything but the store. */
    transaction: <T>(work: () => Promise<T>): Promise<T> => db.transaction(work),
    /** Does something once the transaction that the caller is in has been written; at once where there is none. */
    afterCommit: (work: () => void): void => db.afterCommit(work),
    /** Writes a copy of the whole database, taken at one moment, to a new file. */
    backup: (file: string): Promise<void> =>
      db.run(() => undefined).then(() => db.sqlite.backup(file).then(() => undefined)),
    /** Version of SQLite, by the database itself: it answers. */
    ping: (): Promise<string> => db.run(() => String(db.sqlite.prepare('select sqlite_version()').pluck().get())),
    close: async (): Promise<void> => {
      db.sqlite.close();
    },
  };
}
