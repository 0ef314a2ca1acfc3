// Laws of compatibility: what is taken away is major, what is added is minor, wording is patch.
import { expect, test } from 'vitest';
import type { ContractDocument } from '../generated/types.ts';
import { isCompatible } from './compatibility.ts';
import { databaseContract as base } from './fixtures.ts';

/** The contract with one thing changed. */
function changed(change: (contract: ContractDocument) => void): ContractDocument {
  const contract = structuredClone(base);
  change(contract);
  return contract;
}

const { arn, adminSecret } = base.properties;
const [connectStatement] = base.grants.connect?.statements ?? [];
if (!arn || !adminSecret || !connectStatement) throw new Error('the fixture lost its fields');

const added = changed(({ properties, grants, env, network }) => {
  properties.url = { type: 'string', title: 'URL', known: 'applied' };
  grants.look = { title: 'Look', rank: 9, statements: [] };
  env.URL = { value: '{url}' };
  expect(network).toBeUndefined();
});

test('a contract is compatible with itself, and with other words for the same', () => {
  expect(isCompatible(base, base)).toEqual({ level: 'patch', reasons: [] });
  const reworded = changed((contract) => {
    contract.summary = 'In other words.';
    contract.properties.arn = { ...arn, title: 'Name of the resource' };
    contract.examples[0] = { arn: 'arn:aws:other' };
  });
  expect(isCompatible(base, reworded).level).toBe('patch');
});

test('what is added is minor, and the same taken away is major', () => {
  expect(isCompatible(base, added)).toEqual({
    level: 'minor',
    reasons: ['the field url was added', 'the grant look was added', 'the variable URL was added'],
  });
  expect(isCompatible(added, base)).toEqual({
    level: 'major',
    reasons: ['the field url was removed', 'the grant look was removed', 'the variable URL was removed'],
  });
});

test.each<[what: string, change: (contract: ContractDocument) => void]>([
  ['a wider required set', ({ required }) => required.push('token')],
  ['a narrower required set', ({ required }) => required.pop()],
  ['another type', ({ properties }) => (properties.arn = { ...arn, type: 'integer' })],
  ['a pattern', ({ properties }) => (properties.arn = { ...arn, pattern: '^arn:' })],
  ['a higher lower bound', ({ properties }) => (properties.arn = { ...arn, minLength: 3 })],
  ['a lower upper bound', ({ properties }) => (properties.arn = { ...arn, maxLength: 30 })],
  ['a list of allowed values', ({ properties }) => (properties.arn = { ...arn, enum: ['a'] })],
  ['a field that became secret', ({ properties }) => (properties.arn = { ...arn, secret: true, secretReason: 'x' })],
  ['another part of a reference', ({ properties }) => (properties.adminSecret = { ...adminSecret, properties: {} })],
  ['an action less', ({ grants }) => void (grants.connect = { title: 'x', rank: 1, statements: [] })],
  ['a variable with another meaning', ({ env }) => (env.ARN = { value: '{arn}/x' })],
  ['another name', (contract) => (contract.$id = 'https://plumbline.dev/contracts/other/1.0.0')],
])('%s is major', (_what, change) => {
  expect(isCompatible(base, changed(change)).level).toBe('major');
});

test('conditions narrow a grant when they are added and widen it when they go', () => {
  const free = changed(({ grants }) => {
    const { conditions: _, ...statement } = connectStatement;
    grants.connect = { title: 'Log in', rank: 1, statements: [statement] };
  });
  expect(isCompatible(base, free).level).toBe('minor');
  expect(isCompatible(free, base).level).toBe('major');
});

test('a closed port is major, an opened one minor', () => {
  const rule = { title: 'SQL', securityGroup: '{arn}', port: '5432', protocol: 'tcp' as const };
  const open = changed((contract) => (contract.network = [rule]));
  expect([isCompatible(base, open).level, isCompatible(open, base).level]).toEqual(['minor', 'major']);
});
