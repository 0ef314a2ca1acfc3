import { expect, test } from 'vitest';
import type { StepHead } from '../../schemas/generated/types.ts';
import { describeStepHead, describeTotals, worstOf } from './run-view.ts';

const totals = { create: 4, change: 0, replace: 1, delete: 0 };
const none = { create: 0, change: 0, replace: 0, delete: 0 };

test('totals are worded as to come or as done, the worst first', () => {
  expect(describeTotals(totals)).toBe('replace 1, create 4');
  expect(describeTotals(totals, true)).toBe('1 replaced, 4 created');
  expect(describeTotals(none)).toBe('no changes');
  expect(describeTotals(none, true)).toBe('no changes');
});

test.each<[Partial<StepHead>, string]>([
  [{ status: 'succeeded', totals, isApplied: true }, '1 replaced, 4 created'],
  [{ status: 'planned', totals, isApplied: false }, 'planned: replace 1, create 4'],
  [{ status: 'succeeded', totals: none, isApplied: true }, 'no changes'],
  [{ status: 'planned', totals: none, isApplied: false }, 'no changes'],
  [{ status: 'failed', totals, isApplied: true }, 'failed'],
])('a run did to a box: %o', (head, words) => expect(describeStepHead(head as StepHead)).toBe(words));

test('the worst is what may cost most', () => {
  expect(worstOf(totals)).toBe('replace');
  expect(worstOf({ ...totals, delete: 1 })).toBe('delete');
  expect(worstOf(none)).toBeUndefined();
});
