import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from './redact-secrets.ts';

describe('createRedactor', () => {
  it('replaces a value wherever it stands', () => {
    expect(createRedactor(['hunter22'])('a hunter22b hunter22')).toBe('a [secret]b [secret]');
  });

  it('replaces the longer of two values that contain each other', () => {
    expect(createRedactor(['abcd', 'abcdef'])('abcdef abcd')).toBe('[secret] [secret]');
  });

  it('replaces the JSON and URL spellings of a value', () => {
    const redact = createRedactor(['p"a<ss w&d']);
    expect(redact(JSON.stringify({ a: 'p"a<ss w&d' }))).toBe('{"a":"[secret]"}');
    expect(redact('p\\"a\\u003css w\\u0026d')).toBe('[secret]');
    expect(redact(`?q=${encodeURIComponent('p"a<ss w&d')}`)).toBe('?q=[secret]');
  });

  it('replaces each line of a value that has several', () => {
    expect(createRedactor(['-----BEGIN\nabcdef\n'])('line: abcdef')).toBe('line: [secret]');
  });

  it('replaces a very short value only as a word of its own', () => {
    expect(createRedactor(['ab'])('ab abc (ab)')).toBe('[secret] abc ([secret])');
  });

  it('leaves text alone where there are no secrets, or empty ones', () => {
    expect(createRedactor([])('text')).toBe('text');
    expect(createRedactor([''])('text')).toBe('text');
  });

  it('never leaves a value of four characters or more behind', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), fc.string(), fc.string(), (secret, before, after) => {
        fc.pre(!'[secret]'.includes(secret) && !secret.includes('[secret]'));
        expect(createRedactor([secret])(`${before.replaceAll(secret, '')}|${secret}|${after}`)).toContain('[secret]');
      }),
    );
  });
});
