// Environments: made with defaults by their class, read, and removed when nothing is deployed in them any more.
import type {
  AuditEntry,
  CloudIdentity,
  CloudTarget,
  EngineKind,
  EnvironmentChange,
  EnvironmentCreate,
  EnvironmentDocument,
  EnvironmentSummary,
} from '../../schemas/generated/types.ts';
import type { CloudAccess } from '../cloud/cloud-access.ts';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { EventHub } from './events.ts';
import type { LiveDocuments } from './live-documents.ts';
import { requireName, summarize } from './projects.ts';
import { sessionName } from './runs/identity.ts';
import { compileIncoming, describeError, documentBody } from './schemas.ts';
import { findEnvironment } from './scope.ts';

interface EnvironmentDependencies {
  store: Pick<Store, 'projects' | 'environments' | 'runs' | 'deployments' | 'audit' | 'sandboxObjects'>;
  events: EventHub;
  documents: Pick<LiveDocuments, 'release'>;
  /** Kind of the engine that new environments take. */
  defaultEngine(): Promise<EngineKind>;
  runs: { isBusy(environmentId: string): boolean };
  cloud: CloudAccess;
  /** Lets go of what the server holds for an environment that is gone. */
  release(environmentId: string): Promise<void>;
}

export function createEnvironments(given: EnvironmentDependencies) {
  const { store, events, documents, defaultEngine, runs, cloud, release } = given;
  /** Where no account was named, the one that the credentials belong to is the one that is expected from now on. */
  const withAccount = async (project: string, body: EnvironmentCreate): Promise<EnvironmentCreate> => {
    const { target } = body;
    if (target.kind === 'sandbox' || target.account !== undefined) return body;
    const asked = completeTarget({ ...target, account: unknownAccount });
    const { account } = await cloud.identify(asked, sessionName({ project, name: body.name }));
    return { ...body, target: { ...target, account } };
  };
  return {
    get: async (project: string, name: string): Promise<EnvironmentSummary> =>
      summarize(store, await findEnvironment(store, project, name)),
    /** @throws `unknown-project`, `bad-name`, `bad-target`, `environment-exists` */
    create: async (project: string, body: EnvironmentCreate, who: string): Promise<EnvironmentSummary> => {
      if (!(await store.projects.find(project))) fail('unknown-project', { values: { name: project }, got: project });
      requireName('environment', body.name);
      const document = completeDocument(
        project,
        await withAccount(project, body),
        body.engine ?? (await defaultEngine()),
      );
      const made = await store.environments.create(document);
      if (!made) return fail('environment-exists', { values: { project, name: body.name }, got: body.name });
      const entry = { who, what: 'environment.create', project, environment: body.name, environmentId: made.id };
      await store.audit.append({ ...entry, after: document });
      await events.publish(made.id, [{ project, environment: body.name, type: 'environment' }]);
      return summarize(store, made);
    },
    /** Changes what may be changed while things are deployed. @throws `unknown-environment`, `run-in-progress`, `bad-request` */
    change: async (
      project: string,
      name: string,
      body: EnvironmentChange,
      who: string,
    ): Promise<EnvironmentSummary> => {
      const { id, document } = await findEnvironment(store, project, name);
      if (runs.isBusy(id)) fail('run-in-progress');
      const after = { ...document, ...body };
      requireDocument(after);
      const changed = await store.environments.change(id, after);
      const entry = { who, what: 'environment.change', project, environment: name, environmentId: id };
      await store.audit.append({ ...entry, before: document, after });
      await events.publish(id, [{ project, environment: name, type: 'environment' }]);
      return summarize(store, changed);
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
      await documents.release(id);
      await store.environments.remove(project, name);
      await release(id);
      const entry = { who, what: 'environment.delete', project, environment: name, environmentId: id };
      await store.audit.append({ ...entry, before: document });
    },
    /**
     * Who the cloud says that we are, asked now. The sandbox knows nobody else.
     * @throws `cloud-unreachable`, `cloud-credentials`, `credentials-expired`, `no-credentials`, `role-refused`
     */
    identity: async (project: string, name: string): Promise<CloudIdentity> => {
      const { document } = await findEnvironment(store, project, name);
      const { kind, account, region } = document.target;
      if (kind === 'sandbox') return { account, region, arn: sandboxArn, expected: account };
      return { ...(await cloud.identify(document.target, sessionName(document))), expected: account };
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
  requireDocument(document);
  return document;
}

function requireDocument(document: EnvironmentDocument): void {
  const validate = compileIncoming(documentBody('environment'));
  const error = validate(document) ? undefined : validate.errors?.[0];
  if (error)
    fail(error.instancePath.startsWith('/target') ? 'bad-target' : 'bad-request', describeError(error, document));
}

const sandboxAccount = '000000000000';
const sandboxArn = `arn:aws:sts::${sandboxAccount}:assumed-role/plumbline-sandbox/terraform`;
/** Stands in until the cloud has said which account it is. */
const unknownAccount = '000000000000';

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
