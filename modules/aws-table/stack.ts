// A DynamoDB table, encrypted, with point-in-time recovery and deletion protection.
import { DynamodbTable } from '../construct/aws/dynamodb.ts';
import { defineModule } from '../construct/index.ts';

type KeyType = 'S' | 'N' | 'B';

interface Params {
  partitionKey: string;
  partitionKeyType: KeyType;
  sortKey: string;
  sortKeyType: KeyType;
  billing: 'on-demand' | 'provisioned';
  readCapacity?: number;
  writeCapacity?: number;
  ttlAttribute: string;
  pointInTimeRecovery: boolean;
}

export default defineModule<Params>(({ stack, params, context, name }) => {
  const provisioned = params.billing === 'provisioned';
  const table = new DynamodbTable(stack, 'table', {
    name: name(255),
    billingMode: provisioned ? 'PROVISIONED' : 'PAY_PER_REQUEST',
    readCapacity: provisioned ? params.readCapacity : undefined,
    writeCapacity: provisioned ? params.writeCapacity : undefined,
    hashKey: params.partitionKey,
    rangeKey: params.sortKey || undefined,
    attribute: [
      { name: params.partitionKey, type: params.partitionKeyType },
      ...(params.sortKey ? [{ name: params.sortKey, type: params.sortKeyType }] : []),
    ],
    ttl: params.ttlAttribute ? { enabled: true, attributeName: params.ttlAttribute } : undefined,
    pointInTimeRecovery: { enabled: params.pointInTimeRecovery },
    // The key that AWS manages in this account: its use shows in CloudTrail, and consumers need no right to it.
    serverSideEncryption: { enabled: true },
    deletionProtectionEnabled: context.protected,
  });
  return { table: { arn: table.arn, name: table.name, region: context.region } };
});
