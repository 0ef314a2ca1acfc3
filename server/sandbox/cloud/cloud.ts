// The objects as one provider configuration sees them: its account, its region, its owner tag.
import type { CloudObject, ObjectStore } from '../contract.ts';
import type { ObjectValue } from '../wire/value.ts';
import { valuesAt } from './paths.ts';
import type { Realm } from './realm.ts';

/** Where to look something up: objects of `type` whose attribute `by` (a path) holds the value. */
export type LookUp = readonly [type: string, by: string];

const GLOBAL_SERVICES = /^aws_(iam|s3|route53|cloudfront)_/;
/** Types whose Terraform id does not tell two objects apart: the attributes that do. */
const IDENTITIES: Readonly<Record<string, readonly string[]>> = {
  aws_appautoscaling_policy: ['service_namespace', 'resource_id', 'scalable_dimension', 'name'],
  aws_appautoscaling_target: ['service_namespace', 'resource_id', 'scalable_dimension'],
  aws_ecs_task_definition: ['arn'],
  aws_lambda_permission: ['function_name', 'statement_id'],
  aws_s3_object: ['bucket', 'key'],
};
export const OWNER_TAG = 'plumbline:node';

export class Cloud {
  readonly realm: Realm;
  readonly owner: string;
  private readonly store: ObjectStore;
  private readonly homeRegion: string;

  constructor(store: ObjectStore, realm: Realm, homeRegion: string, owner: string) {
    this.store = store;
    this.realm = realm;
    this.homeRegion = homeRegion;
    this.owner = owner;
  }

  async get(type: string, id: string): Promise<ObjectValue | undefined> {
    return IDENTITIES[type] ? (await this.where(type, 'id', id))[0] : this.current(type, { id });
  }

  /** The object that `attributes` describe, as it is now. */
  async current(type: string, attributes: ObjectValue): Promise<ObjectValue | undefined> {
    return (await this.store.get(type, this.key(type, attributes)))?.attributes as ObjectValue | undefined;
  }

  async all(type: string): Promise<ObjectValue[]> {
    const objects = await this.store.list(type);
    const seen = (object: CloudObject): boolean => GLOBAL_SERVICES.test(type) || object.region === this.realm.region;
    return objects.filter(seen).map((object) => object.attributes as ObjectValue);
  }

  /** Objects of a type of which the attribute at path `by` is, or holds, `value`. */
  async where(type: string, by: string, value: string): Promise<ObjectValue[]> {
    return (await this.all(type)).filter((object) => valuesAt(object, by).includes(value));
  }

  /** The first object that any of the look-ups finds. */
  async find(value: string, ...lookUps: readonly LookUp[]): Promise<ObjectValue | undefined> {
    for (const [type, by] of lookUps) {
      const found = by === 'id' ? await this.get(type, value) : (await this.where(type, by, value))[0];
      if (found) return found;
    }
    return undefined;
  }

  /** @returns false when the id is taken */
  insert(type: string, attributes: ObjectValue, version: number): Promise<boolean> {
    const now = new Date().toISOString();
    return this.store.insert({ ...this.record(type, attributes, version), createdAt: now, updatedAt: now });
  }

  async update(type: string, attributes: ObjectValue, version: number): Promise<void> {
    const record = this.record(type, attributes, version);
    const before = await this.store.get(type, record.id);
    const now = new Date().toISOString();
    const kept = { createdAt: before?.createdAt ?? now, owner: before?.owner ?? record.owner };
    const next = { ...record, ...kept, updatedAt: now };
    if (before) await this.store.update(next);
    else await this.store.insert(next);
  }

  remove(type: string, attributes: ObjectValue): Promise<boolean> {
    return this.store.remove(type, this.key(type, attributes));
  }

  private record(type: string, attributes: ObjectValue, version: number): Omit<CloudObject, 'createdAt' | 'updatedAt'> {
    const id = this.key(type, attributes);
    return { type, id, region: this.realm.region, owner: this.owner, attributes, version };
  }

  /** Ids are unique per region on AWS, per store here. */
  private key(type: string, attributes: ObjectValue): string {
    const id = (IDENTITIES[type] ?? ['id']).map((name) => String(attributes[name])).join('/');
    const shared = GLOBAL_SERVICES.test(type) || this.realm.region === this.homeRegion;
    return shared ? id : `${this.realm.region}/${id}`;
  }
}
