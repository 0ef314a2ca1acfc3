// The clients that try grants: as a role, over TLS, one attempt each.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RDSClient } from '@aws-sdk/client-rds';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export type Clients = ReturnType<typeof openClients>;

/** Our resources' own policies refuse plain HTTP, and the emulator keeps to that: it is spoken to over TLS, with the certificate that it made. */
export function openClients(endpoint: string, credentials: Keys) {
  const config = {
    region: 'eu-central-1',
    endpoint: endpoint.replace(/^http:/, 'https:'),
    credentials,
    maxAttempts: 1,
    requestHandler: { httpsAgent: { rejectUnauthorized: false } },
  };
  return {
    dynamodb: new DynamoDBClient(config),
    iam: new IAMClient(config),
    lambda: new LambdaClient(config),
    rds: new RDSClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    secrets: new SecretsManagerClient(config),
    sns: new SNSClient(config),
    sqs: new SQSClient({ ...config, useQueueUrlAsEndpoint: false }),
    sts: new STSClient(config),
  };
}
