// What the role that deploys an environment needs of AWS, from the roots of its newest revision.
import type { DeployPermissions } from '../../schemas/generated/types.ts';
import table from '../../schemas/permissions/aws.json' with { type: 'json' };
import { deployPermissions, type PermissionTable, type Root } from '../../schemas/rules/deploy-permissions.ts';
import type { Store } from '../store/store.ts';
import type { Runs } from './runs/index.ts';
import { findEnvironment } from './scope.ts';

interface DeployPermissionsDeps {
  store: Pick<Store, 'environments' | 'projects'>;
  runs: Pick<Runs, 'synth'>;
}

export function createDeployPermissions({ store, runs }: DeployPermissionsDeps) {
  return {
    /** @throws `unknown-project`, `unknown-environment`, and what a compile throws */
    get: async (project: string, name: string): Promise<DeployPermissions> => {
      const { document } = await findEnvironment(store, project, name);
      const { files } = await runs.synth(project, name);
      const roots = Object.entries(files)
        .filter(([file]) => file.endsWith('.tf.json'))
        .map(([, text]) => JSON.parse(text) as Root);
      return deployPermissions(roots, document, table as PermissionTable);
    },
  };
}
