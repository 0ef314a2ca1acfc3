// Read, plan, apply and import of resources.

import type { Cloud } from '../cloud/cloud.ts';
import type { FaultInjector, Operation } from '../cloud/faults.ts';
import type { TypeModel } from '../cloud/model.ts';
import { textAt } from '../cloud/paths.ts';
import { Refusal } from '../cloud/refusal.ts';
import { settle } from '../cloud/settle.ts';
import { type Plan, plan } from '../plan/plan.ts';
import { conform } from '../schema/conform.ts';
import type { TypeSchema } from '../schema/schema-data.ts';
import { models } from '../services/index.ts';
import type { ObjectValue } from '../wire/value.ts';
import type { Session } from './session.ts';

const SALTS = 1000;

export interface ResourceCall {
  name: string;
  schema: TypeSchema;
  session: Session;
}

export interface Change {
  prior: ObjectValue | null;
  planned: ObjectValue | null;
  config: ObjectValue | null;
}

export class Resources {
  private readonly faults: FaultInjector;
  private last: Promise<unknown> = Promise.resolve();

  constructor(faults: FaultInjector) {
    this.faults = faults;
  }

  /** @returns null when the object, or what it is a part of, is gone */
  async read(call: ResourceCall, current: ObjectValue): Promise<ObjectValue | null> {
    await this.meetFault(call, 'read');
    const { cloud } = call.session;
    const found = await cloud.current(call.name, current);
    if (!found) return null;
    if (await this.isOrphan(call.name, found, cloud)) {
      await cloud.remove(call.name, current);
      return null;
    }
    return conform(call.schema.block, found);
  }

  plan(call: ResourceCall, prior: ObjectValue | null, config: ObjectValue, proposed: ObjectValue): Plan {
    const { refine } = modelOf(call.name);
    return plan({ type: call.schema, prior, config, proposed, defaultTags: call.session.defaultTags, refine });
  }

  /**
   * Makes, changes or removes one object; one at a time, so that no rule judges a cloud that is just changing.
   * @returns null for a removal
   * @throws Refusal
   */
  async apply(call: ResourceCall, change: Change): Promise<ObjectValue | null> {
    await this.meetFault(call, operationOf(change));
    const turn = this.last.then(() => this.change(call, change));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  async importById(call: ResourceCall, id: string): Promise<ObjectValue> {
    const found = await call.session.cloud.get(call.name, id);
    if (found) return conform(call.schema.block, found);
    throw new Refusal('NotFound', `Cannot import non-existent remote object ${call.name} '${id}'`);
  }

  private meetFault(call: ResourceCall, operation: Operation): Promise<void> {
    return this.faults.meet({ type: call.name, operation, owner: call.session.cloud.owner });
  }

  private async change(call: ResourceCall, { prior, planned, config }: Change): Promise<ObjectValue | null> {
    if (planned) {
      await judge(call, { prior, object: planned, config }, modelOf(call.name).rules ?? []);
      return prior ? this.update(call, prior, planned) : this.create(call, planned);
    }
    if (prior) await this.remove(call, prior);
    return null;
  }

  private async create(call: ResourceCall, planned: ObjectValue): Promise<ObjectValue> {
    const { cloud } = call.session;
    const model = modelOf(call.name);
    const settled = (salt: string): Promise<ObjectValue> => settle(call.name, call.schema, model, planned, cloud, salt);
    for (let attempt = 0; attempt < SALTS; attempt++) {
      const object = await settled(String(attempt));
      if (await cloud.insert(call.name, object, call.schema.version)) return object;
      const isNamed = (await settled('another')).id === object.id;
      if (isNamed) throw new Refusal(...takenAnswer(call.name, model, object));
    }
    throw new Refusal('LimitExceeded', `There are ${SALTS} equal objects of type ${call.name} already`);
  }

  private async update(call: ResourceCall, prior: ObjectValue, planned: ObjectValue): Promise<ObjectValue> {
    const { cloud } = call.session;
    if (!(await cloud.current(call.name, prior))) {
      throw new Refusal('NotFound', `${call.name} '${String(prior.id)}' does not exist any more; plan again`);
    }
    const object = await settle(call.name, call.schema, modelOf(call.name), planned, cloud, '');
    await cloud.update(call.name, object, call.schema.version);
    return object;
  }

  private async remove(call: ResourceCall, prior: ObjectValue): Promise<void> {
    const { cloud } = call.session;
    const found = await cloud.current(call.name, prior);
    if (!found) return;
    await judge(call, { prior, object: prior, config: null }, modelOf(call.name).removal ?? []);
    await cloud.remove(call.name, prior);
  }

  private async isOrphan(name: string, object: ObjectValue, cloud: Cloud): Promise<boolean> {
    const { partOf } = modelOf(name);
    return partOf !== undefined && !(await cloud.find(textAt(object, partOf.path), [partOf.type, partOf.by]));
  }
}

interface Judged {
  prior: ObjectValue | null;
  object: ObjectValue;
  config: ObjectValue | null;
}

async function judge(call: ResourceCall, judged: Judged, rules: NonNullable<TypeModel['rules']>): Promise<void> {
  for (const rule of rules) await rule({ ...judged, type: call.name, cloud: call.session.cloud });
}

function operationOf({ prior, planned }: Change): Operation {
  if (!planned) return 'delete';
  return prior ? 'update' : 'create';
}

function takenAnswer(name: string, model: TypeModel, object: ObjectValue): [code: string, text: string] {
  const [code = '', ...text] = (
    model.taken?.(object) ?? `AlreadyExists: ${name} '${String(object.id)}' already exists`
  ).split(': ');
  return [code, text.join(': ')];
}

function modelOf(name: string): TypeModel {
  return models[name] ?? {};
}
