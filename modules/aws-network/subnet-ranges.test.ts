import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subnetRanges } from './subnet-ranges.ts';

describe('subnetRanges', () => {
  it('cuts a range into eight parts', () => {
    expect(subnetRanges('10.0.0.0/16')).toEqual({
      public: ['10.0.0.0/19', '10.0.32.0/19', '10.0.64.0/19'],
      private: ['10.0.128.0/19', '10.0.160.0/19', '10.0.192.0/19'],
    });
    expect(subnetRanges('192.168.7.0/24').private).toEqual([
      '192.168.7.128/27',
      '192.168.7.160/27',
      '192.168.7.192/27',
    ]);
  });

  it('refuses an address inside of a range and says where the range starts', () => {
    expect(() => subnetRanges('10.1.2.0/16')).toThrow('Use 10.1.0.0/16.');
  });

  it('never lets two subnets overlap or leave the range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 24 }), fc.nat(255), fc.nat(255), (prefix, second, third) => {
        const size = 2 ** (32 - prefix);
        const start = Math.floor((10 * 2 ** 24 + second * 2 ** 16 + third * 2 ** 8) / size) * size;
        const cidr = `${text(start)}/${prefix}`;
        const ranges = subnetRanges(cidr);
        const spans = [...ranges.public, ...ranges.private].map(span).sort((a, b) => a.from - b.from);
        for (const [index, { from, to }] of spans.entries()) {
          expect(from).toBeGreaterThanOrEqual(index === 0 ? start : (spans[index - 1]?.to ?? Infinity));
          expect(to).toBeLessThanOrEqual(start + size);
        }
      }),
    );
  });
});

function span(cidr: string): { from: number; to: number } {
  const [address = '', prefix] = cidr.split('/');
  const from = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { from, to: from + 2 ** (32 - Number(prefix)) };
}

function text(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
