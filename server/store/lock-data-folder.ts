// Keeps a data folder for one server at a time: the lock ends with the process, however it ends.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { fail } from '../errors.ts';

/**
 * Takes the data folder.
 * @returns the function that gives it back.
 * @throws `data-folder-in-use`, `store-unwritable`
 */
export function lockDataFolder(dataDir: string): () => void {
  let lock: Sqlite.Database | undefined;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    lock = new Sqlite(join(dataDir, 'lock.db'), { timeout: 0 });
    // In a rollback journal EXCLUSIVE is a lock of the operating system on the file, which a killed process leaves behind on no system.
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock?.close();
    const isBusy = cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_BUSY';
    return isBusy
      ? fail('data-folder-in-use', { got: dataDir, cause })
      : fail('store-unwritable', { got: dataDir, detail: String(cause), cause });
  }
  return () => lock?.close();
}
