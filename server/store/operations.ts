// The journal of edits: batches of operations in the order in which they were taken.
import { and, asc, eq, gt, lte } from 'drizzle-orm';
import type { Operation } from '../../schemas/generated/types.ts';
import type { Database } from './database.ts';
import { now } from './new-id.ts';
import { environments, operations } from './tables.ts';

export interface JournalEntry {
  sequence: number;
  client: string;
  batch: number;
  operations: Operation[];
  /** Whether the operations differ from what the client sent. */
  changed: boolean;
  by: string;
}

/** How many batches are remembered after a checkpoint holds them, for clients that send one again, or that were away. */
export const REMEMBERED_BATCHES = 1000;

const columns = {
  sequence: operations.sequence,
  client: operations.client,
  batch: operations.batch,
  operations: operations.operations,
  changed: operations.changed,
  by: operations.by,
};

export function operationRepository(db: Database) {
  const of = (environmentId: string) => eq(operations.environmentId, environmentId);
  return {
    append: (environmentId: string, entry: JournalEntry): Promise<void> =>
      db.run(() => {
        db.orm
          .insert(operations)
          .values({ environmentId, ...entry, at: now() })
          .run();
      }),
    /** A batch of that client, where it was taken already. */
    find: (environmentId: string, client: string, batch: number): Promise<JournalEntry | undefined> =>
      db.run(() =>
        db.orm
          .select(columns)
          .from(operations)
          .where(and(of(environmentId), eq(operations.client, client), eq(operations.batch, batch)))
          .get(),
      ),
    /** What was taken after that place in the order, the oldest first. */
    after: (environmentId: string, sequence: number): Promise<JournalEntry[]> =>
      db.run(() =>
        db.orm
          .select(columns)
          .from(operations)
          .where(and(of(environmentId), gt(operations.sequence, sequence)))
          .orderBy(asc(operations.sequence))
          .all(),
      ),
    /** Notes that the newest revision and the layout hold everything up to that place, and forgets what is long past. */
    checkpoint: (environmentId: string, sequence: number): Promise<void> =>
      db.run(() => {
        db.orm.update(environments).set({ sequence }).where(eq(environments.id, environmentId)).run();
        db.orm
          .delete(operations)
          .where(and(of(environmentId), lte(operations.sequence, sequence - REMEMBERED_BATCHES)))
          .run();
      }),
  };
}
