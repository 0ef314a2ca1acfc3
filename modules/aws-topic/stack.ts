// An SNS topic, encrypted and TLS only.
import { SnsTopic, SnsTopicPolicy } from '../construct/aws/sns.ts';
import { defineModule, denyInsecureTransport, policyDocument } from '../construct/index.ts';

interface Params {
  fifo: boolean;
  contentBasedDeduplication?: boolean;
  displayName: string;
  encrypted: boolean;
  tracing: boolean;
}

/** Every action that AWS takes in a topic policy: it refuses `sns:*`. */
const TOPIC_ACTIONS = [
  'sns:AddPermission',
  'sns:DeleteTopic',
  'sns:GetTopicAttributes',
  'sns:ListSubscriptionsByTopic',
  'sns:Publish',
  'sns:RemovePermission',
  'sns:SetTopicAttributes',
  'sns:Subscribe',
];

export default defineModule<Params>(({ stack, params, context, name }) => {
  const topic = new SnsTopic(stack, 'topic', {
    name: name(256, { suffix: params.fifo ? '.fifo' : undefined }),
    displayName: params.displayName || undefined,
    fifoTopic: params.fifo || undefined,
    contentBasedDeduplication: params.fifo ? (params.contentBasedDeduplication ?? false) : undefined,
    kmsMasterKeyId: params.encrypted ? 'alias/aws/sns' : undefined,
    tracingConfig: params.tracing ? 'Active' : undefined,
    signatureVersion: 2,
  });
  new SnsTopicPolicy(stack, 'topic_policy', {
    arn: topic.arn,
    policy: policyDocument([denyInsecureTransport(TOPIC_ACTIONS, [topic.arn])]),
  });
  return { topic: { arn: topic.arn, name: topic.name, region: context.region, fifo: params.fifo } };
});
