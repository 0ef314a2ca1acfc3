// Amazon SNS.
import type { Draft, Rule, ServiceModel } from '../cloud/model.ts';
import { textAt } from '../cloud/paths.ts';
import { arn, isForeignArn } from '../cloud/realm.ts';
import { Refusal } from '../cloud/refusal.ts';
import { matches, policyDocument, refers, unique } from '../cloud/rules.ts';
import type { ObjectValue } from '../wire/value.ts';
import { refersToKey, says } from './answers.ts';

const PROTOCOLS = /^(sqs|lambda|http|https|email|email-json|sms|application|firehose)$/;
const TOPICS = [['aws_sns_topic', 'arn']] as const;
const TOPIC_MISSING = says('NotFound', 'Topic does not exist');
const topicPolicy = policyDocument('policy', 'InvalidParameter', { principal: true });

function topicValues({ object, realm }: Draft): ObjectValue {
  const topicArn = arn(realm, 'sns', String(object.name));
  const statement = {
    Sid: '__default_statement_ID',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: [
      'SNS:GetTopicAttributes',
      'SNS:SetTopicAttributes',
      'SNS:AddPermission',
      'SNS:DeleteTopic',
      'SNS:Subscribe',
      'SNS:Publish',
    ],
    Resource: topicArn,
    Condition: { StringEquals: { 'AWS:SourceOwner': realm.account } },
  };
  const policy = JSON.stringify({ Version: '2008-10-17', Id: '__default_policy_ID', Statement: [statement] });
  return { id: topicArn, arn: topicArn, owner: realm.account, policy };
}

const topicName: Rule = ({ object }) => {
  const name = textAt(object, 'name');
  const pattern = object.fifo_topic === true ? /^[A-Za-z0-9_-]{1,251}\.fifo$/ : /^[A-Za-z0-9_-]{1,256}$/;
  if (name === '' || pattern.test(name)) return;
  throw new Refusal('InvalidParameter', `Invalid parameter: Topic Name. Got '${name}'`, 'name');
};

/** The endpoint of a queue or function in this account must exist, and a FIFO topic speaks to queues only. */
const endpointExists: Rule = async ({ object, cloud }) => {
  const endpoint = textAt(object, 'endpoint');
  const type = { sqs: 'aws_sqs_queue', lambda: 'aws_lambda_function' }[textAt(object, 'protocol')];
  if (!type || isForeignArn(cloud.realm, endpoint)) return;
  const target = await cloud.find(endpoint, [type, 'arn'], [type, 'qualified_arn']);
  const invalid = (reason: string): Refusal =>
    new Refusal('InvalidParameter', `Invalid parameter: Endpoint Reason: ${reason}`, 'endpoint');
  if (!target) throw invalid(`${endpoint} does not exist`);
  const topic = await cloud.get('aws_sns_topic', textAt(object, 'topic_arn'));
  if (topic?.fifo_topic !== true && target.fifo_queue === true)
    throw invalid('FIFO SQS Queues can not be subscribed to standard SNS topics');
};

const filterIsJson: Rule = ({ object }) => {
  const filter = textAt(object, 'filter_policy');
  try {
    if (filter) JSON.parse(filter);
  } catch {
    throw new Refusal('InvalidParameter', 'Invalid parameter: FilterPolicy: failed to parse JSON.', 'filter_policy');
  }
};

export const sns: ServiceModel = {
  aws_sns_topic: {
    values: topicValues,
    rules: [topicName, topicPolicy, refersToKey('kms_master_key_id', says('KMSNotFound', "Key '{}' does not exist"))],
    taken: (object) => `InvalidParameter: Topic already exists with different attributes (${String(object.name)})`,
  },
  aws_sns_topic_policy: {
    values: ({ realm, text }) => ({ id: text('arn'), owner: realm.account }),
    partOf: { path: 'arn', type: 'aws_sns_topic', by: 'arn' },
    rules: [refers('arn', TOPICS, TOPIC_MISSING), topicPolicy],
    taken: (object) => `InvalidParameter: The topic ${String(object.arn)} has a policy resource already`,
  },
  aws_sns_topic_subscription: {
    values: ({ realm, text, hash }) => {
      const id = `${text('topic_arn')}:${uuid(hash())}`;
      return {
        id,
        arn: id,
        owner_id: realm.account,
        confirmation_was_authenticated: true,
        pending_confirmation: false,
      };
    },
    partOf: { path: 'topic_arn', type: 'aws_sns_topic', by: 'arn' },
    rules: [
      refers('topic_arn', TOPICS, TOPIC_MISSING),
      matches(
        'protocol',
        PROTOCOLS,
        says('InvalidParameter', 'Invalid parameter: Does not support this protocol string: {}'),
      ),
      endpointExists,
      filterIsJson,
      unique(
        ['topic_arn', 'protocol', 'endpoint'],
        says('InvalidParameter', 'Invalid parameter: Subscription already exists with different attributes'),
      ),
    ],
  },
};

/** The digits of a hash in the shape of a UUID. */
export function uuid(digits: string): string {
  return digits.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
