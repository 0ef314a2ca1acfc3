// Amazon SQS.
import type { Draft, Rule, ServiceModel, TypeModel } from '../cloud/model.ts';
import { textAt } from '../cloud/paths.ts';
import { arn, isForeignArn } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { policyDocument, refers, within } from '../cloud/rules.ts';
import type { ObjectValue } from '../wire/value.ts';
import { says } from './answers.ts';

const QUEUES_BY_URL = [
  ['aws_sqs_queue', 'id'],
  ['aws_sqs_queue', 'url'],
] as const;
const PLAIN_NAME = /^[A-Za-z0-9_-]{1,80}$/;
const FIFO_NAME = /^[A-Za-z0-9_-]{1,75}\.fifo$/;

const queueExists = refers(
  'queue_url',
  QUEUES_BY_URL,
  says('AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.'),
);
const queuePolicy = policyDocument('policy', 'InvalidAttributeValue', { principal: true });

function queueValues({ object, realm }: Draft): ObjectValue {
  const name = String(object.name);
  const url = `https://sqs.${realm.region}.amazonaws.com/${realm.account}/${name}`;
  const isFifo = object.fifo_queue === true;
  return {
    id: url,
    url,
    arn: arn(realm, 'sqs', name),
    kms_data_key_reuse_period_seconds: 300,
    sqs_managed_sse_enabled: !object.kms_master_key_id,
    deduplication_scope: isFifo ? 'queue' : '',
    fifo_throughput_limit: isFifo ? 'perQueue' : '',
  };
}

const queueName: Rule = ({ object, prior }) => {
  if (prior || textAt(object, 'name') === '') return;
  const name = textAt(object, 'name');
  const isFifo = object.fifo_queue === true;
  if ((isFifo ? FIFO_NAME : PLAIN_NAME).test(name)) return;
  const text = isFifo
    ? 'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.'
    : 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.';
  throw new Refusal('InvalidParameterValue', `${text} Got '${name}'`, 'name');
};

/** A dead-letter queue must exist, and be of the same kind. */
const deadLetters: Rule = async ({ object, cloud }) => {
  const text = textAt(object, 'redrive_policy');
  if (text === '') return;
  const invalid = (reason: string): Refusal =>
    new Refusal(
      'InvalidParameterValue',
      `Value ${text} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
      'redrive_policy',
    );
  const { deadLetterTargetArn: target, maxReceiveCount: count } = jsonObject(text) ?? {};
  if (typeof target !== 'string')
    throw invalid('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  if (!(Number(count) >= 1 && Number(count) <= 1000))
    throw invalid('Invalid value for maxReceiveCount: it must be 1 to 1000.');
  if (isForeignArn(cloud.realm, target)) return;
  const queue = await cloud.find(target, ['aws_sqs_queue', 'arn']);
  if (!queue) throw invalid('Dead letter target does not exist.');
  const own = (await cloud.find(textAt(object, 'queue_url'), ...QUEUES_BY_URL)) ?? object;
  if ((own.fifo_queue === true) !== (queue.fifo_queue === true)) {
    throw invalid('Dead-letter queue must be same type of queue as the source.');
  }
};

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function part(rules: readonly Rule[]): TypeModel {
  return {
    values: ({ text }) => ({ id: text('queue_url') }),
    partOf: { path: 'queue_url', type: 'aws_sqs_queue', by: 'id' },
    rules: [queueExists, ...rules],
    taken: (object) => `InvalidAttributeValue: The queue ${String(object.queue_url)} has such a policy already`,
  };
}

const bounded = (path: string, parameter: string, min: number, max: number): Rule =>
  within(
    path,
    min,
    max,
    says('InvalidAttributeValue', `Invalid value for the parameter ${parameter}. Got {}, expected ${min} to ${max}.`),
  );

export const sqs: ServiceModel = {
  aws_sqs_queue: {
    values: queueValues,
    rules: [
      queueName,
      bounded('visibility_timeout_seconds', 'VisibilityTimeout', 0, 43_200),
      bounded('message_retention_seconds', 'MessageRetentionPeriod', 60, 1_209_600),
      bounded('delay_seconds', 'DelaySeconds', 0, 900),
      bounded('receive_wait_time_seconds', 'ReceiveMessageWaitTimeSeconds', 0, 20),
      bounded('max_message_size', 'MaximumMessageSize', 1_024, 1_048_576),
      queuePolicy,
      deadLetters,
    ],
    taken: (object) => `QueueAlreadyExists: A queue already exists with the same name (${String(object.name)})`,
  },
  aws_sqs_queue_policy: part([queuePolicy]),
  aws_sqs_queue_redrive_policy: part([deadLetters]),
  aws_sqs_queue_redrive_allow_policy: part([]),
};
