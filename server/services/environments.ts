// Environments: made with defaults by their class, read, and removed when nothing is deployed in them any more.
import type {
  AuditEntry,
  CloudTarget,
  EngineKind,
  EnvironmentCreate,
  EnvironmentDocument,
  EnvironmentSummary,
} from '../../schemas/generated/types.ts';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { EventHub } from './events.ts';
import { requireName, summarize } from './projects.ts';
import { compileIncoming, describeError, documentBody } from './schemas.ts';
import { findEnvironment } from './scope.ts';

interface EnvironmentDependencies {
  store: Pick<Store, 'projects' | 'environments' | 'runs' | 'deployments' | 'audit' | 'sandboxObjects'>;
  events: EventHub;
  /** Kind of the engine that new environments take. */
  defaultEngine(): Promise<EngineKind>;
  runs: { isBusy(environmentId: string): boolean };
  /** Lets go of what the server holds for an environment that is gone. */
  release(environmentId: string): Promise<void>;
}

export function createEnvironments({ store, events, defaultEngine, runs, release }: EnvironmentDependencies) {
  return {
    get: async (project: string, name: string): Promise<EnvironmentSummary> =>
      summarize(store, await findEnvironment(store, project, name)),
    /** @throws `unknown-project`, `bad-name`, `bad-target`, `environment-exists` */
    create: async (project: string, body: EnvironmentCreate, who: string): Promise<EnvironmentSummary> => {
      if (!(await store.projects.find(project))) fail('unknown-project', { values: { name: project }, got: project });
      requireName('environment', body.name);
      const document = completeDocument(project, body, body.engine ?? (await defaultEngine()));
      const made = await store.environments.create(document);
      if (!made) return fail('environment-exists', { values: { project, name: body.name }, got: body.name });
      const entry = { who, what: 'environment.create', project, environment: body.name, environmentId: made.id };
      await store.audit.append({ ...entry, after: document });
      await events.publish(made.id, [{ project, environment: body.name, type: 'environment' }]);
      return summarize(store, made);
    },
    /** @throws `unknown-environment`, `run-in-progress`, `environment-in-use` */
    remove: async (project: string, name: string, who: string): Promise<void> => {
      const { id, document } = await findEnvironment(store, project, name);
      if (runs.isBusy(id)) fail('run-in-progress');
      const deployed = (await store.deployments.list(id)).map(({ node }) => node);
      if (deployed.length > 0) fail('environment-in-use', { values: { name }, got: deployed.slice(0, 10).join(', ') });
      const left = await store.sandboxObjects(id).list();
      if (left.length > 0)
        fail('environment-in-use', { values: { name }, got: `${left.length} objects in its sandbox` });
      await store.environments.remove(project, name);
      await release(id);
      const entry = { who, what: 'environment.delete', project, environment: name, environmentId: id };
      await store.audit.append({ ...entry, before: document });
    },
    /** The newest entry first. */
    audit: async (project: string, name: string): Promise<AuditEntry[]> =>
      store.audit.list((await findEnvironment(store, project, name)).id),
  };
}

function completeDocument(project: string, body: EnvironmentCreate, engine: EngineKind): EnvironmentDocument {
  const isOwn = body.class === 'development' || body.class === 'preview';
  const document: EnvironmentDocument = {
    schemaVersion: 1,
    project,
    name: body.name,
    class: body.class,
    target: completeTarget(body.target),
    engine,
    tags: body.tags ?? {},
    protection: body.protection ?? body.class !== 'development',
    approval: body.approval ?? (isOwn ? 'self' : 'ask'),
  };
  const validate = compileIncoming(documentBody('environment'));
  const error = validate(document) ? undefined : validate.errors?.[0];
  if (error)
    fail(error.instancePath.startsWith('/target') ? 'bad-target' : 'bad-request', describeError(error, document));
  return document;
}

const sandboxAccount = '000000000000';

function completeTarget(target: EnvironmentCreate['target']): CloudTarget {
  const { kind, region, account } = target;
  if (kind === 'sandbox') return { ...target, region: region ?? 'eu-central-1', account: account ?? sandboxAccount };
  const need = (field: 'region' | 'account' | 'endpoint', expected: string): string =>
    target[field] ??
    fail('bad-target', { path: `/target/${field}`, got: 'nothing', expected, fix: `Set the ${field} of the target.` });
  const complete = {
    ...target,
    region: need('region', 'a region such as eu-central-1'),
    account: need('account', 'an account of 12 digits'),
  };
  return kind === 'aws-endpoint'
    ? { ...complete, endpoint: need('endpoint', 'the URL of the AWS-compatible endpoint') }
    : complete;
}
