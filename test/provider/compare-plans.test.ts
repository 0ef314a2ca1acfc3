import { describe, expect, it } from 'vitest';
import { comparePlans, type PlanDocument, UNKNOWN } from './compare-plans.ts';

const plan = (after: unknown, after_unknown: unknown = {}): PlanDocument => ({
  resource_changes: [{ address: 'aws_sqs_queue.queue', type: 'aws_sqs_queue', change: { after, after_unknown } }],
});

describe('comparePlans', () => {
  it('finds nothing in plans that say the same', () => {
    const same = plan({ name: 'a', rules: [{ port: 1 }], tags: null }, { id: true });
    expect(comparePlans(same, same)).toEqual({ compared: 3, differences: [] });
  });

  it('names a value that differs by its path, wherever it stands in a list', () => {
    const { differences } = comparePlans(
      plan({ rules: [{ port: 1 }, { port: 2 }] }),
      plan({ rules: [{ port: 1 }, { port: 3 }] }),
    );
    expect(differences).toEqual([
      { type: 'aws_sqs_queue', address: 'aws_sqs_queue.queue', attribute: 'rules[].port', expected: 2, got: 3 },
    ]);
  });

  it('tells a known value from one that is known after apply', () => {
    const { differences } = comparePlans(plan({}, { arn: true }), plan({ arn: 'arn:aws:sqs' }));
    expect(differences).toMatchObject([{ attribute: 'arn', expected: UNKNOWN, got: 'arn:aws:sqs' }]);
  });

  it('does not count what neither plan sets', () => {
    expect(comparePlans(plan({ tags: null }), plan({ tags: null })).compared).toBe(0);
  });

  it('counts a resource that only one of the plans has', () => {
    expect(comparePlans(plan({ name: 'a' }), {}).differences).toHaveLength(1);
  });
});
