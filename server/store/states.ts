// Terraform state: sealed, locked, every version kept. Has the shape that the engine's state backend asks for.
import { and, desc, eq } from 'drizzle-orm';
import type { Seals } from './data-keys.ts';
import type { Database } from './database.ts';
import { now } from './new-id.ts';
import { stateLocks, stateVersions } from './tables.ts';

/** One node's state. */
export interface StateScope {
  environment: string;
  node: string;
}

/** A holder of the lock: the id that the engine chose, and what it says of itself as JSON text. */
export interface StateLock {
  id: string;
  info: string;
}

export interface StateVersion {
  id: number;
  run: string;
  at: string;
  /** The version that says that the state was removed. */
  removed: boolean;
}

export function stateRepository(db: Database, seals: Seals) {
  const ofNode = (scope: StateScope) =>
    and(eq(stateVersions.environmentId, scope.environment), eq(stateVersions.node, scope.node));
  const held = (scope: StateScope) =>
    and(eq(stateLocks.environmentId, scope.environment), eq(stateLocks.node, scope.node));
  const newest = (scope: StateScope): Buffer | undefined => {
    const row = db.orm.select().from(stateVersions).where(ofNode(scope)).orderBy(desc(stateVersions.id)).limit(1).get();
    return row?.body ? seals.unseal(scope.environment, 'state', scope.node, row.body) : undefined;
  };
  const add = (scope: StateScope, body: Buffer | null, run: string) =>
    db.orm
      .insert(stateVersions)
      .values({ environmentId: scope.environment, node: scope.node, body, run, at: now() })
      .run();

  return {
    read: (scope: StateScope): Promise<Buffer | undefined> => db.run(() => newest(scope)),
    write: (scope: StateScope, body: Buffer, run: string): Promise<void> =>
      db.run(() => void add(scope, seals.seal(scope.environment, 'state', scope.node, body), run)),
    /** @returns the holder when somebody else has the lock, undefined when it was given. */
    lock: (scope: StateScope, lock: StateLock): Promise<StateLock | undefined> =>
      db.run(() => {
        const holder = db.orm.select().from(stateLocks).where(held(scope)).get();
        if (holder) return holder.lock === lock.id ? undefined : { id: holder.lock, info: holder.info };
        const { environment, node } = scope;
        db.orm.insert(stateLocks).values({ environmentId: environment, node, lock: lock.id, info: lock.info }).run();
        return undefined;
      }),
    /** Gives the lock back; without an id, whoever holds it. */
    unlock: (scope: StateScope, id?: string): Promise<void> =>
      db.run(() => {
        db.orm
          .delete(stateLocks)
          .where(and(held(scope), id === undefined ? undefined : eq(stateLocks.lock, id)))
          .run();
      }),
    /** Ends a state; its versions stay. */
    remove: (scope: StateScope): Promise<void> =>
      db.run(() => {
        if (newest(scope)) add(scope, null, '');
      }),
    /** The newest first, without bodies. */
    versions: (environment: string, node: string): Promise<StateVersion[]> =>
      db.run(() =>
        db.orm
          .select()
          .from(stateVersions)
          .where(ofNode({ environment, node }))
          .orderBy(desc(stateVersions.id))
          .all()
          .map(({ id, run, at, body }) => ({ id, run, at, removed: body === null })),
      ),
    latest: (environment: string, node: string): Promise<Buffer | undefined> =>
      db.run(() => newest({ environment, node })),
    /** Who holds which lock, in one environment or in all. */
    locks: (environment?: string): Promise<(StateScope & StateLock)[]> =>
      db.run(() =>
        db.orm
          .select()
          .from(stateLocks)
          .where(environment === undefined ? undefined : eq(stateLocks.environmentId, environment))
          .all()
          .map((row) => ({ environment: row.environmentId, node: row.node, id: row.lock, info: row.info })),
      ),
  };
}
