// Judges a database file before it is trusted: whole, not newer than we are, sealed under the present master key.
import Sqlite from 'better-sqlite3';
import { fail } from '../errors.ts';
import { opensProof } from './data-keys.ts';
import { countMigrations } from './database.ts';

/** @throws `bad-backup`, `store-too-new`, `wrong-master-key` */
export function inspectDatabase(file: string, masterKey: Buffer, migrationsDir: string): void {
  const sqlite = openFile(file);
  try {
    const verdict = readVerdict(sqlite);
    if (verdict !== 'ok') fail('bad-backup', { got: verdict, expected: 'a database that passes its integrity check' });
    const { applied, known } = countMigrations(sqlite, migrationsDir);
    if (applied > known)
      fail('store-too-new', { got: `${applied} migrations`, expected: `at most ${known}`, retry: false });
    const proof = sqlite.prepare("select value from settings where name = 'key-proof'").get() as
      | { value: Buffer }
      | undefined;
    if (!proof || !opensProof(masterKey, proof.value)) fail('wrong-master-key', { retry: false });
  } finally {
    sqlite.close();
  }
}

function openFile(file: string): Sqlite.Database {
  try {
    return new Sqlite(file, { fileMustExist: true });
  } catch (cause) {
    return fail('bad-backup', { detail: String(cause), cause });
  }
}

function readVerdict(sqlite: Sqlite.Database): string {
  try {
    return String(sqlite.pragma('integrity_check(1)', { simple: true }));
  } catch (cause) {
    return fail('bad-backup', { detail: String(cause), expected: 'a database', cause });
  }
}
