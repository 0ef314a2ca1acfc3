// Laws of redaction: no secret value gets through, whatever the artifact looks like.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { databaseContract, queueModule } from './fixtures.ts';
import { redact, secretFields } from './redact.ts';
import { isSealed, replaceSecretParams, secretParamPaths } from './secret-params.ts';

const canary = 'canary-7f3a';

test('secret fields are told by name', () => {
  expect(secretFields(databaseContract)).toEqual(['token']);
});

test('references to secrets stay, secrets and unknown fields do not', () => {
  const value = { arn: 'arn:aws:x', adminSecret: { arn: 'arn:aws:y' }, token: canary, stray: canary };
  expect(redact(databaseContract, value)).toEqual({ ...value, token: '[secret]', stray: '[secret]' });
  expect(value.token).toBe(canary);
});

test('whatever stands in a secret or unknown field, none of it is shown', () => {
  const names = fc.constantFrom('token', 'stray', 'constructor', '__proto__', 'toString');
  fc.assert(
    fc.property(names, fc.jsonValue(), (name, rest) => {
      const value = Object.fromEntries([
        ['arn', 'arn:aws:x'],
        [name, { rest, deep: [canary] }],
      ]);
      const shown = redact(databaseContract, value);
      expect(JSON.stringify(shown)).not.toContain(canary);
      expect(Object.keys(shown)).toEqual(Object.keys(value));
    }),
  );
});

const nested = {
  ...queueModule,
  params: {
    type: 'object',
    $defs: { Key: { type: 'string', secret: true } },
    properties: {
      users: { type: 'array', items: { type: 'object', properties: { key: { $ref: '#/$defs/Key' } } } },
      tokens: { type: 'object', additionalProperties: { type: 'string', secret: true } },
      kind: { type: 'string' },
    },
    if: { properties: { kind: { const: 'basic' } } },
    // oxlint-disable-next-line unicorn/no-thenable -- a JSON Schema keyword
    then: { properties: { password: { type: 'string', secret: true } } },
  },
};

test('secret params are found in lists, maps, references and conditions', () => {
  const params = { users: [{ key: 'a' }, {}], tokens: { 'x/y': 'b' }, kind: 'basic', password: { $secret: 'id' } };
  expect(secretParamPaths(nested, params).sort()).toEqual(['/password', '/tokens/x~1y', '/users/0/key']);
});

test('secret params are replaced in a copy, and nothing else is', () => {
  const params = { users: [{ key: canary }], kind: canary };
  const replaced = replaceSecretParams(nested, params, (_value, path) => ({ $secret: path }));
  expect(replaced).toEqual({ users: [{ key: { $secret: '/users/0/key' } }], kind: canary });
  expect(params.users[0]?.key).toBe(canary);
  expect(isSealed(replaced.users)).toBe(false);
  expect(isSealed({ $secret: 'id' })).toBe(true);
});
