// Failures that somebody ordered for an environment's sandbox.
import { and, asc, eq } from 'drizzle-orm';
import type { SandboxFault } from '../../schemas/generated/types.ts';
import type { Database } from './database.ts';
import { newId } from './new-id.ts';
import { faults } from './tables.ts';

export function faultRepository(db: Database) {
  return {
    list: (environmentId: string): Promise<SandboxFault[]> =>
      db.run(() =>
        db.orm
          .select()
          .from(faults)
          .where(eq(faults.environmentId, environmentId))
          .orderBy(asc(faults.id))
          .all()
          .map(({ id, kind, type, operation, nth, node }) => ({
            ...{ id, kind, type, operation },
            ...(nth === null ? {} : { nth }),
            ...(node === null ? {} : { node }),
          })),
      ),
    add: (environmentId: string, fault: Omit<SandboxFault, 'id'>): Promise<SandboxFault> =>
      db.run(() => {
        const made = { id: newId(), ...fault };
        db.orm
          .insert(faults)
          .values({ environmentId, ...made })
          .run();
        return made;
      }),
    remove: (environmentId: string, id: string): Promise<boolean> =>
      db.run(
        () =>
          db.orm
            .delete(faults)
            .where(and(eq(faults.environmentId, environmentId), eq(faults.id, id)))
            .run().changes > 0,
      ),
  };
}
