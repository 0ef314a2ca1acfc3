// The embedded cloud of each environment: started on demand, ended with the server.
import { join } from 'node:path';
import type { CloudTarget } from '../../../schemas/generated/types.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { Store } from '../../store/store.ts';

export interface Sandboxes {
  /** The environment's cloud; the same one until `close`. */
  open(environmentId: string, target: CloudTarget): Promise<Sandbox>;
  /** Ends one environment's cloud (its objects stay in the store), or all. */
  close(environmentId?: string): Promise<void>;
}

/** Keeps one embedded cloud per environment, over the objects in the store. */
export function createSandboxes(options: { store: Store; dataDir: string }): Sandboxes {
  const open = new Map<string, Promise<Sandbox>>();
  return {
    open(environmentId, target) {
      const running = open.get(environmentId);
      if (running) return running;
      const { store, dataDir } = options;
      const starting = startSandbox({
        account: target.account,
        region: target.region,
        store: store.sandboxObjects(environmentId),
        faults: async () =>
          (await store.faults.list(environmentId)).map((fault) => ({
            ...fault,
            nth: fault.nth ?? undefined,
            node: fault.node ?? undefined,
          })),
        socketDir: join(dataDir, 'work'),
        resourceTypes: [],
      });
      open.set(environmentId, starting);
      starting.catch(() => open.delete(environmentId));
      return starting;
    },
    async close(environmentId) {
      const ending = [...open].filter(([id]) => environmentId === undefined || id === environmentId);
      for (const [id, sandbox] of ending) {
        open.delete(id);
        await (await sandbox).close();
      }
    },
  };
}
