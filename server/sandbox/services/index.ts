// Every modelled type, by name. Types that are not here work through the generic fallback.
import type { ServiceModel } from '../cloud/model.ts';
import { sqs } from './sqs.ts';

export const models: ServiceModel = { ...sqs };
