// Whether the server can do its work, and what it works with.
import type { EngineInfo, Health } from '../../schemas/generated/types.ts';
import { fail } from '../errors.ts';
import type { MasterKey } from '../store/master-key.ts';
import type { Store } from '../store/store.ts';

interface HealthDependencies {
  store: Pick<Store, 'ping'>;
  version: string;
  engines(): Promise<EngineInfo[]>;
  /** Versions of the AWS provider in the mirror; undefined where there is no mirror. */
  mirrored(): Promise<string[] | undefined>;
  masterKey: Omit<MasterKey, 'key'>;
  /** Whether an access token is asked for. */
  token: boolean;
}

export function createHealth({ store, version, engines, mirrored, masterKey, token }: HealthDependencies) {
  const ask = () => store.ping().catch(() => undefined);
  return {
    get: async (): Promise<Health> => {
      const found = (await engines()).map(({ kind, version: engineVersion }) => ({ kind, version: engineVersion }));
      const { source, note } = masterKey;
      const sqlite = await ask();
      const versions = await mirrored();
      const problem = sqlite ? engineProblem(found) : 'The database does not answer.';
      return {
        status: problem === undefined ? 'ok' : 'degraded',
        version,
        node: process.versions.node,
        database: { answers: sqlite !== undefined, ...(sqlite ? { version: sqlite } : {}) },
        engines: found,
        provider: versions ? { source: 'mirror', versions } : { source: 'registry' },
        masterKey: { source, note },
        token,
        ...(problem === undefined ? {} : { problem }),
      };
    },
    /** @throws `not-ready` */
    ready: async (): Promise<void> => {
      if (!(await ask())) fail('not-ready');
    },
  };
}

function engineProblem(engines: readonly EngineInfo[]): string | undefined {
  return engines.length > 0
    ? undefined
    : 'No Terraform or OpenTofu was found: graphs can be drawn and checked, and not planned.';
}
