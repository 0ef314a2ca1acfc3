// Amazon SQS.
import type { ServiceModel } from '../cloud/model.ts';
export const sqs: ServiceModel = {};
