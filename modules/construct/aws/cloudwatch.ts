// Provider resources of cloudwatch, one import each: the provider's barrel alone costs half a gigabyte.
export { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
