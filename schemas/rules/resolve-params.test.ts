// Laws of params: defaults, then the preset, then what the user set; RFC 7396 all the way.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queueModule } from './fixtures.ts';
import { FORBIDDEN_KEYS, isRecord, mergePatch } from './merge-patch.ts';
import { resolveParams, schemaDefaults, withoutParam } from './resolve-params.ts';

const defaults = { delay: 0, tags: { team: 'none' }, scaling: { least: 1, most: 2 } };

test('defaults come first, nested ones too', () => {
  expect(resolveParams(queueModule, {})).toEqual({ params: defaults, differsFromPreset: [] });
});

test('the preset lies over the defaults, and takes away what it sets to null', () => {
  const { params, differsFromPreset } = resolveParams(queueModule, { preset: 'slow' });
  expect(params).toEqual({ delay: 60, tags: {}, scaling: { least: 1, most: 5 } });
  expect(differsFromPreset).toEqual([]);
});

test('what the user set lies over the preset, and is told as differing where it does', () => {
  const params = { delay: 60, scaling: { most: 9 }, tags: { 'a/b': 'x' } };
  expect(resolveParams(queueModule, { preset: 'slow', params })).toEqual({
    params: { delay: 60, tags: { 'a/b': 'x' }, scaling: { least: 1, most: 9 } },
    differsFromPreset: ['/scaling/most', '/tags/a~1b'],
  });
});

test('one value returns to the preset, and every other stays as it was set', () => {
  const own = fc.record(
    {
      delay: fc.constantFrom(null, 0, 60, 5),
      tags: fc.option(fc.dictionary(fc.constantFrom('team', 'a/b', 'c~d'), fc.constantFrom(null, 'none', 'x'))),
      scaling: fc.option(
        fc.record({ least: fc.constantFrom(1, 3), most: fc.constantFrom(2, 5, 9) }, { requiredKeys: [] }),
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(own, fc.constantFrom(undefined, 'slow'), (params, preset) => {
      const { differsFromPreset } = resolveParams(queueModule, { preset, params });
      for (const pointer of differsFromPreset) {
        const after = resolveParams(queueModule, { preset, params: withoutParam(params, pointer) });
        expect(after.differsFromPreset).toEqual(differsFromPreset.filter((other) => other !== pointer));
      }
    }),
  );
});

test('nothing is left of params whose only value returned', () => {
  expect(withoutParam({ scaling: { most: 9 } }, '/scaling/most')).toBeUndefined();
});

test('an unknown preset counts as none', () => {
  expect(resolveParams(queueModule, { preset: 'constructor' }).params).toEqual(defaults);
});

test('a write into resolved params cannot change what the next node gets', () => {
  const { params } = resolveParams(queueModule, {});
  expect(() => Object.assign(params.scaling as object, { least: 99 })).toThrow(TypeError);
  expect(resolveParams(queueModule, {}).params).toEqual(defaults);
});

test('defaults are found behind local references', () => {
  const schema = { properties: { size: { $ref: '#/$defs/Size' } }, $defs: { Size: { type: 'integer', default: 3 } } };
  expect(schemaDefaults(schema)).toEqual({ size: 3 });
});

test.each([
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'foo' }, null, null],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])('merge patch, RFC 7396 appendix A: %j and %j give %j', (target, patch, result) => {
  expect(mergePatch(target, patch)).toEqual(result);
});

test('a patch applied twice is a patch applied once, and leaves no null of its own in objects', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (target, patch) => {
      const once = mergePatch(target, patch);
      expect(mergePatch(once, patch)).toEqual(once);
      if (!isRecord(once) || !isRecord(patch)) return;
      for (const [key, value] of Object.entries(patch)) {
        const before = isRecord(target) && Object.hasOwn(target, key);
        expect(Object.hasOwn(once, key)).toBe(FORBIDDEN_KEYS.has(key) ? before : value !== null);
      }
    }),
  );
});

test('a patch cannot reach a prototype', () => {
  mergePatch({}, JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'));
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});
