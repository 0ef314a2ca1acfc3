// Provider resources of rds, one import each: the provider's barrel alone costs half a gigabyte.
export { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js';
export { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group/index.js';
export { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group/index.js';
