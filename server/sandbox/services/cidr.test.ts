import { describe, expect, it } from 'vitest';
import { addressIn, contains, overlaps, rangeOf } from './cidr.ts';

const range = (cidr: string) => rangeOf(cidr) ?? { first: Number.NaN, last: Number.NaN, prefix: Number.NaN };

describe('an IPv4 range', () => {
  it.each(['10.0.0.0', '10.0.0.1/24', '10.0.0.256/32', '10.0.0.0/33', 'ten'])('is not %s', (text) => {
    expect(rangeOf(text)).toBeUndefined();
  });

  it('holds smaller ranges and overlaps with neighbours only when they share an address', () => {
    expect(contains(range('10.0.0.0/16'), range('10.0.255.0/24'))).toBe(true);
    expect(contains(range('10.0.0.0/16'), range('10.1.0.0/24'))).toBe(false);
    expect(overlaps(range('10.0.0.0/24'), range('10.0.1.0/24'))).toBe(false);
    expect(overlaps(range('10.0.0.0/23'), range('10.0.1.0/24'))).toBe(true);
  });

  it('counts its addresses', () => {
    expect(addressIn(range('10.0.255.0/24'), 10)).toBe('10.0.255.10');
  });
});
