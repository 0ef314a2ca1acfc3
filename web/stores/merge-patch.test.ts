import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePatch } from '../../schemas/rules/merge-patch.ts';
import { createMergePatch } from './merge-patch.ts';

const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.integer(), { maxLength: 3 }));
const key = fc.constantFrom('a', 'b', 'c');
const params = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, leaf, { minKeys: 1 })), { noNullPrototype: true });

describe('what a form writes', () => {
  it('gives the wanted params when it is laid over what it was made from', () => {
    fc.assert(
      fc.property(params, params, (base, wanted) => {
        expect(mergePatch(base, createMergePatch(base, wanted))).toEqual(wanted);
      }),
    );
  });

  it('is empty when nothing differs', () => {
    fc.assert(
      fc.property(params, (base) => {
        expect(createMergePatch(base, structuredClone(base))).toEqual({});
      }),
    );
  });
});
