// Which call of the AWS SDK asks for which IAM action. An action that is not here, and not given to the evaluator alone, fails the tier.
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import * as rds from '@aws-sdk/client-rds';
import * as s3 from '@aws-sdk/client-s3';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import type { Clients } from './grants-clients.ts';

/** Whom a call is about: the fields of a producer's artifact, and the role that calls. */
export interface Target {
  field(path: string): string;
  role: { name: string; arn: string };
}

interface SdkCall {
  send(clients: Clients, target: Target): Promise<unknown>;
  /** Errors of what lies behind IAM: the call was let through, and there was nothing to find or to change. */
  behind?: readonly string[];
}

const ID = { id: { S: 'tried' } };
const DENY_NOBODY = JSON.stringify({ Version: '2012-10-17', Statement: [] });

const BUCKET: Record<string, SdkCall> = {
  's3:ListBucket': { send: ({ s3: to }, at) => to.send(new s3.ListObjectsV2Command(bucket(at))) },
  's3:GetBucketLocation': { send: ({ s3: to }, at) => to.send(new s3.GetBucketLocationCommand(bucket(at))) },
  's3:GetObject': { send: ({ s3: to }, at) => to.send(new s3.GetObjectCommand(object(at))), behind: ['NoSuchKey'] },
  's3:PutObject': { send: ({ s3: to }, at) => to.send(new s3.PutObjectCommand({ ...object(at), Body: 'tried' })) },
  's3:DeleteObject': { send: ({ s3: to }, at) => to.send(new s3.DeleteObjectCommand(object(at))) },
  's3:AbortMultipartUpload': {
    send: ({ s3: to }, at) => to.send(new s3.AbortMultipartUploadCommand({ ...object(at), UploadId: 'none' })),
    behind: ['NoSuchUpload'],
  },
  's3:ListMultipartUploadParts': {
    send: ({ s3: to }, at) => to.send(new s3.ListPartsCommand({ ...object(at), UploadId: 'none' })),
    behind: ['NoSuchUpload'],
  },
  's3:DeleteBucket': { send: ({ s3: to }, at) => to.send(new s3.DeleteBucketCommand(bucket(at))) },
  's3:PutBucketPolicy': {
    send: ({ s3: to }, at) => to.send(new s3.PutBucketPolicyCommand({ ...bucket(at), Policy: DENY_NOBODY })),
  },
  's3:ListAllMyBuckets': { send: ({ s3: to }) => to.send(new s3.ListBucketsCommand({})) },
};

const bucket = ({ field }: Target) => ({ Bucket: field('name') });
const object = (at: Target) => ({ ...bucket(at), Key: 'sample' });

const FUNCTION: Record<string, SdkCall> = {
  // A dry run is judged like a real one, and starts nothing.
  'lambda:InvokeFunction': {
    send: ({ lambda: to }, at) => to.send(new lambda.InvokeCommand({ ...func(at), InvocationType: 'DryRun' })),
  },
  'lambda:DeleteFunction': { send: ({ lambda: to }, at) => to.send(new lambda.DeleteFunctionCommand(func(at))) },
  'lambda:AddPermission': {
    send: ({ lambda: to }, at) =>
      to.send(
        new lambda.AddPermissionCommand({
          ...func(at),
          StatementId: 'tried',
          Action: 'lambda:InvokeFunction',
          Principal: '123456789012',
        }),
      ),
  },
  'lambda:ListFunctions': { send: ({ lambda: to }) => to.send(new lambda.ListFunctionsCommand({})) },
};

const func = ({ field }: Target) => ({ FunctionName: field('name') });

