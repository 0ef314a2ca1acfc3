// The embedded cloud as its user may see and disturb it: objects, deletions behind Terraform's back, ordered failures.
import type { SandboxFault, SandboxFaultCreate, SandboxObject } from '../../schemas/generated/types.ts';
import { REDACTED } from '../../schemas/rules/redact.ts';
import { fail } from '../errors.ts';
import type { EnvironmentRecord } from '../store/environments.ts';
import type { Store } from '../store/store.ts';
import { findEnvironment } from './scope.ts';

type SandboxStore = Pick<Store, 'projects' | 'environments' | 'sandboxObjects' | 'faults' | 'audit'>;

/** A part of a provider schema: which attributes are sensitive, and what is nested. */
export interface BlockShape {
  attributes?: Record<string, { sensitive?: boolean }>;
  block_types?: Record<string, { block: BlockShape }>;
}

interface SandboxDependencies {
  store: SandboxStore;
  /** Shape of a resource type; undefined when the provider has no such type. */
  shapeOf(type: string): BlockShape | undefined;
}

export function createSandboxes({ store, shapeOf }: SandboxDependencies) {
  const find = async (project: string, name: string): Promise<EnvironmentRecord> => {
    const environment = await findEnvironment(store, project, name);
    if (environment.document.target.kind !== 'sandbox') fail('not-a-sandbox', { values: { name } });
    return environment;
  };
  const audit = (environment: EnvironmentRecord, who: string, what: string, before: unknown, after?: unknown) => {
    const { project, name } = environment.document;
    return store.audit.append({ who, what, project, environment: name, environmentId: environment.id, before, after });
  };
  return {
    objects: async (project: string, name: string): Promise<SandboxObject[]> => {
      const objects = await store.sandboxObjects((await find(project, name)).id).list();
      return objects.map(({ type, id, owner, createdAt, updatedAt }) => ({ type, id, owner, createdAt, updatedAt }));
    },
    /** @throws `unknown-object` */
    object: async (project: string, name: string, type: string, id: string): Promise<SandboxObject> => {
      const found = await store.sandboxObjects((await find(project, name)).id).get(type, id);
      if (!found) return fail('unknown-object', { values: { type, name: id } });
      const { owner, createdAt, updatedAt, attributes } = found;
      return { type, id, owner, createdAt, updatedAt, attributes: hideSensitive(shapeOf(type), attributes) };
    },
    /** Deletes an object behind Terraform's back. @throws `unknown-object` */
    removeObject: async (project: string, name: string, type: string, id: string, who: string): Promise<void> => {
      const environment = await find(project, name);
      const isGone = await store.sandboxObjects(environment.id).remove(type, id);
      if (!isGone) fail('unknown-object', { values: { type, name: id } });
      await audit(environment, who, 'sandbox.delete', { type, id });
    },
    faults: async (project: string, name: string): Promise<SandboxFault[]> =>
      store.faults.list((await find(project, name)).id),
    addFault: async (project: string, name: string, body: SandboxFaultCreate, who: string): Promise<SandboxFault> => {
      const environment = await find(project, name);
      const fault = await store.faults.add(environment.id, {
        ...body,
        type: body.type ?? '*',
        operation: body.operation ?? '*',
      });
      await audit(environment, who, 'sandbox.fault', undefined, fault);
      return fault;
    },
    /** @throws `unknown-fault` */
    removeFault: async (project: string, name: string, id: string, who: string): Promise<void> => {
      const environment = await find(project, name);
      if (!(await store.faults.remove(environment.id, id))) fail('unknown-fault', { values: { name: id } });
      await audit(environment, who, 'sandbox.mend', { id });
    },
  };
}

/** Attributes with `[secret]` where the provider calls them sensitive, or everywhere when it does not describe the type. */
function hideSensitive(shape: BlockShape | undefined, attributes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      const nested = shape?.block_types?.[name]?.block;
      if (nested) return [name, hideNested(nested, value)];
      const attribute = shape?.attributes?.[name];
      return [name, value === null || (attribute && !attribute.sensitive) ? value : REDACTED];
    }),
  );
}

function hideNested(shape: BlockShape, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => hideNested(shape, item));
  return typeof value === 'object' && value !== null ? hideSensitive(shape, value as Record<string, unknown>) : value;
}
