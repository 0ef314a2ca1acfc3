// Environments; removing one removes everything of it, its data key included, except the audit.
import { and, asc, eq } from 'drizzle-orm';
import type { EnvironmentDocument } from '../../schemas/generated/types.ts';
import type { Seals } from './data-keys.ts';
import type { Database } from './database.ts';
import { newId, now } from './new-id.ts';
import { environments } from './tables.ts';

export interface EnvironmentRecord {
  id: string;
  document: EnvironmentDocument;
  /** Number of its newest revision; 0 while nothing was saved. */
  revision: number;
  /** Nodes in the newest revision. */
  nodes: number;
  /** The last batch of operations that the newest revision and the layout hold. */
  sequence: number;
  createdAt: string;
}

const columns = {
  id: environments.id,
  document: environments.document,
  revision: environments.revision,
  nodes: environments.nodes,
  sequence: environments.sequence,
  createdAt: environments.createdAt,
};

export function environmentRepository(db: Database, seals: Seals) {
  const byName = (project: string, name: string) => and(eq(environments.project, project), eq(environments.name, name));
  return {
    find: (project: string, name: string): Promise<EnvironmentRecord | undefined> =>
      db.run(() => db.orm.select(columns).from(environments).where(byName(project, name)).get()),
    get: (id: string): Promise<EnvironmentRecord | undefined> =>
      db.run(() => db.orm.select(columns).from(environments).where(eq(environments.id, id)).get()),
    list: (project?: string): Promise<EnvironmentRecord[]> =>
      db.run(() => {
        const only = project === undefined ? undefined : eq(environments.project, project);
        return db.orm
          .select(columns)
          .from(environments)
          .where(only)
          .orderBy(asc(environments.project), asc(environments.name))
          .all();
      }),
    /** @returns undefined when the project has one of that name. */
    create: (document: EnvironmentDocument): Promise<EnvironmentRecord | undefined> =>
      db.run(() => {
        const { project, name } = document;
        const row = { id: newId(), project, name, document, revision: 0, nodes: 0, createdAt: now() };
        const made = db.orm.insert(environments).values(row).onConflictDoNothing().returning(columns).get();
        if (made) seals.create(made.id);
        return made;
      }),
    /** @throws when it is gone meanwhile */
    change: (id: string, document: EnvironmentDocument): Promise<EnvironmentRecord> =>
      db.run(() =>
        db.orm.update(environments).set({ document }).where(eq(environments.id, id)).returning(columns).get(),
      ),
    remove: (project: string, name: string): Promise<boolean> =>
      db.run(() => {
        const gone = db.orm.delete(environments).where(byName(project, name)).returning({ id: environments.id }).get();
        if (gone) seals.forget(gone.id);
        return gone !== undefined;
      }),
  };
}
