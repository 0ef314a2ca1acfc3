// Values of secret params; a graph holds their ids only.
import { and, eq } from 'drizzle-orm';
import type { Seals } from './data-keys.ts';
import type { Database } from './database.ts';
import { newId, now } from './new-id.ts';
import { secrets } from './tables.ts';

export function secretRepository(db: Database, seals: Seals) {
  return {
    /** @returns the id to refer to it by. */
    put: (environmentId: string, value: string): Promise<string> =>
      db.run(() => {
        const id = newId();
        const sealed = seals.seal(environmentId, 'secret', id, Buffer.from(value, 'utf8'));
        db.orm.insert(secrets).values({ id, environmentId, value: sealed, createdAt: now() }).run();
        return id;
      }),
    get: (environmentId: string, id: string): Promise<string | undefined> =>
      db.run(() => {
        const row = db.orm
          .select()
          .from(secrets)
          .where(and(eq(secrets.environmentId, environmentId), eq(secrets.id, id)))
          .get();
        return row && seals.unseal(environmentId, 'secret', id, row.value).toString('utf8');
      }),
    /** Whether the environment holds a value of that id. */
    has: (environmentId: string, id: string): Promise<boolean> =>
      db.run(() => {
        const where = and(eq(secrets.environmentId, environmentId), eq(secrets.id, id));
        return db.orm.select({ id: secrets.id }).from(secrets).where(where).get() !== undefined;
      }),
  };
}
