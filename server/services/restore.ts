// Restores a backup into a data folder: everything is checked before anything is replaced, and what was there is put aside.
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fail } from '../errors.ts';
import { inspectDatabase } from '../store/inspect-database.ts';
import { newId, now } from '../store/new-id.ts';
import { databaseFile, migrationsDir } from '../store/store.ts';
import { type BackupManifest, backupMagic, digestFile } from './backup.ts';

/** How much of the file may be magic and manifest. */
const headLimit = 64 * 1024;

/**
 * Puts the database of a backup in place. The caller holds the data folder.
 * @returns the folder in which the old database was put aside, if there was one.
 * @throws `bad-backup`, `wrong-master-key`, `store-too-new`; then nothing was changed.
 */
export async function restoreBackup(file: string, dataDir: string, masterKey: Buffer): Promise<string | undefined> {
  const { manifest, start } = await readHead(file);
  const [entry, ...others] = manifest.files;
  if (!entry || others.length > 0 || entry.name !== databaseFile)
    return fail('bad-backup', { got: 'other files', expected: databaseFile });
  const { size } = await stat(file);
  if (size - start !== entry.bytes)
    fail('bad-backup', { got: `${size - start} bytes of database`, expected: `${entry.bytes} bytes` });
  const digest = await digestFile(file, start);
  if (digest !== entry.sha256) fail('bad-backup', { got: `sha256 ${digest}`, expected: `sha256 ${entry.sha256}` });

  const folder = join(dataDir, `restore-${newId()}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const fresh = join(folder, databaseFile);
    await pipeline(createReadStream(file, { start }), createWriteStream(fresh, { mode: 0o600, flush: true }));
    inspectDatabase(fresh, masterKey, migrationsDir);
    const aside = await putAside(dataDir);
    await rename(fresh, join(dataDir, databaseFile));
    await syncFolder(dataDir);
    return aside;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readHead(file: string): Promise<{ manifest: BackupManifest; start: number }> {
  const handle = await open(file).catch((cause: unknown) =>
    fail('bad-backup', { got: `${file}, which cannot be read`, cause }),
  );
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headLimit), 0, headLimit, 0);
    const head = buffer.subarray(0, bytesRead);
    const first = head.indexOf(0x0a);
    const second = first < 0 ? -1 : head.indexOf(0x0a, first + 1);
    if (second < 0 || head.toString('latin1', 0, first) !== backupMagic)
      return fail('bad-backup', { got: 'another kind of file', expected: 'a file made by `plumbline backup`' });
    return { manifest: readManifest(head.toString('utf8', first + 1, second)), start: second + 1 };
  } finally {
    await handle.close();
  }
}

function readManifest(text: string): BackupManifest {
  let manifest: Partial<BackupManifest>;
  try {
    manifest = JSON.parse(text) as Partial<BackupManifest>;
  } catch (cause) {
    return fail('bad-backup', { got: 'a damaged manifest', cause });
  }
  if (manifest.version !== 1 || !Array.isArray(manifest.files))
    return fail('bad-backup', { got: `version ${String(manifest.version)}`, expected: 'version 1' });
  return manifest as BackupManifest;
}

async function putAside(dataDir: string): Promise<string | undefined> {
  const files = ['', '-wal', '-shm']
    .map((end) => `${databaseFile}${end}`)
    .filter((name) => existsSync(join(dataDir, name)));
  if (files.length === 0) return undefined;
  const aside = join(dataDir, `before-restore-${now().slice(0, 19).replaceAll(':', '')}-${newId().slice(-4)}`);
  await mkdir(aside, { mode: 0o700 });
  for (const name of files) await rename(join(dataDir, name), join(aside, name));
  return aside;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
