// Projects: the families of environments.
import { asc, eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { now } from './new-id.ts';
import { environments, projects } from './tables.ts';

export interface ProjectRecord {
  name: string;
  createdAt: string;
}

export function projectRepository(db: Database) {
  return {
    list: (): Promise<ProjectRecord[]> =>
      db.run(() => db.orm.select().from(projects).orderBy(asc(projects.name)).all()),
    find: (name: string): Promise<ProjectRecord | undefined> =>
      db.run(() => db.orm.select().from(projects).where(eq(projects.name, name)).get()),
    /** @returns undefined when there is one of that name. */
    create: (name: string): Promise<ProjectRecord | undefined> =>
      db.run(() => db.orm.insert(projects).values({ name, createdAt: now() }).onConflictDoNothing().returning().get()),
    /** @returns whether it is gone; it stays while it has environments. */
    remove: (name: string): Promise<boolean> =>
      db.run(() => {
        const inUse = db.orm
          .select({ id: environments.id })
          .from(environments)
          .where(eq(environments.project, name))
          .get();
        if (inUse) return false;
        db.orm.delete(projects).where(eq(projects.name, name)).run();
        return true;
      }),
  };
}
