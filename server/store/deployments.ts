// What stands in the cloud for each node, as of its last apply.
import { and, asc, eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { deployments } from './tables.ts';

export type DeploymentRecord = Omit<typeof deployments.$inferSelect, 'environmentId'>;

export function deploymentRepository(db: Database) {
  return {
    put: (environmentId: string, deployment: DeploymentRecord): Promise<void> =>
      db.run(() => {
        db.orm
          .insert(deployments)
          .values({ environmentId, ...deployment })
          .onConflictDoUpdate({ target: [deployments.environmentId, deployments.node], set: deployment })
          .run();
      }),
    list: (environmentId: string): Promise<DeploymentRecord[]> =>
      db.run(() =>
        db.orm
          .select()
          .from(deployments)
          .where(eq(deployments.environmentId, environmentId))
          .orderBy(asc(deployments.node))
          .all()
          .map(({ environmentId: _, ...rest }) => rest),
      ),
    remove: (environmentId: string, node: string): Promise<void> =>
      db.run(() => {
        db.orm
          .delete(deployments)
          .where(and(eq(deployments.environmentId, environmentId), eq(deployments.node, node)))
          .run();
      }),
  };
}
