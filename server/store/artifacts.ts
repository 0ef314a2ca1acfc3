// Artifacts as they were last published; secret fields are sealed apart from the rest.
import { and, asc, eq } from 'drizzle-orm';
import type { Artifact } from '../../schemas/generated/types.ts';
import type { Seals } from './data-keys.ts';
import type { Database } from './database.ts';
import { now } from './new-id.ts';
import { artifacts } from './tables.ts';

export interface StoredArtifact extends Omit<Artifact, 'value'> {
  /** The fields that are no secrets. */
  value: Record<string, unknown>;
  /** The fields that are; never to leave the server. */
  secret: Record<string, unknown>;
}

export interface NewArtifact extends Omit<Artifact, 'publishedAt'> {
  /** Names of the fields to seal. */
  secrets: readonly string[];
}

export function artifactRepository(db: Database, seals: Seals) {
  const open = (row: typeof artifacts.$inferSelect): StoredArtifact => {
    const { node, port, contract, value, run, publishedAt } = row;
    const bytes = row.sealed && seals.unseal(row.environmentId, 'artifact', `${node}/${port}`, row.sealed);
    const secret = bytes ? (JSON.parse(bytes.toString('utf8')) as Record<string, unknown>) : {};
    return { node, port, contract, value, secret, run, publishedAt };
  };
  return {
    publish: (environmentId: string, artifact: NewArtifact): Promise<void> =>
      db.run(() => {
        const { node, port, contract, run } = artifact;
        const isSecret = ([field]: [string, unknown]) => artifact.secrets.includes(field);
        const fields = Object.entries(artifact.value);
        const secret = fields.filter(isSecret);
        const value = Object.fromEntries(fields.filter((field) => !isSecret(field)));
        const bytes = Buffer.from(JSON.stringify(Object.fromEntries(secret)));
        const sealed = secret.length > 0 ? seals.seal(environmentId, 'artifact', `${node}/${port}`, bytes) : null;
        const set = { contract, value, sealed, run, publishedAt: now() };
        db.orm
          .insert(artifacts)
          .values({ environmentId, node, port, ...set })
          .onConflictDoUpdate({ target: [artifacts.environmentId, artifacts.node, artifacts.port], set })
          .run();
      }),
    list: (environmentId: string): Promise<StoredArtifact[]> =>
      db.run(() =>
        db.orm
          .select()
          .from(artifacts)
          .where(eq(artifacts.environmentId, environmentId))
          .orderBy(asc(artifacts.node), asc(artifacts.port))
          .all()
          .map(open),
      ),
    removeNode: (environmentId: string, node: string): Promise<void> =>
      db.run(() => {
        db.orm
          .delete(artifacts)
          .where(and(eq(artifacts.environmentId, environmentId), eq(artifacts.node, node)))
          .run();
      }),
  };
}
