// How a resource type behaves: the values the cloud chooses and what it refuses.
import type { PlanRefinement } from '../plan/plan.ts';
import type { ObjectValue } from '../wire/value.ts';
import type { Cloud } from './cloud.ts';
import type { Realm } from './realm.ts';

/** An object that is being made or changed; unknown values are still unknown. */
export interface Draft {
  object: ObjectValue;
  realm: Realm;
  cloud: Cloud;
  /** Hexadecimal digits that are the same for the same configuration; other digits for another label. */
  hash: (label?: string) => string;
  /** The text at a path, '' when it is absent or unknown. */
  text: (path: string) => string;
}

/** An object whose change or removal is being judged. */
export interface Subject {
  type: string;
  /** As it will be; for a removal, as it is. */
  object: ObjectValue;
  /** As it is; null when it is being made. */
  prior: ObjectValue | null;
  /** What the user wrote, write-only values included; null for a removal. */
  config: ObjectValue | null;
  cloud: Cloud;
}

/** Throws a Refusal when the cloud would say no. */
export type Rule = (subject: Subject) => void | Promise<void>;

export interface TypeModel {
  /** Values for what the plan left unknown; the ones that the plan knows are ignored. */
  values?: (draft: Draft) => ObjectValue | Promise<ObjectValue>;
  /** Judged when an object is made or changed. */
  rules?: readonly Rule[];
  /** Judged when an object is removed. */
  removal?: readonly Rule[];
  /** What AWS says when the id is taken. */
  taken?: (object: ObjectValue) => string;
  /** The object that this one is a part of, and vanishes with: path here, type and attribute there. */
  partOf?: { path: string; type: string; by: string };
  /** Corrects the plan where the provider has logic of its own. */
  refine?: PlanRefinement;
}

export type ServiceModel = Readonly<Record<string, TypeModel>>;
