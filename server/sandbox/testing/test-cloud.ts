// A cloud without Terraform for tests: plans and applies objects straight through the provider's rules.
import { FaultInjector } from '../cloud/faults.ts';
import type { Fault } from '../contract.ts';
import { Resources } from '../provider/resources.ts';
import { openSession } from '../provider/session.ts';
import { conform } from '../schema/conform.ts';
import { loadSchemas, type TypeSchema } from '../schema/schema-data.ts';
import type { ObjectValue } from '../wire/value.ts';
import { type MemoryStore, memoryStore } from './memory-store.ts';

const ACCOUNT = '000000000000';
const REGION = 'eu-central-1';

export interface TestCloud {
  store: MemoryStore;
  make: (type: string, config: ObjectValue) => Promise<ObjectValue>;
  change: (type: string, prior: ObjectValue, config: ObjectValue) => Promise<ObjectValue>;
  remove: (type: string, object: ObjectValue) => Promise<void>;
  read: (type: string, object: ObjectValue) => Promise<ObjectValue | null>;
}

/** A fresh cloud; `faults` may be changed while it is used. */
export function testCloud(faults: Fault[] = [], owner = 'node-1'): TestCloud {
  const store = memoryStore();
  const resources = new Resources(new FaultInjector(async () => faults, ACCOUNT, 0));
  const defaultTags = [{ tags: { 'plumbline:node': owner } }];
  const session = openSession({ account: ACCOUNT, region: REGION, store }, { default_tags: defaultTags });
  const call = (name: string) => ({ name, schema: schemaOf(name), session });
  const apply = async (type: string, prior: ObjectValue | null, given: ObjectValue): Promise<ObjectValue> => {
    const config = conform(schemaOf(type).block, given);
    const proposed = conform(schemaOf(type).block, { ...prior, ...given });
    const { planned } = resources.plan(call(type), prior, config, proposed);
    return (await resources.apply(call(type), { prior, planned, config })) ?? {};
  };
  return {
    store,
    make: (type, config) => apply(type, null, config),
    change: (type, prior, config) => apply(type, prior, config),
    remove: async (type, object) => {
      await resources.apply(call(type), { prior: object, planned: null, config: null });
    },
    read: (type, object) => resources.read(call(type), object),
  };
}

function schemaOf(type: string): TypeSchema {
  const schema = loadSchemas([type], []).resources.get(type);
  if (!schema) throw new Error(`no type ${type} in the schema file`);
  return schema;
}
