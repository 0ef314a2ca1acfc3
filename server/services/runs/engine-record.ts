// Which engine runs in a root's folder, written beside it: the next start after a crash ends what is still there.
// A file and not a row: it matters only while this machine is up, so it need not wait for the disk.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Name of the file in a root's folder. */
export const engineRecordFile = 'engine.json';

/** A process that was started, as `endOrphans` knows it again. */
export interface EngineRecord {
  pid: number;
  startedAt: string;
}

/** Stored before the engine may act; the next one in the same folder takes its place. */
export async function writeEngineRecord(dir: string, record: EngineRecord): Promise<void> {
  await writeFile(join(dir, engineRecordFile), JSON.stringify(record), { mode: 0o600 });
}

/** What stands on record in a folder; undefined where nothing does, or a crash cut the writing short (that engine never began). */
export async function readEngineRecord(dir: string): Promise<EngineRecord | undefined> {
  try {
    return JSON.parse(await readFile(join(dir, engineRecordFile), 'utf8')) as EngineRecord;
  } catch {
    return undefined;
  }
}

export async function removeEngineRecord(dir: string): Promise<void> {
  await rm(join(dir, engineRecordFile), { force: true });
}
