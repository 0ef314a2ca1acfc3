// Provider resources of dynamodb, one import each: the provider's barrel alone costs half a gigabyte.
export { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table/index.js';
