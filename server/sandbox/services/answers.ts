// AWS's answers that several services share.
import type { Rule } from '../cloud/model.ts';
import { type Answer, refers } from '../cloud/rules.ts';

/** An answer whose text has the value in place of `{}`. */
export function says(code: string, text: string): Answer {
  return { code, text: (value) => text.replaceAll('{}', value) };
}

/** The validation error of services that quote the constraint (IAM, DynamoDB, CloudWatch Logs). */
export function constraint(code: string, field: string, rule: string): Answer {
  const text = (value: string): string =>
    `1 validation error detected: Value '${value}' at '${field}' failed to satisfy constraint: Member must ${rule}`;
  return { code, text };
}

export const REFERENCED_SUBNET = says('InvalidSubnetID.NotFound', "The subnet ID '{}' does not exist");
export const REFERENCED_GROUP = says('InvalidGroup.NotFound', "The security group '{}' does not exist");
export const REFERENCED_VPC = says('InvalidVpcID.NotFound', "The vpc ID '{}' does not exist");

/** Where a security group can come from: its own resource, or the one that every VPC brings along. */
export const SECURITY_GROUPS = [
  ['aws_security_group', 'id'],
  ['aws_vpc', 'default_security_group_id'],
] as const;
export const SUBNETS = [['aws_subnet', 'id']] as const;
export const VPCS = [['aws_vpc', 'id']] as const;
export const ROLES_BY_ARN = [['aws_iam_role', 'arn']] as const;
const KEYS = [
  ['aws_kms_key', 'arn'],
  ['aws_kms_key', 'key_id'],
  ['aws_kms_alias', 'arn'],
  ['aws_kms_alias', 'name'],
] as const;
/** Keys that AWS manages for its services. */
const MANAGED_KEYS = /(^|:)alias\/aws\/|:key\/aws-/;

/** The KMS keys at `path` must exist. */
export function refersToKey(path: string, answer: Answer): Rule {
  return refers(path, KEYS, answer, MANAGED_KEYS);
}
