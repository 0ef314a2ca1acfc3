// Provider resources of elb, one import each: the provider's barrel alone costs half a gigabyte.
export { Lb } from '@cdktf/provider-aws/lib/lb/index.js';
export { LbListener } from '@cdktf/provider-aws/lib/lb-listener/index.js';
export { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group/index.js';
