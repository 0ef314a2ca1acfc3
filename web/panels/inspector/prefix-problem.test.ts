import { expect, it } from 'vitest';
import { line, node, testCatalog } from '../../../schemas/rules/fixtures.ts';
import { prefixProblem, variablesOf } from './prefix-problem.ts';

const catalog = testCatalog();
const take = line('take', 'orders.queue', 'app.queues', ['receive'], 'ORDERS');
const other = line('other', 'bills.queue', 'app.queues', ['receive']);
const elsewhere = line('elsewhere', 'bills.queue', 'second.queues', ['receive'], 'FREE');
const nodes = Object.fromEntries(
  [node('orders', 'queue'), node('bills', 'queue'), node('app', 'worker'), node('second', 'worker')].map((one) => [
    one.id,
    one,
  ]),
);
const content = { nodes, connections: { take, other, elsewhere } };
const problem = (prefix: string) => prefixProblem(catalog, content, take, prefix);

it('takes a prefix that no other line to the workload has, its own included', () => {
  expect(problem('JOBS')).toBeUndefined();
  expect(problem('ORDERS')).toBeUndefined();
  expect(problem('FREE')).toBeUndefined();
});

it('refuses a variable that another line gives already, also by its default prefix', () => {
  expect(problem('BILLS')).toBe('BILLS_URL comes from bills already.');
});

it.each(['', 'jobs', '1JOBS', 'MY-JOBS', 'J'.repeat(61)])(
  'refuses %j, which is no beginning of a variable',
  (prefix) => {
    expect(problem(prefix)).toMatch(/^Capital letters/);
  },
);

it('says what the variables would be called', () => {
  expect(variablesOf(catalog, content, take, 'JOBS')).toEqual(['JOBS_URL']);
});
