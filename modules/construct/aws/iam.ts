// Provider resources of iam, one import each: the provider's barrel alone costs half a gigabyte.
export { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
export { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
