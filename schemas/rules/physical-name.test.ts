// Laws of physical names: always the same, never too long, never two alike.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { environmentPrefix, physicalName } from './physical-name.ts';

const slug = fc.stringMatching(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])$/);
const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/);
const parts = fc.record({ project: slug, environment: slug, node: id });

test('short parts are joined as they are', () => {
  const of = { project: 'shop', environment: 'development', node: 'orders' };
  expect(physicalName(of, { limit: 63 })).toBe('shop-development-orders');
  expect(physicalName(of, { limit: 80, suffix: 'dead-letters' })).toBe('shop-development-orders-dead-letters');
  expect(physicalName(of, { limit: 80, suffix: '.fifo' })).toBe('shop-development-orders.fifo');
});

test('every name begins with the prefix of its environment', () => {
  fc.assert(
    fc.property(parts, fc.constantFrom(undefined, '000000000000'), (of, suffix) => {
      expect(physicalName(of, { limit: 63, suffix }).startsWith(environmentPrefix(of))).toBe(true);
    }),
  );
});

test('names keep to their limit and to letters that AWS takes, and never change', () => {
  const limits = fc.record({
    limit: fc.integer({ min: 32, max: 80 }),
    suffix: fc.constantFrom(undefined, 'task', '.fifo'),
  });
  fc.assert(
    fc.property(parts, limits, (of, limit) => {
      const name = physicalName(of, limit);
      expect(name.length).toBeLessThanOrEqual(limit.limit);
      expect(name).toMatch(/^[a-z][a-z0-9-]*[a-z0-9](\.fifo)?$/);
      expect(physicalName({ ...of }, limit)).toBe(name);
    }),
  );
});

test('two nodes never get one name, in one environment or in two', () => {
  fc.assert(
    fc.property(parts, parts, fc.integer({ min: 32, max: 64 }), (left, right, limit) => {
      fc.pre(JSON.stringify(left) !== JSON.stringify(right));
      expect(physicalName(left, { limit })).not.toBe(physicalName(right, { limit }));
    }),
  );
  const one = physicalName({ project: 'shop', environment: 'dev-a', node: 'bb' }, { limit: 64 });
  expect(one).not.toBe(physicalName({ project: 'shop', environment: 'dev', node: 'a-bb' }, { limit: 64 }));
});

test('a name that was shortened is known for ever: these must never change', () => {
  const of = { project: 'shop', environment: 'development', node: 'a-very-long-name-of-a-node-indeed' };
  expect(physicalName(of, { limit: 32 })).toMatchInlineSnapshot(`"shop-development-a-very-4si3segt"`);
  expect(physicalName({ ...of, project: 'my-shop' }, { limit: 80 })).toMatchInlineSnapshot(
    `"my-shop-development-a-very-long-name-of-a-node-indeed-em6b5zhh"`,
  );
});

test('a limit without room for a hash is refused', () => {
  const of = { project: 'shop', environment: 'development', node: 'orders' };
  expect(() => physicalName(of, { limit: 16, suffix: 'dead-letters' })).toThrow(RangeError);
});
