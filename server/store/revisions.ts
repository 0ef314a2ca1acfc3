// Revisions: every saved version of an environment's graph, none of them ever changed.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { and, eq } from 'drizzle-orm';
import type { Graph } from '../../schemas/generated/types.ts';
import { writeAudit } from './audit.ts';
import type { Database } from './database.ts';
import { now } from './new-id.ts';
import { environments, revisions } from './tables.ts';

export interface RevisionRecord {
  revision: number;
  graph: Graph;
  by: string;
  at: string;
}

export type SaveResult = { ok: true; revision: number } | { ok: false; current: number };

export function revisionRepository(db: Database) {
  const row = (environment: string, number: number) =>
    db.orm
      .select()
      .from(revisions)
      .where(and(eq(revisions.environmentId, environment), eq(revisions.number, number)))
      .get();
  const read = (environment: string, number: number): RevisionRecord | undefined => {
    const found = row(environment, number);
    return found && { revision: number, graph: JSON.parse(unpack(found.graph)) as Graph, by: found.by, at: found.at };
  };
  const owner = (environment: string) =>
    db.orm.select().from(environments).where(eq(environments.id, environment)).get();

  return {
    /** @returns undefined while nothing was saved. */
    head: (environment: string): Promise<RevisionRecord | undefined> =>
      db.run(() => read(environment, owner(environment)?.revision ?? 0)),
    get: (environment: string, number: number): Promise<RevisionRecord | undefined> =>
      db.run(() => read(environment, number)),
    /** Saves a graph in canonical form that was made on revision `base`. */
    save: (environment: string, base: number, graph: Graph, by: string): Promise<SaveResult> =>
      db.run(() => {
        const found = owner(environment);
        if (!found) return { ok: false, current: 0 };
        const current = found.revision;
        if (base !== current) return { ok: false, current };
        const revision = current + 1;
        db.orm
          .insert(revisions)
          .values({ environmentId: environment, number: revision, graph: pack(JSON.stringify(graph)), by, at: now() })
          .run();
        db.orm
          .update(environments)
          .set({ revision, nodes: graph.nodes.length })
          .where(eq(environments.id, environment))
          .run();
        writeAudit(db, {
          who: by,
          what: 'graph.save',
          project: found.project,
          environment: found.name,
          environmentId: environment,
          before: { revision: current, nodes: found.nodes },
          after: { revision, nodes: graph.nodes.length, connections: graph.connections.length },
        });
        return { ok: true, revision };
      }),
  };
}

const pack = (text: string): Buffer => deflateRawSync(text, { level: 3 });

const unpack = (packed: Buffer): string => inflateRawSync(packed).toString('utf8');
