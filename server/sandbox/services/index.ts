// Every modelled type, by name. Types that are not here work through the generic fallback.
import type { ServiceModel } from '../cloud/model.ts';
import { dynamodb } from './dynamodb.ts';
import { ecs } from './ecs.ts';
import { elb } from './elb.ts';
import { iam } from './iam.ts';
import { keysAndSecrets } from './keys-and-secrets.ts';
import { lambda } from './lambda.ts';
import { monitoring } from './monitoring.ts';
import { rds } from './rds.ts';
import { routing } from './routing.ts';
import { s3 } from './s3.ts';
import { securityGroups } from './security-groups.ts';
import { sns } from './sns.ts';
import { sqs } from './sqs.ts';
import { vpc } from './vpc.ts';

export const models: ServiceModel = {
  ...vpc,
  ...routing,
  ...securityGroups,
  ...iam,
  ...s3,
  ...sqs,
  ...sns,
  ...dynamodb,
  ...keysAndSecrets,
  ...rds,
  ...ecs,
  ...elb,
  ...lambda,
  ...monitoring,
};
