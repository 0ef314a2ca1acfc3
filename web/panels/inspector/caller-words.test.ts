import { expect, it } from 'vitest';
import { callerWords } from './caller-words.ts';

it.each([
  ['arn:aws:sts::123456789012:assumed-role/deploy/plumbline-shop-live', 'role deploy (session plumbline-shop-live)'],
  ['arn:aws:iam::123456789012:user/teams/shop/ana', 'user ana'],
  ['arn:aws-cn:iam::123456789012:root', 'the root user'],
  ['arn:aws:sts::123456789012:federated-user/ana', 'arn:aws:sts::123456789012:federated-user/ana'],
])('%s is %s', (arn, words) => expect(callerWords(arn)).toBe(words));
