// Projects: made, listed with their environments, and removed when they are empty.
import type { EnvironmentSummary, Project } from '../../schemas/generated/types.ts';
import { fail } from '../errors.ts';
import type { EnvironmentRecord } from '../store/environments.ts';
import type { Store } from '../store/store.ts';

type ProjectStore = Pick<Store, 'projects' | 'environments' | 'runs' | 'audit'>;

const slug = /^[a-z][a-z0-9-]{0,18}[a-z0-9]$/;

/** @throws `bad-name` unless it can be part of the names of things in a cloud. */
export function requireName(what: 'project' | 'environment', name: string): void {
  if (slug.test(name)) return;
  fail('bad-name', {
    values: { what, name: name.slice(0, 60) },
    path: '/name',
    got: name.slice(0, 60),
    expected: String(slug),
  });
}

export function createProjects(store: ProjectStore) {
  return {
    list: async (): Promise<Project[]> => {
      const environments = await store.environments.list();
      const summaries = await Promise.all(environments.map((record) => summarize(store, record)));
      const projects = await store.projects.list();
      return projects.map((project) => ({
        ...project,
        environments: summaries.filter(({ document }) => document.project === project.name),
      }));
    },
    /** @throws `bad-name`, `project-exists` */
    create: async (name: string, who: string): Promise<Project> => {
      requireName('project', name);
      const made = await store.projects.create(name);
      if (!made) return fail('project-exists', { values: { name }, got: name });
      await store.audit.append({ who, what: 'project.create', project: name, after: { name } });
      return { ...made, environments: [] };
    },
    /** @throws `unknown-project`, `project-not-empty` */
    remove: async (name: string, who: string): Promise<void> => {
      if (!(await store.projects.find(name))) fail('unknown-project', { values: { name }, got: name });
      if (!(await store.projects.remove(name))) fail('project-not-empty', { values: { name } });
      await store.audit.append({ who, what: 'project.delete', project: name, before: { name } });
    },
  };
}

/** What a list shows of an environment. */
export async function summarize(store: Pick<Store, 'runs'>, record: EnvironmentRecord): Promise<EnvironmentSummary> {
  const { id, ...summary } = record;
  const [lastRun] = await store.runs.list(id, 1);
  return lastRun ? { ...summary, lastRun } : summary;
}
