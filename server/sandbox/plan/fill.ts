// Completes what Terraform proposes: defaults, values the cloud will choose, values that stay.
import { mapValues } from '../schema/conform.ts';
import { keyOfBlock, keyOfType } from '../schema/same.ts';
import type { AttributeSchema, BlockSchema, NestedBlockSchema, TypeSchema } from '../schema/schema-data.ts';
import { isObject, type ObjectValue, UNKNOWN, type Value } from '../wire/value.ts';
import { asOldSdk, isEmpty, withoutNulls } from './old-sdk.ts';
import { sameJson } from './same-json.ts';

interface Facts {
  defaults: Record<string, Value>;
  /** The type is built on the provider's older SDK, which cannot hold part-unknown sets and maps. */
  legacy: boolean;
}

/**
 * The planned object.
 * @param prior the object as it is, null when it is being made
 * @param proposed Terraform's merge of configuration and prior values
 */
export function fill(
  type: TypeSchema,
  config: ObjectValue,
  prior: ObjectValue | null,
  proposed: ObjectValue,
): ObjectValue {
  const facts = { defaults: type.defaults ?? {}, legacy: isLegacy(type) };
  const planned = fillBlock(type.block, config, prior, proposed, facts, '');
  for (const name of type.computedBlocks ?? []) {
    const configured = config[name];
    if (Array.isArray(configured) && configured.length === 0) planned[name] = prior ? (prior[name] ?? []) : UNKNOWN;
  }
  return planned;
}

/** Types of the older SDK let the configuration set `id`; types of the newer framework never do. */
function isLegacy(type: TypeSchema): boolean {
  return type.block.attributes?.id?.optional === true;
}

function fillBlock(
  block: BlockSchema,
  config: ObjectValue | null,
  prior: ObjectValue | null,
  proposed: ObjectValue,
  facts: Facts,
  path: string,
): ObjectValue {
  const planned: ObjectValue = { ...proposed };
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const value = fillAttribute(attribute, config?.[name] ?? null, prior, name, planned[name] ?? null, facts, path);
    planned[name] = facts.legacy ? asOldSdk(attribute.type, value) : value;
  }
  const finish = (nested: NestedBlockSchema, item: ObjectValue): ObjectValue =>
    facts.legacy && nested.nesting_mode === 'set' ? withoutNulls(nested.block, item) : item;
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const inner = (c: Value, p: Value, item: ObjectValue): ObjectValue =>
      finish(nested, fillBlock(nested.block, objectOrNull(c), objectOrNull(p), item, facts, `${path}${name}.`));
    planned[name] = fillBlocks(nested, config?.[name] ?? null, prior?.[name] ?? null, planned[name] ?? null, inner);
  }
  return planned;
}

function fillAttribute(
  attribute: AttributeSchema,
  configured: Value,
  prior: ObjectValue | null,
  name: string,
  proposed: Value,
  facts: Facts,
  path: string,
): Value {
  if (attribute.write_only) return null;
  const before = prior?.[name] ?? null;
  if (configured !== null) return prior && sameJson(configured, before) ? before : proposed;
  const byDefault = facts.defaults[path + name];
  if (!attribute.computed) return byDefault === undefined ? proposed : byDefault;
  if (!prior) return byDefault === undefined ? UNKNOWN : byDefault;
  // Core copies prior values over, but not inside sets that hold sets.
  return proposed ?? before;
}

type FillItem = (config: Value, prior: Value, item: ObjectValue) => ObjectValue;

function fillBlocks(nested: NestedBlockSchema, config: Value, prior: Value, proposed: Value, inner: FillItem): Value {
  if (nested.nesting_mode === 'set') return fillSet(nested.block, config, prior, proposed, inner);
  if (Array.isArray(proposed)) {
    return proposed.map((item, index) => (isObject(item) ? inner(at(config, index), at(prior, index), item) : item));
  }
  if (!isObject(proposed)) return proposed;
  if (nested.nesting_mode !== 'map') return inner(config, prior, proposed);
  const entry = (from: Value, name: string): Value => (isObject(from) ? (from[name] ?? null) : null);
  return mapValues(proposed, (item, name) =>
    isObject(item) ? inner(entry(config, name), entry(prior, name), item) : item,
  );
}

/** Elements of a set have no place of their own: each is matched with the prior element that it could have become. */
function fillSet(block: BlockSchema, config: Value, prior: Value, proposed: Value, inner: FillItem): Value {
  if (!Array.isArray(proposed)) return proposed;
  const free = Array.isArray(prior) ? [...prior] : [];
  const configured = Array.isArray(config) ? config : [];
  return proposed.map((item) => {
    if (!isObject(item)) return item;
    const own = configured.find((candidate) => couldBe(block, candidate, item)) ?? item;
    const same = free.findIndex((candidate) => keyOfBlock(block, candidate) === keyOfBlock(block, item));
    const index = same >= 0 ? same : free.findIndex((candidate) => couldBe(block, own, candidate));
    const before = index < 0 ? null : (free.splice(index, 1)[0] ?? null);
    return inner(own, before, item);
  });
}

/** Whether configured element `own` may have produced `made`: equal wherever the cloud has no choice. */
function couldBe(block: BlockSchema, own: Value, made: Value): boolean {
  if (!isObject(own) || !isObject(made)) return own === made;
  const attributes = Object.entries(block.attributes ?? {}).every(([name, attribute]) => {
    const unsaid = (own[name] ?? null) === null;
    if (unsaid && (attribute.computed || attribute.write_only || isEmpty(made[name]))) return true;
    return keyOfType(attribute.type, own[name]) === keyOfType(attribute.type, made[name]);
  });
  return (
    attributes && Object.entries(block.block_types ?? {}).every(([name, n]) => blocksCouldBe(n, own[name], made[name]))
  );
}

function blocksCouldBe(nested: NestedBlockSchema, own: Value | undefined, made: Value | undefined): boolean {
  const owns: Value[] = Array.isArray(own) ? own : [own ?? null];
  const mades: Value[] = Array.isArray(made) ? made : [made ?? null];
  if (owns.length !== mades.length) return false;
  if (nested.nesting_mode === 'set')
    return owns.every((item) => mades.some((other) => couldBe(nested.block, item, other)));
  return owns.every((item, index) => couldBe(nested.block, item, mades[index] ?? null));
}

function at(list: Value, index: number): Value {
  return Array.isArray(list) ? (list[index] ?? null) : null;
}

function objectOrNull(value: Value): ObjectValue | null {
  return isObject(value) ? value : null;
}
