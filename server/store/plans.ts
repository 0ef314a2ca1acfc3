// Saved plan files: sealed, because a plan holds secrets, and forgotten when they are too old.
import { and, eq, lte } from 'drizzle-orm';
import type { Seals } from './data-keys.ts';
import type { Database } from './database.ts';
import { now } from './new-id.ts';
import { plans, runs } from './tables.ts';

export function planRepository(db: Database, seals: Seals) {
  const environmentOf = (runId: string): string =>
    db.orm.select({ id: runs.environmentId }).from(runs).where(eq(runs.id, runId)).get()?.id ?? '';
  const dropExpired = () => db.orm.delete(plans).where(lte(plans.expiresAt, now())).run();
  return {
    /** @param expiresAt ISO 8601; from then on the plan is not there any more. */
    put: (runId: string, step: string, plan: Buffer, expiresAt: string): Promise<void> =>
      db.run(() => {
        dropExpired();
        const set = { blob: seals.seal(environmentOf(runId), 'plan', `${runId}/${step}`, plan), expiresAt };
        db.orm
          .insert(plans)
          .values({ runId, step, ...set })
          .onConflictDoUpdate({ target: [plans.runId, plans.step], set })
          .run();
      }),
    get: (runId: string, step: string): Promise<Buffer | undefined> =>
      db.run(() => {
        dropExpired();
        const row = db.orm
          .select()
          .from(plans)
          .where(and(eq(plans.runId, runId), eq(plans.step, step)))
          .get();
        return row && seals.unseal(environmentOf(runId), 'plan', `${runId}/${step}`, row.blob);
      }),
    removeRun: (runId: string): Promise<void> =>
      db.run(() => {
        db.orm.delete(plans).where(eq(plans.runId, runId)).run();
      }),
  };
}
