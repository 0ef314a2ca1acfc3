// Provider resources of sns, one import each: the provider's barrel alone costs half a gigabyte.
export { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
export { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy/index.js';
export { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js';
