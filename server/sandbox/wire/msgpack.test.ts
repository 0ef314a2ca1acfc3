import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pack, unpack } from './msgpack.ts';
import { UNKNOWN, type Value } from './value.ts';

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.constant(UNKNOWN),
    fc.boolean(),
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.integer().map(String),
    fc.array(tie('value'), { maxLength: 20 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 20 }).map((object) => ({ ...object })),
  ),
}));

describe('MessagePack', () => {
  it('gives back every value that it wrote', () => {
    fc.assert(
      fc.property(value, (written) => {
        expect(unpack(pack(written))).toEqual(written);
      }),
    );
  });

  it('writes numbers as decimal text, exactly', () => {
    expect(unpack(pack(0.1))).toBe('0.1');
    expect(unpack(pack(2 ** 60))).toBe('1152921504606846976');
  });

  it.each([
    ['d40000', 'fixext 1'],
    ['c7020c8100', 'a refined unknown'],
    ['c800020c8100', 'ext 16'],
    ['c9000000020c8100', 'ext 32'],
    ['d8000102030405060708090a0b0c0d0e0f10', 'fixext 16'],
  ])('reads %s (%s) as unknown', (hex) => {
    expect(unpack(Buffer.from(hex, 'hex'))).toBe(UNKNOWN);
  });

  it.each([
    ['cc80', 128],
    ['cd0100', 256],
    ['ce00010000', 65_536],
    ['d0ff', -1],
    ['d1ff00', -256],
    ['ff', -1],
    ['cb3fb999999999999a', 0.1],
    ['cf0000000000000001', 1],
    ['cfffffffffffffffff', '18446744073709551615'],
  ])('reads the number %s as %s', (hex, number) => {
    expect(unpack(Buffer.from(hex, 'hex'))).toBe(number);
  });

  it('says so when a value ends early', () => {
    expect(() => unpack(Buffer.from('a5616263', 'hex'))).toThrow('ends early');
  });
});
