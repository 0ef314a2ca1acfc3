// Provider resources of logs, one import each: the provider's barrel alone costs half a gigabyte.
export { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
