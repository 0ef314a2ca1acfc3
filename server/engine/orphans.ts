// Ends engines that outlived a crashed server, and takes in the state that they left.
export interface ProcessRecord {
  pid: number;
  /** As handed to `onSpawn`. */
  startedAt: string;
}

/** gone: no longer there; stranger: the id belongs to another process now, left alone; ended: stopped when asked; killed: had to be. */
export type OrphanOutcome = 'gone' | 'stranger' | 'ended' | 'killed';

/** SIGINT (Terraform saves its state), wait up to `graceMs` (30,000 by default), SIGKILL the group. Side by side; one outcome per record. */
export async function endOrphans<R extends ProcessRecord>(
  _records: readonly R[],
  _options?: { graceMs?: number },
): Promise<{ record: R; outcome: OrphanOutcome }[]> {
  throw new Error('not yet');
}

/**
 * Hands `errored.tfstate` of a root's folder to `take`, and deletes it when `take` has resolved (compare with the stored one first: `isNewerState`).
 * Also removes the output file of a crashed apply. Answers whether there was one.
 * @throws EngineFailure `state-unreadable` where the file is not a whole state; the file stays.
 */
export async function collectErroredState(_dir: string, _take: (state: Buffer) => Promise<void>): Promise<boolean> {
  throw new Error('not yet');
}
