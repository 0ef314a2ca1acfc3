// Where the boxes of an environment stand; the last write wins.
import { eq } from 'drizzle-orm';
import type { Layout } from '../../schemas/generated/types.ts';
import type { Database } from './database.ts';
import { layouts } from './tables.ts';

export function layoutRepository(db: Database) {
  return {
    /** An empty layout while none was saved. */
    get: (environmentId: string): Promise<Layout> =>
      db.run(() => {
        const row = db.orm.select().from(layouts).where(eq(layouts.environmentId, environmentId)).get();
        return row?.layout ?? { schemaVersion: 1, nodes: {} };
      }),
    put: (environmentId: string, layout: Layout): Promise<void> =>
      db.run(() => {
        const values = { environmentId, layout };
        db.orm
          .insert(layouts)
          .values(values)
          .onConflictDoUpdate({ target: layouts.environmentId, set: { layout } })
          .run();
      }),
  };
}
