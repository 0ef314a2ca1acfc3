// Laws of mended ids: what comes out is taken, and what was right stays.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkGraph } from './check-graph.ts';
import { graphOf, node, testCatalog } from './fixtures.ts';
import { freeId, mendId } from './mend-id.ts';
import { validateGraph } from './validate-graph.ts';

const catalog = testCatalog();
const scope = { project: 'shop', name: 'development' };
const part = fc.constantFrom('a', 'Z', '9', '-', '--', ' ', 'é', '_', '-s3alias', 'Queue');
const text = fc.oneof(
  fc.string(),
  fc.array(part, { maxLength: 60 }).map((parts) => parts.join('')),
);
const issuesOf = (id: string) => {
  const graph = graphOf([node(id, 'topic')]);
  return [...validateGraph(graph), ...checkGraph(catalog, graph, scope)].map(({ code }) => code);
};

test('whatever is given, the id that is made of it is refused by no rule', () => {
  fc.assert(
    fc.property(text, (given) => {
      const id = mendId(given);
      if (id !== undefined) expect(issuesOf(id)).toEqual([]);
    }),
  );
});

test('an id that no rule refuses stays as it is', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/), (id) => {
      fc.pre(issuesOf(id).length === 0);
      expect(mendId(id)).toBe(id);
    }),
  );
});

test.each([
  ['Orders--DB', 'orders-db'],
  ['ordersQueue', 'orders-queue'],
  ['7 Größen', 'gro-en'],
  ['orders-s3alias', 'orders'],
  ['x', undefined],
  ['42', undefined],
])('%s becomes %s', (given, id) => expect(mendId(given)).toBe(id));

test('a number is put behind an id until it is free, and it is not too long then', () => {
  const long = 'a'.repeat(40);
  const taken = new Set([long, `${'a'.repeat(36)}-2`, 'orders']);
  const isTaken = (id: string) => taken.has(id);
  expect(freeId('orders', isTaken)).toBe('orders-2');
  expect(freeId('events', isTaken)).toBe('events');
  expect(freeId(long, isTaken)).toBe(`${'a'.repeat(36)}-3`);
});
