// Engine processes that are running, so that the next start can end those that outlived a crash.
import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { processes } from './tables.ts';

export type ProcessRecord = typeof processes.$inferSelect;

export function processRepository(db: Database) {
  return {
    add: (record: ProcessRecord): Promise<void> =>
      db.run(() => {
        db.orm.insert(processes).values(record).onConflictDoUpdate({ target: processes.pid, set: record }).run();
      }),
    remove: (pid: number): Promise<void> =>
      db.run(() => {
        db.orm.delete(processes).where(eq(processes.pid, pid)).run();
      }),
    list: (): Promise<ProcessRecord[]> => db.run(() => db.orm.select().from(processes).all()),
  };
}
