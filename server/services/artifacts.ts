// Artifacts as people may see them.
import type { Artifact } from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { REDACTED, redact } from '../../schemas/rules/redact.ts';
import type { StoredArtifact } from '../store/artifacts.ts';
import type { Store } from '../store/store.ts';
import { findEnvironment } from './scope.ts';

export function createArtifacts(store: Pick<Store, 'projects' | 'environments' | 'artifacts'>, catalog: Catalog) {
  return {
    list: async (project: string, name: string, node?: string): Promise<Artifact[]> => {
      const { id } = await findEnvironment(store, project, name);
      const all = await store.artifacts.list(id);
      return all
        .filter((artifact) => node === undefined || artifact.node === node)
        .map((artifact) => redactArtifact(catalog, artifact));
    },
  };
}

/** The artifact with `[secret]` in the place of what must not be shown. */
export function redactArtifact(catalog: Catalog, stored: StoredArtifact): Artifact {
  const { secret, value, ...rest } = stored;
  const contract = catalog.findContract(stored.contract);
  const masked = Object.fromEntries(Object.keys(secret).map((field) => [field, REDACTED]));
  return { ...rest, value: { ...(contract ? redact(contract, value) : value), ...masked } };
}
