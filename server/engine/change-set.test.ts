import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttributeChange, ResourceChange } from '../../schemas/generated/types.ts';
import { differsOnlyWhereUnknown } from './change-set.ts';

const change = (
  address: string,
  action: ResourceChange['action'],
  ...attributes: AttributeChange[]
): ResourceChange => ({
  address,
  type: 't',
  action,
  attributes,
});

const attribute = fc.record(
  { path: fc.constantFrom('a', 'b', 'c.d'), before: fc.jsonValue(), after: fc.jsonValue(), unknown: fc.constant(true) },
  { requiredKeys: ['path'] },
);
const changeArbitrary = fc
  .tuple(fc.constantFrom('x', 'y', 'z'), fc.constantFrom('create', 'change', 'replace', 'delete'), fc.array(attribute))
  .map(([address, action, attributes]) => change(address, action as ResourceChange['action'], ...attributes));
const changeSet = fc.uniqueArray(changeArbitrary, { selector: (c) => c.address });

describe('differsOnlyWhereUnknown', () => {
  it('says yes to a plan beside itself', () => {
    fc.assert(fc.property(changeSet, (set) => differsOnlyWhereUnknown(set, set)));
  });

  it('lets a value become known that was not', () => {
    const approved = [change('a', 'create', { path: 'arn', unknown: true }, { path: 'n', after: 1 })];
    expect(
      differsOnlyWhereUnknown(approved, [change('a', 'create', { path: 'arn', after: 'x' }, { path: 'n', after: 1 })]),
    ).toBe(true);
    expect(differsOnlyWhereUnknown(approved, [change('a', 'create', { path: 'n', after: 1 })])).toBe(true);
  });

  it('lets an unknown map turn out to have keys, but not its neighbour', () => {
    const approved = [change('a', 'change', { path: 'tags', unknown: true })];
    expect(differsOnlyWhereUnknown(approved, [change('a', 'change', { path: 'tags.x', after: 1 })])).toBe(true);
    expect(differsOnlyWhereUnknown(approved, [change('a', 'change', { path: 'tags_all.x', after: 1 })])).toBe(false);
  });

  it.each([
    ['a known value is another', [change('a', 'create', { path: 'n', after: 2 })]],
    ['a known value is unknown now', [change('a', 'create', { path: 'n', unknown: true })]],
    ['a value appears', [change('a', 'create', { path: 'n', after: 1 }, { path: 'm', after: 1 })]],
    ['the action is another', [change('a', 'replace', { path: 'n', after: 1 })]],
    ['the address is another', [change('b', 'create', { path: 'n', after: 1 })]],
    ['there is one more', [change('a', 'create', { path: 'n', after: 1 }), change('b', 'create')]],
    ['there is one less', []],
  ])('says no where %s', (_why, fresh) => {
    expect(differsOnlyWhereUnknown([change('a', 'create', { path: 'n', after: 1 })], fresh)).toBe(false);
  });
});
