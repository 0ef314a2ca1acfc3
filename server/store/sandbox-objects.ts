// Objects of the embedded cloud of an environment; attributes are sealed. Has the shape that the sandbox asks for.
import { and, asc, eq } from 'drizzle-orm';
import type { Seals } from './data-keys.ts';
import type { Database } from './database.ts';
import { sandboxObjects } from './tables.ts';

export interface SandboxObjectRecord {
  type: string;
  id: string;
  region: string;
  owner: string;
  attributes: Record<string, unknown>;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export function sandboxObjectRepository(db: Database, seals: Seals, environmentId: string) {
  const one = (type: string, id: string) =>
    and(eq(sandboxObjects.environmentId, environmentId), eq(sandboxObjects.type, type), eq(sandboxObjects.id, id));
  const sealAttributes = ({ type, id, attributes }: SandboxObjectRecord) =>
    seals.seal(environmentId, 'sandbox-object', `${type}/${id}`, Buffer.from(JSON.stringify(attributes)));
  const open = (row: typeof sandboxObjects.$inferSelect): SandboxObjectRecord => {
    const { environmentId: _, attributes, ...rest } = row;
    const bytes = seals.unseal(environmentId, 'sandbox-object', `${row.type}/${row.id}`, attributes);
    return { ...rest, attributes: JSON.parse(bytes.toString('utf8')) as Record<string, unknown> };
  };
  return {
    get: (type: string, id: string): Promise<SandboxObjectRecord | undefined> =>
      db.run(() => {
        const row = db.orm.select().from(sandboxObjects).where(one(type, id)).get();
        return row && open(row);
      }),
    /** @returns false when there is one of that type and id. */
    insert: (object: SandboxObjectRecord): Promise<boolean> =>
      db.run(() => {
        const values = { ...object, environmentId, attributes: sealAttributes(object) };
        return db.orm.insert(sandboxObjects).values(values).onConflictDoNothing().run().changes > 0;
      }),
    update: (object: SandboxObjectRecord): Promise<void> =>
      db.run(() => {
        const set = { ...object, attributes: sealAttributes(object) };
        db.orm.update(sandboxObjects).set(set).where(one(object.type, object.id)).run();
      }),
    remove: (type: string, id: string): Promise<boolean> =>
      db.run(() => db.orm.delete(sandboxObjects).where(one(type, id)).run().changes > 0),
    list: (type?: string): Promise<SandboxObjectRecord[]> =>
      db.run(() => {
        const ofType = type === undefined ? undefined : eq(sandboxObjects.type, type);
        return db.orm
          .select()
          .from(sandboxObjects)
          .where(and(eq(sandboxObjects.environmentId, environmentId), ofType))
          .orderBy(asc(sandboxObjects.type), asc(sandboxObjects.id))
          .all()
          .map(open);
      }),
  };
}
