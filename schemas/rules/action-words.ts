// What each IAM action of our contracts lets its holder do, in one plain sentence.

/** By action. `test/contracts` holds that no action of a published contract or module is without words. */
const ACTION_WORDS: Readonly<Record<string, string>> = {
  'dynamodb:BatchGetItem': 'Read up to 100 items at once, by their keys.',
  'dynamodb:BatchWriteItem': 'Put or delete up to 25 items at once.',
  'dynamodb:ConditionCheckItem': 'Check that an item is as expected, as part of a transaction.',
  'dynamodb:DeleteItem': 'Delete one item by its key.',
  'dynamodb:DescribeTable': 'See how the table is set up: keys, indexes, size.',
  'dynamodb:GetItem': 'Read one item by its key.',
  'dynamodb:PutItem': 'Write one item; an older one with the same key is overwritten.',
  'dynamodb:Query': 'Read the items that share a partition key.',
  'dynamodb:Scan': 'Read every item of the table.',
  'dynamodb:UpdateItem': 'Change attributes of one item, or add it.',
  'lambda:InvokeFunction': 'Call the function, and wait for its answer or not.',
  'rds-db:connect': 'Log in to the database as this database user, with a token in place of a password.',
  's3:AbortMultipartUpload': 'Give up an upload in parts and free what it took.',
  's3:DeleteObject': 'Delete an object.',
  's3:GetBucketLocation': 'Ask in which region the bucket is.',
  's3:GetObject': 'Read an object and its metadata.',
  's3:ListBucket': 'List the names of the objects in the bucket.',
  's3:ListMultipartUploadParts': 'See which parts of an upload have arrived.',
  's3:PutObject': 'Write an object; an older one of the same name is overwritten.',
  'secretsmanager:GetSecretValue': 'Read the value of the secret.',
  'sns:Publish': 'Send a message to the topic, and with it to everyone who subscribed.',
  'sns:Subscribe': 'Have a copy of every message delivered.',
  'sqs:ChangeMessageVisibility': 'Keep a message that it took hidden for longer, or give it back.',
  'sqs:DeleteMessage': 'Remove a message that it has handled.',
  'sqs:GetQueueAttributes': 'See how the queue is set up and how many messages wait.',
  'sqs:GetQueueUrl': 'Find the address of the queue by its name.',
  'sqs:PurgeQueue': 'Throw away every message that waits.',
  'sqs:ReceiveMessage': 'Take messages from the queue.',
  'sqs:SendMessage': 'Put messages on the queue.',
};

/** One sentence about an IAM action; undefined for an action that we do not know. */
export function actionWords(action: string): string | undefined {
  return Object.hasOwn(ACTION_WORDS, action) ? ACTION_WORDS[action] : undefined;
}
