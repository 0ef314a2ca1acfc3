// An SQS queue with a dead-letter queue, encrypted, TLS only, fed by the topics that it subscribes to.

import { SnsTopicSubscription } from '../construct/aws/sns.ts';
import { SqsQueue, SqsQueuePolicy } from '../construct/aws/sqs.ts';
import {
  type Binding,
  defineModule,
  denyInsecureTransport,
  Fn,
  type ModuleScope,
  ownerStatements,
  policyDocument,
} from '../construct/index.ts';

interface Params {
  fifo: boolean;
  contentBasedDeduplication?: boolean;
  visibilityTimeoutSeconds: number;
  retentionDays: number;
  maximumReceives: number;
  deadLetterRetentionDays: number;
  receiveWaitSeconds: number;
  delaySeconds: number;
}

const DAY = 86_400;

export default defineModule<Params>((scope) => {
  const deadLetters = makeDeadLetters(scope);
  const queue = makeQueue(scope, deadLetters);
  const owned = { queue, deadLetters };
  const statements = ownerStatements(scope, (output) => owned[output as keyof typeof owned].arn);
  new SqsQueuePolicy(scope.stack, 'queue_policy', {
    queueUrl: queue.id,
    policy: policyDocument([denyInsecureTransport(['sqs:*'], [queue.arn]), ...statements]),
  });
  new SqsQueuePolicy(scope.stack, 'dead_letters_policy', {
    queueUrl: deadLetters.id,
    policy: policyDocument([denyInsecureTransport(['sqs:*'], [deadLetters.arn])]),
  });
  for (const topic of scope.inputs('subscribesTo')) subscribe(scope, queue, topic);
  return { queue: fields(scope, queue), deadLetters: fields(scope, deadLetters) };
});

/**
 * Only this node's queue may send its dead letters here. Its ARN is put together from what is known, because the queue itself refers
 * to this one; a redrive policy as a resource of its own would wait for a minute each time.
 */
function makeDeadLetters({ stack, context, params, name }: ModuleScope<Params>): SqsQueue {
  const { partition, region, account } = context;
  const source = `arn:${partition}:sqs:${region}:${account}:${queueName({ params, name })}`;
  return new SqsQueue(stack, 'dead_letters', {
    name: name(80, { suffix: params.fifo ? 'dead-letters.fifo' : 'dead-letters' }),
    fifoQueue: params.fifo || undefined,
    messageRetentionSeconds: params.deadLetterRetentionDays * DAY,
    sqsManagedSseEnabled: true,
    redriveAllowPolicy: Fn.jsonencode({ redrivePermission: 'byQueue', sourceQueueArns: [source] }),
  });
}

function queueName({ params, name }: Pick<ModuleScope<Params>, 'params' | 'name'>): string {
  return name(80, { suffix: params.fifo ? '.fifo' : undefined });
}

function makeQueue({ stack, params, name }: ModuleScope<Params>, deadLetters: SqsQueue): SqsQueue {
  return new SqsQueue(stack, 'queue', {
    name: queueName({ params, name }),
    // AWS has no "standard" value: a standard queue is one where the attribute is not set.
    fifoQueue: params.fifo || undefined,
    contentBasedDeduplication: params.fifo ? (params.contentBasedDeduplication ?? false) : undefined,
    visibilityTimeoutSeconds: params.visibilityTimeoutSeconds,
    messageRetentionSeconds: params.retentionDays * DAY,
    receiveWaitTimeSeconds: params.receiveWaitSeconds,
    delaySeconds: params.delaySeconds,
    sqsManagedSseEnabled: true,
    redrivePolicy: Fn.jsonencode({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: params.maximumReceives }),
  });
}

function subscribe({ stack, params }: ModuleScope<Params>, queue: SqsQueue, topic: Binding): void {
  const { id } = topic.connection;
  new SnsTopicSubscription(stack, `subscription_${id.replaceAll('-', '_')}`, {
    topicArn: topic.string('arn'),
    protocol: 'sqs',
    endpoint: queue.arn,
    rawMessageDelivery: true,
    // AWS delivers from FIFO topics to both kinds of queue, from standard topics to standard queues only.
    lifecycle: params.fifo
      ? {
          precondition: [
            {
              condition: topic.boolean('fifo'),
              errorMessage: `Connection ${id}: a FIFO queue takes messages from FIFO topics only. Make the topic FIFO or this queue standard.`,
            },
          ],
        }
      : undefined,
  });
}

function fields({ context, params }: ModuleScope<Params>, queue: SqsQueue) {
  return { arn: queue.arn, url: queue.url, name: queue.name, region: context.region, fifo: params.fifo };
}