const POSTGRES: Record<string, SdkCall> = {
  'secretsmanager:GetSecretValue': {
    send: ({ secrets: to }, at) => to.send(new secrets.GetSecretValueCommand(secret(at))),
  },
  'secretsmanager:DeleteSecret': {
    send: ({ secrets: to }, at) => to.send(new secrets.DeleteSecretCommand(secret(at))),
  },
  'secretsmanager:PutResourcePolicy': {
    send: ({ secrets: to }, at) =>
      to.send(new secrets.PutResourcePolicyCommand({ ...secret(at), ResourcePolicy: DENY_NOBODY })),
  },
  'secretsmanager:ListSecrets': { send: ({ secrets: to }) => to.send(new secrets.ListSecretsCommand({})) },
  'rds:DeleteDBInstance': {
    send: ({ rds: to }, at) => to.send(new rds.DeleteDBInstanceCommand({ ...instance(at), SkipFinalSnapshot: true })),
  },
  'rds:ModifyDBInstance': {
    send: ({ rds: to }, at) => to.send(new rds.ModifyDBInstanceCommand({ ...instance(at), PubliclyAccessible: true })),
  },
  'rds:DescribeDBInstances': { send: ({ rds: to }) => to.send(new rds.DescribeDBInstancesCommand({})) },
};

const secret = ({ field }: Target) => ({ SecretId: field('adminSecret.arn') });
const instance = ({ field }: Target) => ({ DBInstanceIdentifier: field('arn').split(':').at(-1) });

const NO_RECEIPT = ['ReceiptHandleIsInvalid', 'InvalidParameterValue', 'InvalidParameterValueException'];

const QUEUE: Record<string, SdkCall> = {
  'sqs:ReceiveMessage': { send: ({ sqs: to }, at) => to.send(new sqs.ReceiveMessageCommand(queue(at))) },
  'sqs:GetQueueAttributes': { send: ({ sqs: to }, at) => to.send(new sqs.GetQueueAttributesCommand(queue(at))) },
  'sqs:GetQueueUrl': {
    send: ({ sqs: to }, { field }) => to.send(new sqs.GetQueueUrlCommand({ QueueName: field('name') })),
  },
  'sqs:DeleteMessage': {
    send: ({ sqs: to }, at) => to.send(new sqs.DeleteMessageCommand({ ...queue(at), ReceiptHandle: 'none' })),
    behind: NO_RECEIPT,
  },
  'sqs:ChangeMessageVisibility': {
    send: ({ sqs: to }, at) =>
      to.send(new sqs.ChangeMessageVisibilityCommand({ ...queue(at), ReceiptHandle: 'none', VisibilityTimeout: 1 })),
    behind: NO_RECEIPT,
  },
  'sqs:SendMessage': {
    send: ({ sqs: to }, at) => to.send(new sqs.SendMessageCommand({ ...queue(at), MessageBody: 'tried' })),
  },
  'sqs:PurgeQueue': {
    send: ({ sqs: to }, at) => to.send(new sqs.PurgeQueueCommand(queue(at))),
    behind: ['PurgeQueueInProgress'],
  },
  'sqs:DeleteQueue': { send: ({ sqs: to }, at) => to.send(new sqs.DeleteQueueCommand(queue(at))) },
  'sqs:SetQueueAttributes': {
    send: ({ sqs: to }, at) =>
      to.send(new sqs.SetQueueAttributesCommand({ ...queue(at), Attributes: { Policy: DENY_NOBODY } })),
  },
  'sqs:ListQueues': { send: ({ sqs: to }) => to.send(new sqs.ListQueuesCommand({})) },
};

const queue = ({ field }: Target) => ({ QueueUrl: field('url') });

