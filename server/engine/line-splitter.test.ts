import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLineSplitter } from './line-splitter.ts';

it('gives the same lines however the bytes are cut', () => {
  const text = fc.array(
    fc.string({ unit: 'grapheme' }).filter((s) => !s.includes('\n')),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 7 }), (lines, size) => {
      const bytes = Buffer.from(`${lines.join('\n')}\n`, 'utf8');
      const got: string[] = [];
      const splitter = createLineSplitter((line) => got.push(line));
      for (let i = 0; i < bytes.length; i += size) splitter.push(bytes.subarray(i, i + size));
      splitter.end();
      expect(got).toEqual(lines);
    }),
  );
});

it('hands on a last line that has no break', () => {
  const got: string[] = [];
  const splitter = createLineSplitter((line) => got.push(line));
  splitter.push(Buffer.from('a\nb'));
  expect(got).toEqual(['a']);
  splitter.end();
  expect(got).toEqual(['a', 'b']);
});
