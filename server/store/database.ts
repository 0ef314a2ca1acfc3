// The one door to SQLite: opens the file, brings its tables up to date, and keeps a transaction of one caller apart from the others.
import { AsyncLocalStorage } from 'node:async_hooks';
import Sqlite from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { fail } from '../errors.ts';

export interface Database {
  sqlite: Sqlite.Database;
  orm: BetterSQLite3Database;
  /** Runs queries that need no waiting between them as one transaction, outside of any transaction that another caller has open. */
  run<T>(queries: () => T): Promise<T>;
  /** Everything that `work` awaits from the store happens together or not at all; others wait. Nested calls join. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Does something once the transaction that the caller is in has been written; at once where there is none. */
  afterCommit(work: () => void): void;
}

/** @throws `store-too-new`, `disk-full`, `store-unwritable` */
export function openDatabase(file: string, migrationsFolder: string): Database {
  return withStorageErrors(() => {
    const sqlite = new Sqlite(file, { timeout: 5000 });
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('secure_delete = ON');
    sqlite.pragma('cache_size = -16000');
    sqlite.pragma(`wal_autocheckpoint = ${longestLog}`);
    const orm = drizzle({ client: sqlite });
    refuseNewer(sqlite, migrationsFolder);
    migrate(orm, { migrationsFolder });
    return { sqlite, orm, ...turns(sqlite) };
  });
}

function refuseNewer(sqlite: Sqlite.Database, migrationsFolder: string): void {
  const { applied, known } = countMigrations(sqlite, migrationsFolder);
  if (applied <= known) return;
  sqlite.close();
  fail('store-too-new', { got: `${applied} migrations`, expected: `at most ${known}`, retry: false });
}

/** How many migrations a database has seen, and how many we know. */
export function countMigrations(sqlite: Sqlite.Database, migrationsFolder: string): { applied: number; known: number } {
  const known = readMigrationFiles({ migrationsFolder }).length;
  const table = sqlite.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get();
  if (!table) return { applied: 0, known };
  const { count } = sqlite.prepare('select count(*) as count from __drizzle_migrations').get() as { count: number };
  return { applied: count, known };
}

/** Pages of the write-ahead log (32 MB) after which a commit makes the checkpoint itself, however many wait. */
const longestLog = 8000;
const idleMs = 1000;

/**
 * A checkpoint copies the log into the database and waits for the disk, tens of milliseconds in which the server stands
 * still: it is made when nothing has been asked for a while, not inside of somebody's save.
 */
function checkpointWhenIdle(sqlite: Sqlite.Database): () => void {
  const timer = setTimeout(() => {
    if (!sqlite.open || sqlite.inTransaction) return;
    try {
      sqlite.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // A full disk: what was committed is safe in the log, and the next commit brings the next checkpoint.
    }
  }, idleMs).unref();
  return () => void timer.refresh();
}

function turns(sqlite: Sqlite.Database): Pick<Database, 'run' | 'transaction' | 'afterCommit'> {
  const used = checkpointWhenIdle(sqlite);
  const scope = new AsyncLocalStorage<symbol>();
  let open: { id: symbol; done: Promise<void>; after: (() => void)[] } | undefined;
  const inside = () => open !== undefined && scope.getStore() === open.id;
  return {
    async run(queries) {
      while (open && !inside()) await open.done;
      used();
      return withStorageErrors(() => sqlite.transaction(queries)());
    },
    async transaction(work) {
      while (open && !inside()) await open.done;
      if (inside()) return work();
      let finish = () => {};
      const done = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const own = { id: Symbol('transaction'), done, after: [] as (() => void)[] };
      open = own;
      let committed = false;
      try {
        withStorageErrors(() => sqlite.exec('BEGIN IMMEDIATE'));
        const result = await scope.run(own.id, work);
        withStorageErrors(() => sqlite.exec('COMMIT'));
        committed = true;
        return result;
      } catch (error) {
        if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
        throw error;
      } finally {
        open = undefined;
        finish();
        if (committed) for (const each of own.after) each();
      }
    },
    afterCommit(work) {
      if (open && inside()) open.after.push(work);
      else work();
    },
  };
}

/** Turns what SQLite says of a full or broken disk into our words. */
function withStorageErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = storageCode(error);
    if (code === 'SQLITE_FULL' || code === 'ENOSPC') return fail('disk-full', { cause: error });
    if (/^SQLITE_(IOERR|CANTOPEN|READONLY|CORRUPT|NOTADB|PERM)/.test(code))
      return fail('store-unwritable', { detail: code, cause: error });
    throw error;
  }
}

function storageCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error.cause instanceof Error) return storageCode(error.cause);
  return 'code' in error ? String(error.code) : '';
}
