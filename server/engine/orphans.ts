// Ends engines that outlived a crashed server, and takes in the state that they left.
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineFailure } from './engine-types.ts';
import { processStartedAt } from './process-identity.ts';
import { readState } from './state-file.ts';
import { sendSignal } from './stop-process.ts';

export interface ProcessRecord {
  pid: number;
  /** As handed to `onSpawn`. */
  startedAt: string;
}

/** gone: no longer there; stranger: the id belongs to another process now, left alone; ended: stopped when asked; killed: had to be. */
export type OrphanOutcome = 'gone' | 'stranger' | 'ended' | 'killed';

const GRACE_MS = 30_000;
const POLL_MS = 50;
const LEFT_BEHIND = 'errored.tfstate';

async function endedWithin(record: ProcessRecord, ms: number): Promise<boolean> {
  for (let waited = 0; ; waited += POLL_MS) {
    if ((await processStartedAt(record.pid)) !== record.startedAt) return true;
    if (waited >= ms) return false;
    await sleep(POLL_MS);
  }
}

async function endOrphan(record: ProcessRecord, graceMs: number): Promise<OrphanOutcome> {
  const startedAt = await processStartedAt(record.pid);
  if (startedAt === undefined) return 'gone';
  if (startedAt !== record.startedAt) return 'stranger';
  sendSignal(record.pid, 'SIGINT');
  const ended = await endedWithin(record, graceMs);
  // The leader was ours a moment ago, so its group is: while it has members, no stranger can get its id.
  sendSignal(-record.pid, 'SIGKILL');
  await endedWithin(record, GRACE_MS);
  return ended ? 'ended' : 'killed';
}

/**
 * SIGINT (Terraform saves its state), wait up to `graceMs` (30,000 by default), SIGKILL the group. Side by side; one outcome per record.
 * When it has resolved, none of the processes runs any more, and locks may be released.
 */
export function endOrphans<R extends ProcessRecord>(
  records: readonly R[],
  { graceMs = GRACE_MS }: { graceMs?: number } = {},
): Promise<{ record: R; outcome: OrphanOutcome }[]> {
  return Promise.all(records.map(async (record) => ({ record, outcome: await endOrphan(record, graceMs) })));
}

async function readLeftBehind(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function refuseBroken(state: Buffer): void {
  try {
    readState(state);
  } catch {
    throw new EngineFailure({
      code: 'state-unreadable',
      message: 'The engine left a state file that is not whole, so it was not taken in.',
      retry: false,
      hint: `The file ${LEFT_BEHIND} stays in the folder of the run. Compare it with the last stored state before the next apply.`,
    });
  }
}

/**
 * Hands the `errored.tfstate` of a root's folder to `take`, and deletes it when `take` has resolved (compare with the stored one first:
 * `isNewerState`). Answers whether there was one.
 * @throws EngineFailure `state-unreadable` where the file is not a whole state; the file stays.
 */
export async function collectErroredState(dir: string, take: (state: Buffer) => Promise<void>): Promise<boolean> {
  const file = path.join(dir, LEFT_BEHIND);
  const state = await readLeftBehind(file);
  if (state === undefined) return false;
  refuseBroken(state);
  await take(state);
  await rm(file);
  return true;
}
