// The audit: who did what, with what it was before and after.
import { desc, eq } from 'drizzle-orm';
import type { AuditEntry } from '../../schemas/generated/types.ts';
import type { Database } from './database.ts';
import { now } from './new-id.ts';
import { auditEntries } from './tables.ts';

/** An entry to be written; `environmentId` is what `list` asks for, the names are what people read. */
export type NewAuditEntry = Omit<AuditEntry, 'id' | 'at'> & { environmentId?: string };

/** Writes an entry inside a query block of another repository. */
export function writeAudit(db: Database, entry: NewAuditEntry): void {
  db.orm
    .insert(auditEntries)
    .values({ ...entry, at: now() })
    .run();
}

export function auditRepository(db: Database) {
  return {
    append: (entry: NewAuditEntry): Promise<void> => db.run(() => writeAudit(db, entry)),
    /** Whether nobody has done anything yet. */
    isEmpty: (): Promise<boolean> =>
      db.run(() => db.orm.select({ id: auditEntries.id }).from(auditEntries).limit(1).get() === undefined),
    /** The newest first. */
    list: (environmentId: string, limit = 500): Promise<AuditEntry[]> =>
      db.run(() =>
        db.orm
          .select()
          .from(auditEntries)
          .where(eq(auditEntries.environmentId, environmentId))
          .orderBy(desc(auditEntries.id))
          .limit(limit)
          .all()
          .map(({ id, at, who, what, project, environment, before, after }) => ({
            id,
            at,
            who,
            what,
            project,
            ...(environment === null ? {} : { environment }),
            ...(before === null ? {} : { before }),
            ...(after === null ? {} : { after }),
          })),
      ),
  };
}
