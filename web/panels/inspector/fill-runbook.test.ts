import { expect, it } from 'vitest';
import { fillRunbook } from './fill-runbook.ts';

const none = { params: {}, artifacts: {} };

it('puts params and published values in their places', () => {
  const values = { params: { tasks: 2, zones: ['a', 'b'] }, artifacts: { db: { secret: { arn: 'arn:1' } } } };
  expect(fillRunbook('{{params.tasks}} in {{params.zones}}: {{artifacts.db.secret.arn}}', values)).toBe(
    '2 in a, b: arn:1',
  );
});

it('says what is not known yet, and keeps a sealed param hidden', () => {
  expect(fillRunbook('{{artifacts.db.host}} {{params.size}}', none)).toBe('(known after apply) (not set)');
  expect(fillRunbook('{{params.token}}', { ...none, params: { token: { $secret: 'x' } } })).toBe('(secret, hidden)');
});

it('lets no value become markup', () => {
  expect(fillRunbook('{{params.a}}', { ...none, params: { a: '[x](javascript:y) <b>`' } })).toBe('x(javascript:y) b');
});