const TABLE: Record<string, SdkCall> = {
  'dynamodb:DescribeTable': { send: ({ dynamodb: to }, at) => to.send(new dynamodb.DescribeTableCommand(table(at))) },
  'dynamodb:GetItem': {
    send: ({ dynamodb: to }, at) => to.send(new dynamodb.GetItemCommand({ ...table(at), Key: ID })),
  },
  'dynamodb:BatchGetItem': {
    send: ({ dynamodb: to }, { field }) =>
      to.send(new dynamodb.BatchGetItemCommand({ RequestItems: { [field('name')]: { Keys: [ID] } } })),
  },
  'dynamodb:ConditionCheckItem': {
    send: ({ dynamodb: to }, at) => {
      const check = { ...table(at), Key: ID, ConditionExpression: 'attribute_not_exists(absent)' };
      return to.send(new dynamodb.TransactWriteItemsCommand({ TransactItems: [{ ConditionCheck: check }] }));
    },
  },
  'dynamodb:Query': {
    send: ({ dynamodb: to }, at) =>
      to.send(
        new dynamodb.QueryCommand({
          ...table(at),
          KeyConditionExpression: 'id = :id',
          ExpressionAttributeValues: { ':id': ID.id },
        }),
      ),
  },
  'dynamodb:Scan': { send: ({ dynamodb: to }, at) => to.send(new dynamodb.ScanCommand(table(at))) },
  'dynamodb:PutItem': {
    send: ({ dynamodb: to }, at) => to.send(new dynamodb.PutItemCommand({ ...table(at), Item: ID })),
  },
  'dynamodb:UpdateItem': {
    send: ({ dynamodb: to }, at) =>
      to.send(
        new dynamodb.UpdateItemCommand({
          ...table(at),
          Key: ID,
          UpdateExpression: 'SET seen = :seen',
          ExpressionAttributeValues: { ':seen': ID.id },
        }),
      ),
  },
  'dynamodb:DeleteItem': {
    send: ({ dynamodb: to }, at) => to.send(new dynamodb.DeleteItemCommand({ ...table(at), Key: ID })),
  },
  'dynamodb:BatchWriteItem': {
    send: ({ dynamodb: to }, { field }) =>
      to.send(
        new dynamodb.BatchWriteItemCommand({ RequestItems: { [field('name')]: [{ PutRequest: { Item: ID } }] } }),
      ),
  },
  'dynamodb:DeleteTable': { send: ({ dynamodb: to }, at) => to.send(new dynamodb.DeleteTableCommand(table(at))) },
  'dynamodb:PutResourcePolicy': {
    send: ({ dynamodb: to }, { field }) =>
      to.send(new dynamodb.PutResourcePolicyCommand({ ResourceArn: field('arn'), Policy: DENY_NOBODY })),
  },
  'dynamodb:ListTables': { send: ({ dynamodb: to }) => to.send(new dynamodb.ListTablesCommand({})) },
};

const table = ({ field }: Target) => ({ TableName: field('name') });

const TOPIC: Record<string, SdkCall> = {
  'sns:Publish': { send: ({ sns: to }, at) => to.send(new sns.PublishCommand({ ...topic(at), Message: 'tried' })) },
  'sns:Subscribe': {
    send: ({ sns: to }, at) =>
      to.send(
        new sns.SubscribeCommand({
          ...topic(at),
          Protocol: 'sqs',
          Endpoint: 'arn:aws:sqs:eu-central-1:123456789012:elsewhere',
        }),
      ),
  },
  'sns:DeleteTopic': { send: ({ sns: to }, at) => to.send(new sns.DeleteTopicCommand(topic(at))) },
  'sns:SetTopicAttributes': {
    send: ({ sns: to }, at) =>
      to.send(
        new sns.SetTopicAttributesCommand({ ...topic(at), AttributeName: 'Policy', AttributeValue: DENY_NOBODY }),
      ),
  },
  'sns:ListTopics': { send: ({ sns: to }) => to.send(new sns.ListTopicsCommand({})) },
};

const topic = ({ field }: Target) => ({ TopicArn: field('arn') });

const IDENTITY: Record<string, SdkCall> = {
  // Nothing but handing a role over asks for this action: here the role's own, to a new function.
  'iam:PassRole': {
    send: ({ lambda: to }, { role }) =>
      to.send(
        new lambda.CreateFunctionCommand({
          FunctionName: 'tried',
          Role: role.arn,
          PackageType: 'Image',
          Code: { ImageUri: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/tried:1.0.0' },
        }),
      ),
  },
  'iam:PutRolePolicy': {
    send: ({ iam: to }, { role }) =>
      to.send(new iam.PutRolePolicyCommand({ RoleName: role.name, PolicyName: 'tried', PolicyDocument: DENY_NOBODY })),
  },
  'iam:ListRoles': { send: ({ iam: to }) => to.send(new iam.ListRolesCommand({})) },
};

/** By IAM action. */
export const CALLS: Readonly<Record<string, SdkCall>> = {
  ...BUCKET,
  ...FUNCTION,
  ...POSTGRES,
  ...QUEUE,
  ...TABLE,
  ...TOPIC,
  ...IDENTITY,
};
