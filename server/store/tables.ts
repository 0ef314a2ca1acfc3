// The tables of plumbline.db; `npx drizzle-kit generate --config server/store/drizzle.config.ts` turns a change into a migration.
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type {
  EnvironmentDocument,
  Layout,
  Operation,
  PlumblineEvent,
  Run,
  Step,
} from '../../schemas/generated/types.ts';

const environmentId = () =>
  text('environment_id')
    .notNull()
    .references(() => environments.id, { onDelete: 'cascade' });
const runId = () =>
  text('run_id')
    .notNull()
    .references(() => runs.id, { onDelete: 'cascade' });
const sealed = (name: string) => blob(name, { mode: 'buffer' });

/** Named values of the installation, such as the text that proves the master key. */
export const settings = sqliteTable('settings', { name: text().primaryKey(), value: sealed('value').notNull() });

export const projects = sqliteTable('projects', { name: text().primaryKey(), createdAt: text('created_at').notNull() });

export const environments = sqliteTable(
  'environments',
  {
    id: text().primaryKey(),
    project: text()
      .notNull()
      .references(() => projects.name, { onDelete: 'restrict' }),
    name: text().notNull(),
    document: text({ mode: 'json' }).$type<EnvironmentDocument>().notNull(),
    revision: integer().notNull(),
    nodes: integer().notNull(),
    /** The last batch of operations that the newest revision and the layout hold. */
    sequence: integer().notNull().default(0),
    createdAt: text('created_at').notNull(),
  },
  (table) => [uniqueIndex('environments_name').on(table.project, table.name)],
);

/** The data key of each environment, wrapped by the master key: it goes with its environment, and so does all that it sealed. */
export const dataKeys = sqliteTable('data_keys', {
  environmentId: environmentId().primaryKey(),
  wrapped: sealed('wrapped').notNull(),
});

export const revisions = sqliteTable(
  'revisions',
  {
    environmentId: environmentId(),
    number: integer().notNull(),
    /** Canonical JSON, deflated: a large graph that is saved often would fill the disk. */
    graph: blob('graph', { mode: 'buffer' }).notNull(),
    by: text().notNull(),
    at: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.environmentId, table.number] })],
);

export const layouts = sqliteTable('layouts', {
  environmentId: environmentId().primaryKey(),
  layout: text({ mode: 'json' }).$type<Layout>().notNull(),
});

/** The journal of edits: what came after the newest revision, and some of what came before it, so that a batch is taken once. */
export const operations = sqliteTable(
  'operations',
  {
    environmentId: environmentId(),
    sequence: integer().notNull(),
    client: text().notNull(),
    batch: integer().notNull(),
    operations: text({ mode: 'json' }).$type<Operation[]>().notNull(),
    /** Whether they differ from what the client sent. */
    changed: integer({ mode: 'boolean' }).notNull(),
    by: text().notNull(),
    at: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.environmentId, table.sequence] }),
    uniqueIndex('operations_batch').on(table.environmentId, table.client, table.batch),
  ],
);

export const runs = sqliteTable(
  'runs',
  {
    id: text().primaryKey(),
    environmentId: environmentId(),
    number: integer().notNull(),
    status: text().$type<Run['status']>().notNull(),
    head: text({ mode: 'json' }).$type<Omit<Run, 'steps'>>().notNull(),
  },
  (table) => [uniqueIndex('runs_number').on(table.environmentId, table.number), index('runs_status').on(table.status)],
);

export const steps = sqliteTable(
  'steps',
  {
    runId: runId(),
    id: text().notNull(),
    position: integer().notNull(),
    step: text({ mode: 'json' }).$type<Step>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.id] })],
);

export const events = sqliteTable(
  'events',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    environmentId: environmentId(),
    at: text().notNull(),
    logOf: text('log_of'),
    step: text(),
    event: text({ mode: 'json' }).$type<Omit<PlumblineEvent, 'id' | 'at'>>().notNull(),
  },
  (table) => [
    index('events_environment').on(table.environmentId, table.id),
    index('events_log').on(table.logOf, table.id),
  ],
);

export const artifacts = sqliteTable(
  'artifacts',
  {
    environmentId: environmentId(),
    node: text().notNull(),
    port: text().notNull(),
    contract: text().notNull(),
    value: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    sealed: sealed('sealed'),
    run: text().notNull(),
    publishedAt: text('published_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.environmentId, table.node, table.port] })],
);

export const deployments = sqliteTable(
  'deployments',
  {
    environmentId: environmentId(),
    node: text().notNull(),
    name: text().notNull(),
    module: text().notNull(),
    version: text().notNull(),
    digest: text().notNull(),
    inputsDigest: text('inputs_digest').notNull(),
    run: text().notNull(),
    revision: integer().notNull(),
    at: text().notNull(),
    status: text().$type<'live' | 'failed'>().notNull(),
    dependsOn: text('depends_on', { mode: 'json' }).$type<string[]>().notNull(),
    connections: text({ mode: 'json' }).$type<string[]>().notNull(),
    /** The synth request that it was last applied with: what a destroy compiles again. Holds no secret values. */
    request: text({ mode: 'json' }).$type<unknown>().notNull(),
    resourceTypes: text('resource_types', { mode: 'json' }).$type<string[]>().notNull(),
    protected: integer({ mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.environmentId, table.node] })],
);

/** Every version of every Terraform state; a version without a body says that the state was removed. */
export const stateVersions = sqliteTable(
  'state_versions',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    environmentId: environmentId(),
    node: text().notNull(),
    body: sealed('body'),
    run: text().notNull(),
    at: text().notNull(),
  },
  (table) => [index('state_versions_node').on(table.environmentId, table.node, table.id)],
);

export const stateLocks = sqliteTable(
  'state_locks',
  {
    environmentId: environmentId(),
    node: text().notNull(),
    lock: text().notNull(),
    info: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.environmentId, table.node] })],
);

export const plans = sqliteTable(
  'plans',
  {
    runId: runId(),
    step: text().notNull(),
    blob: sealed('blob').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.step] })],
);

export const secrets = sqliteTable('secrets', {
  id: text().primaryKey(),
  environmentId: environmentId(),
  value: sealed('value').notNull(),
  createdAt: text('created_at').notNull(),
});

export const sandboxObjects = sqliteTable(
  'sandbox_objects',
  {
    environmentId: environmentId(),
    type: text().notNull(),
    id: text().notNull(),
    region: text().notNull(),
    owner: text().notNull(),
    attributes: sealed('attributes').notNull(),
    version: integer().notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.environmentId, table.type, table.id] })],
);

export const faults = sqliteTable('faults', {
  id: text().primaryKey(),
  environmentId: environmentId(),
  kind: text().$type<'denied' | 'throttled' | 'quota' | 'timeout'>().notNull(),
  type: text().notNull(),
  operation: text().$type<'create' | 'read' | 'update' | 'delete' | '*'>().notNull(),
  nth: integer(),
  node: text(),
});

/** Who did what; entries outlive the environment that they speak of. */
export const auditEntries = sqliteTable(
  'audit',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: text().notNull(),
    who: text().notNull(),
    what: text().notNull(),
    project: text().notNull(),
    environment: text(),
    environmentId: text('environment_id'),
    before: text({ mode: 'json' }).$type<unknown>(),
    after: text({ mode: 'json' }).$type<unknown>(),
  },
  (table) => [index('audit_environment').on(table.environmentId, table.id)],
);
