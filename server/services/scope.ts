// Finds what an address names, or says that it is not there.
import { fail } from '../errors.ts';
import type { EnvironmentRecord } from '../store/environments.ts';
import type { Store } from '../store/store.ts';

/** @throws `unknown-project`, `unknown-environment` */
export async function findEnvironment(
  store: Pick<Store, 'environments' | 'projects'>,
  project: string,
  name: string,
): Promise<EnvironmentRecord> {
  const found = await store.environments.find(project, name);
  if (found) return found;
  if (!(await store.projects.find(project)))
    return fail('unknown-project', { values: { name: project }, got: project });
  return fail('unknown-environment', { values: { name, project }, got: `${project}/${name}` });
}
