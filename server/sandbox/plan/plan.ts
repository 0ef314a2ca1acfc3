// What Terraform will see as the plan of one object.
import { keyOfBlock, keyOfType } from '../schema/same.ts';
import type { TypeSchema } from '../schema/schema-data.ts';
import { hasUnknown, isObject, type ObjectValue, UNKNOWN, type Value } from '../wire/value.ts';
import { fill } from './fill.ts';
import { type AttributePath, replacements } from './replace.ts';

export interface PlanRequest {
  type: TypeSchema;
  prior: ObjectValue | null;
  config: ObjectValue;
  proposed: ObjectValue;
  defaultTags: ObjectValue;
  /** Last word of the type's own model, which may change the draft in place. */
  refine?: PlanRefinement;
}

export interface PlanDraft {
  prior: ObjectValue | null;
  config: ObjectValue;
  planned: ObjectValue;
  /** Whether an attribute of an existing object is about to change. */
  changes: (name: string) => boolean;
}
export type PlanRefinement = (draft: PlanDraft) => void;

export interface Plan {
  planned: ObjectValue;
  replace: AttributePath[];
}

/**
 * Plans one create or update. An update that changes nothing gives back `prior` itself, so Terraform sees no change.
 */
export function plan(request: PlanRequest): Plan {
  const { type, prior, config } = request;
  const planned = fill(type, config, prior, request.proposed);
  planTags(type, planned, config, request);
  request.refine?.({ prior, config, planned, changes: (name) => changes(type, prior, planned, name) });
  if (!prior) return { planned, replace: [] };
  if (keyOfBlock(type.block, planned) === keyOfBlock(type.block, prior) && !hasUnknown(planned)) {
    return { planned: prior, replace: [] };
  }
  return { planned, replace: replacements(type, prior, planned) };
}

function changes(type: TypeSchema, prior: ObjectValue | null, planned: ObjectValue, name: string): boolean {
  const attribute = type.block.attributes?.[name];
  return (
    prior !== null &&
    attribute !== undefined &&
    keyOfType(attribute.type, prior[name]) !== keyOfType(attribute.type, planned[name])
  );
}

/** `tags_all` is the provider's default tags under the object's own; unknown as long as either is. */
function planTags(type: TypeSchema, planned: ObjectValue, config: ObjectValue, request: PlanRequest): void {
  if (!type.block.attributes?.tags_all?.computed || !type.block.attributes.tags) return;
  const own = config.tags ?? null;
  if (hasUnknown(own)) {
    planned.tags_all = UNKNOWN;
    return;
  }
  const merged: Record<string, Value> = { ...request.defaultTags, ...(isObject(own) ? own : {}) };
  if (!request.prior && Object.keys(merged).length === 0) planned.tags_all = UNKNOWN;
  else planned.tags_all = Object.fromEntries(Object.entries(merged).map(([name, value]) => [name, value ?? '']));
}
