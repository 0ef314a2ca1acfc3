import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, type MessageTable } from './protobuf.ts';

const table: MessageTable = [
  { number: 1, name: 'name', kind: 'string' },
  { number: 2, name: 'bytes', kind: 'bytes' },
  { number: 3, name: 'flag', kind: 'bool' },
  { number: 4, name: 'count', kind: 'int' },
  { number: 16, name: 'inner', kind: 'message', of: () => table },
  { number: 17, name: 'list', kind: 'message', of: () => table, repeated: true },
  { number: 18, name: 'texts', kind: 'map' },
];

describe('Protocol Buffers', () => {
  it('gives back every field that it wrote', () => {
    const leaf = fc.record({
      name: fc.string({ minLength: 1 }),
      count: fc.integer({ min: 1 }),
      flag: fc.constant(true),
    });
    const shape = fc.record({
      inner: leaf,
      list: fc.array(leaf),
      texts: fc.dictionary(fc.string(), fc.string({ minLength: 1 })),
    });
    fc.assert(
      fc.property(shape, (message) => {
        expect(decode(table, encode(table, message))).toMatchObject({ ...message, texts: { ...message.texts } });
      }),
    );
  });

  it('takes any text for a key, as `__proto__`', () => {
    const texts = JSON.parse('{ "__proto__": "a" }') as object;
    expect(Object.entries(decode(table, encode(table, { texts })).texts as object)).toEqual([['__proto__', 'a']]);
  });

  it('skips fields that its table does not name', () => {
    const bytes = encode([...table, { number: 99, name: 'later', kind: 'string' }], { name: 'a', later: 'b' });
    expect(decode(table, bytes)).toEqual({ name: 'a', list: [], texts: {} });
  });

  it('says so when a message ends early', () => {
    expect(() => decode(table, Buffer.from([0x80]))).toThrow('ends early');
  });
});
