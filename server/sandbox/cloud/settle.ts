// Gives every value that a plan left unknown its final value.
import { conformBlocks, conformType, mapValues } from '../schema/conform.ts';
import type { AttributeType, BlockSchema, TypeSchema } from '../schema/schema-data.ts';
import { isObject, type ObjectValue, textOf, UNKNOWN, type Value } from '../wire/value.ts';
import type { Cloud } from './cloud.ts';
import type { Draft, TypeModel } from './model.ts';
import { textAt } from './paths.ts';
import { arn, digest } from './realm.ts';

const NAME_ATTRIBUTES = ['name', 'bucket', 'identifier', 'function_name', 'family', 'domain', 'key', 'statement_id'];
/** Length of what AWS's provider appends to a prefix, or to `terraform-`. */
const SUFFIX_DIGITS = 26;
const ID_DIGITS = 17;

/**
 * The object as the cloud keeps it. The same plan gives the same ids, another `salt` others, so that two equal
 * objects can live side by side.
 */
export async function settle(
  typeName: string,
  type: TypeSchema,
  model: TypeModel,
  planned: ObjectValue,
  cloud: Cloud,
  salt: string,
): Promise<ObjectValue> {
  const attributes = type.block.attributes ?? {};
  const draft = draftOf(typeName, planned, cloud, salt);
  nameDraft(draft, type);
  const chosen = (await model.values?.(draft)) ?? {};
  const { object } = draft;
  for (const [name, attribute] of Object.entries(attributes)) {
    if (object[name] === UNKNOWN && chosen[name] !== undefined)
      object[name] = conformType(attribute.type, chosen[name]);
  }
  if (object.id === UNKNOWN) object.id = genericId(typeName, draft);
  for (const [name, attribute] of Object.entries(attributes)) {
    object[name] =
      object[name] === UNKNOWN ? generic(typeName, name, attribute.type, draft) : emptied(attribute.type, object[name]);
  }
  for (const [name, nested] of Object.entries(type.block.block_types ?? {})) {
    const value = object[name] === UNKNOWN ? conformBlocks(nested, chosen[name]) : object[name];
    object[name] = settleBlocks(nested.block, value ?? null);
  }
  return object;
}

function draftOf(typeName: string, planned: ObjectValue, cloud: Cloud, salt: string): Draft {
  const { realm } = cloud;
  const basis = JSON.stringify(planned, (_name, value: unknown) => (value === UNKNOWN ? undefined : value));
  const parts = [realm.account, realm.region, typeName, cloud.owner, basis, salt];
  const object: ObjectValue = { ...planned };
  return { object, realm, cloud, hash: (label = '') => digest(...parts, label), text: (path) => textAt(object, path) };
}

/** Names that the user left to the provider: the prefix, or `terraform-`, and digits. */
function nameDraft({ object, hash }: Draft, type: TypeSchema): void {
  for (const name of NAME_ATTRIBUTES) {
    if (object[name] !== UNKNOWN || !type.block.attributes?.[name]?.optional) continue;
    object[name] = (textOf(object[`${name}_prefix`]) || 'terraform-') + hash('name').slice(0, SUFFIX_DIGITS);
  }
}

function genericId(typeName: string, draft: Draft): string {
  const named = NAME_ATTRIBUTES.map((name) => textOf(draft.object[name])).find((name) => name !== '');
  return named ?? `${typeName.replace(/^aws_/, '').replaceAll('_', '-')}-${draft.hash().slice(0, ID_DIGITS)}`;
}

/** A plausible value for an attribute that no model describes. */
function generic(typeName: string, name: string, type: AttributeType, { object, realm, hash }: Draft): Value {
  const [, service = '', ...rest] = typeName.split('_');
  if (name === 'tags_all') return isObject(object.tags) ? object.tags : {};
  if (type !== 'string' || name.endsWith('_prefix')) return zero(type);
  if (name === 'arn') return arn(realm, service, `${rest.join('-') || service}/${textOf(object.id)}`);
  if (name === 'owner_id' || name === 'account_id' || name === 'registry_id') return realm.account;
  if (name === 'region') return realm.region;
  if (name.endsWith('_arn')) return arn(realm, service, `${name.replace(/_arn$/, '')}/${hash(name).slice(0, 12)}`);
  if (/(^|_)id$/.test(name)) return hash(name).slice(0, ID_DIGITS);
  if (/(endpoint|dns_name|domain_name|url|hostname)$/.test(name))
    return `${hash(name).slice(0, 12)}.${realm.region}.amazonaws.com`;
  return '';
}

function settleBlocks(block: BlockSchema, value: Value): Value {
  if (Array.isArray(value)) return value.map((item) => settleBlocks(block, item));
  if (!isObject(value)) return null;
  const settled: ObjectValue = { ...value };
  for (const [name, attribute] of Object.entries(block.attributes ?? {}))
    settled[name] = emptied(attribute.type, value[name]);
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    settled[name] = settleBlocks(nested.block, conformBlocks(nested, value[name] === UNKNOWN ? null : value[name]));
  }
  return settled;
}

/** `value` with empty values of its type where it is unknown. */
function emptied(type: AttributeType, value: Value | undefined): Value {
  if (value === UNKNOWN) return zero(type);
  if (value === null || value === undefined || typeof type === 'string') return value ?? null;
  const inner = (name: string): AttributeType =>
    type[0] === 'object' ? ((type[1] as Record<string, AttributeType>)[name] ?? 'string') : (type[1] as AttributeType);
  if (Array.isArray(value)) return value.map((item) => emptied(inner(''), item));
  return isObject(value) ? mapValues(value, (item, name) => emptied(inner(name), item)) : value;
}

/** What the provider writes into state for a computed value that the cloud left empty. */
function zero(type: AttributeType): Value {
  if (type === 'string') return '';
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  if (type[0] === 'object') return null;
  return type[0] === 'map' ? {} : [];
}
