// AWS Identity and Access Management.
import type { Draft, Rule, ServiceModel } from '../cloud/model.ts';
import { textAt } from '../cloud/paths.ts';
import { globalArn } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { heldBy, matches, policyDocument, refers, whenMade } from '../cloud/rules.ts';
import type { ObjectValue } from '../wire/value.ts';
import { constraint, says } from './answers.ts';

/** IAM's quotas; white space does not count. */
const MAX_INLINE_BYTES = 10_240;
const MAX_MANAGED_BYTES = 6_144;
const MAX_TRUST_BYTES = 2_048;
const MAX_POLICIES_PER_ROLE = 10;
const CREATED = '2024-01-01T00:00:00Z';

const NAME = /^[\w+=,.@-]*$/;
const ROLES = [
  ['aws_iam_role', 'name'],
  ['aws_iam_role', 'id'],
] as const;
const roleExists = refers('role', ROLES, says('NoSuchEntity', 'The role with name {} cannot be found.'));

function named(path: string, field: string, max: number): Rule[] {
  const pattern = constraint('ValidationError', field, 'satisfy regular expression pattern: [\\w+=,.@-]+');
  const length = constraint('ValidationError', field, `have length less than or equal to ${max}`);
  return [matches(path, NAME, pattern), matches(path, new RegExp(`^[^]{0,${max}}$`), length)];
}

function size(policy: string): number {
  return policy.replace(/\s/g, '').length;
}

const inlineSize: Rule = async ({ type, object, cloud }) => {
  const role = textAt(object, 'role');
  const others = (await cloud.where(type, 'role', role)).filter(
    (other) => other.id !== object.id && other.name !== object.name,
  );
  const bytes = [object, ...others].reduce((sum, policy) => sum + size(textAt(policy, 'policy')), 0);
  if (bytes <= MAX_INLINE_BYTES) return;
  throw new Refusal(
    'LimitExceeded',
    `Maximum policy size of ${MAX_INLINE_BYTES} bytes exceeded for role ${role}`,
    'policy',
  );
};

const managedSize: Rule = ({ object }) => {
  if (size(textAt(object, 'policy')) <= MAX_MANAGED_BYTES) return;
  throw new Refusal('LimitExceeded', `Cannot exceed quota for PolicySize: ${MAX_MANAGED_BYTES}`, 'policy');
};

const trustSize: Rule = ({ object }) => {
  if (size(textAt(object, 'assume_role_policy')) <= MAX_TRUST_BYTES) return;
  throw new Refusal(
    'LimitExceeded',
    `Cannot exceed quota for ACLSizePerRole: ${MAX_TRUST_BYTES}`,
    'assume_role_policy',
  );
};

const attachmentQuota: Rule = async ({ type, object, cloud }) => {
  const attached = await cloud.where(type, 'role', textAt(object, 'role'));
  if (attached.length < MAX_POLICIES_PER_ROLE) return;
  throw new Refusal('LimitExceeded', `Cannot exceed quota for PoliciesPerRole: ${MAX_POLICIES_PER_ROLE}`);
};

/** With `force_detach_policies` the provider lets go of everything itself. */
const nothingAttached: Rule = async (subject) => {
  if (subject.object.force_detach_policies === true) return;
  const inline = says('DeleteConflict', 'Cannot delete entity, must delete policies first.');
  const managed = says('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
  await heldBy('name', [['aws_iam_role_policy', 'role']], inline)(subject);
  await heldBy('name', [['aws_iam_role_policy_attachment', 'role']], managed)(subject);
};

function entity({ object, realm, hash, text }: Draft, kind: string, prefix: string): ObjectValue & { arn: string } {
  const arn = globalArn(realm, 'iam', `${kind}${text('path') || '/'}${String(object.name)}`);
  return {
    id: String(object.name),
    arn,
    unique_id: prefix + hash('unique').slice(0, 17).toUpperCase(),
    create_date: CREATED,
  };
}

function policyValues(draft: Draft): ObjectValue {
  const { arn } = entity(draft, 'policy', '');
  return { id: arn, arn, policy_id: `ANPA${draft.hash('unique').slice(0, 17).toUpperCase()}`, attachment_count: 0 };
}

function taken(kind: string): (object: ObjectValue) => string {
  return (object) => `EntityAlreadyExists: ${kind} with name ${String(object.name)} already exists.`;
}

export const iam: ServiceModel = {
  aws_iam_role: {
    values: (draft) => entity(draft, 'role', 'AROA'),
    rules: [
      ...named('name', 'roleName', 64),
      policyDocument('assume_role_policy', 'MalformedPolicyDocument', { principal: true }),
      policyDocument('inline_policy.policy', 'MalformedPolicyDocument', { principal: false }),
      trustSize,
    ],
    removal: [nothingAttached],
    taken: taken('Role'),
  },
  aws_iam_role_policy: {
    values: ({ object, text }) => ({ id: `${text('role')}:${String(object.name)}` }),
    partOf: { path: 'role', type: 'aws_iam_role', by: 'name' },
    rules: [
      roleExists,
      ...named('name', 'policyName', 128),
      policyDocument('policy', 'MalformedPolicyDocument', { principal: false }),
      inlineSize,
    ],
  },
  aws_iam_role_policy_attachment: {
    values: ({ hash, text }) => ({ id: `${text('role')}-${hash().slice(0, 26)}` }),
    partOf: { path: 'role', type: 'aws_iam_role', by: 'name' },
    rules: [
      roleExists,
      refers(
        'policy_arn',
        [['aws_iam_policy', 'arn']],
        says('NoSuchEntity', 'Policy {} does not exist or is not attachable.'),
      ),
      whenMade(attachmentQuota),
    ],
  },
  aws_iam_policy: {
    values: policyValues,
    rules: [
      ...named('name', 'policyName', 128),
      policyDocument('policy', 'MalformedPolicyDocument', { principal: false }),
      managedSize,
    ],
    removal: [
      heldBy(
        'arn',
        [['aws_iam_role_policy_attachment', 'policy_arn']],
        says('DeleteConflict', 'Cannot delete a policy attached to entities.'),
      ),
    ],
    taken: (object) =>
      `EntityAlreadyExists: A policy called ${String(object.name)} already exists. Duplicate names are not allowed.`,
  },
  aws_iam_instance_profile: {
    values: (draft) => entity(draft, 'instance-profile', 'AIPA'),
    rules: [...named('name', 'instanceProfileName', 128), roleExists],
    taken: (object) => `EntityAlreadyExists: Instance Profile ${String(object.name)} already exists.`,
  },
};
