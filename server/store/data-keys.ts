// A random data key per environment, wrapped by the master key; values are sealed with it under the name of their place.
import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { fail } from '../errors.ts';
import type { Database } from './database.ts';
import { seal, unseal } from './seal.ts';
import { dataKeys, settings } from './tables.ts';

/** Seals and opens values of an environment. Synchronous: to be called inside a query block. */
export interface Seals {
  /** Makes the data key of a new environment. */
  create(environment: string): void;
  forget(environment: string): void;
  seal(environment: string, kind: string, name: string, plain: Buffer): Buffer;
  unseal(environment: string, kind: string, name: string, envelope: Buffer): Buffer;
}

/** @throws `wrong-master-key` when the data was sealed under another one. */
export function openSeals(db: Database, masterKey: Buffer): Seals {
  proveMasterKey(db, masterKey);
  const opened = new Map<string, Buffer>();
  const keyOf = (environment: string): Buffer => {
    const known = opened.get(environment);
    if (known) return known;
    const row = db.orm.select().from(dataKeys).where(eq(dataKeys.environmentId, environment)).get();
    if (!row) return fail('seal-broken', { values: { what: `data key of environment ${environment}` }, retry: false });
    const key = unseal(masterKey, `data-key/${environment}`, row.wrapped);
    opened.set(environment, key);
    return key;
  };
  return {
    create(environment) {
      const wrapped = seal(masterKey, `data-key/${environment}`, randomBytes(32));
      db.orm.insert(dataKeys).values({ environmentId: environment, wrapped }).run();
    },
    forget: (environment) => void opened.delete(environment),
    seal: (environment, kind, name, plain) => seal(keyOf(environment), `${kind}/${environment}/${name}`, plain),
    unseal: (environment, kind, name, envelope) =>
      unseal(keyOf(environment), `${kind}/${environment}/${name}`, envelope),
  };
}

const proof = 'plumbline';

function proveMasterKey(db: Database, masterKey: Buffer): void {
  const row = db.orm.select().from(settings).where(eq(settings.name, 'key-proof')).get();
  if (!row) {
    db.orm
      .insert(settings)
      .values({ name: 'key-proof', value: seal(masterKey, 'key-proof', Buffer.from(proof)) })
      .run();
    return;
  }
  if (!opensProof(masterKey, row.value)) fail('wrong-master-key', { retry: false });
}

/** Whether a master key is the one that a database's proof was sealed with. */
export function opensProof(masterKey: Buffer, envelope: Buffer): boolean {
  try {
    return unseal(masterKey, 'key-proof', envelope).toString() === proof;
  } catch {
    return false;
  }
}
