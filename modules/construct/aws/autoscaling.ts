// Provider resources of autoscaling, one import each: the provider's barrel alone costs half a gigabyte.

export { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy/index.js';
export { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target/index.js';
