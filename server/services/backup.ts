// Backups: one file with the whole database, made while the server runs. Keys in it are wrapped; the master key is not in it.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { newId, now } from '../store/new-id.ts';
import type { Store } from '../store/store.ts';
import type { LiveDocuments } from './live-documents.ts';

/** The first line of a backup. */
export const backupMagic = 'PLUMBLINE-BACKUP';

/** The second line, as JSON; the database follows. */
export interface BackupManifest {
  version: 1;
  createdAt: string;
  files: { name: string; bytes: number; sha256: string }[];
}

export interface Backup {
  name: string;
  /** Length of the whole in bytes. */
  bytes: number;
  content: Readable;
}

interface BackupDependencies {
  store: Pick<Store, 'backup'>;
  documents: Pick<LiveDocuments, 'checkpointAll'>;
  dataDir: string;
}

/** Makes a backup in the data folder's `work`, to be read once; its file goes when it was read or given up. */
export function createBackups({ store, documents, dataDir }: BackupDependencies) {
  return {
    create: async (): Promise<Backup> => {
      const folder = join(dataDir, 'work');
      await mkdir(folder, { recursive: true });
      const file = join(folder, `backup-${newId()}.db`);
      try {
        await documents.checkpointAll();
        await store.backup(file);
        const { size } = await stat(file);
        const manifest: BackupManifest = {
          version: 1,
          createdAt: now(),
          files: [{ name: 'plumbline.db', bytes: size, sha256: await digestFile(file) }],
        };
        const head = Buffer.from(`${backupMagic}\n${JSON.stringify(manifest)}\n`);
        const content = Readable.from(headThenFile(head, file));
        content.once('close', () => void rm(file, { force: true }));
        return {
          name: `plumbline-${manifest.createdAt.slice(0, 19).replaceAll(':', '')}.backup`,
          bytes: head.length + size,
          content,
        };
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
    },
  };
}

async function* headThenFile(head: Buffer, file: string): AsyncGenerator<Buffer> {
  yield head;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) yield chunk as Buffer;
}

/** sha256 of a file from a position on, hexadecimal. */
export async function digestFile(file: string, start = 0): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { start, highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
