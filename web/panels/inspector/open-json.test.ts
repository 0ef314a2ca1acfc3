import { expect, it } from 'vitest';
import { openJson } from './open-json.ts';

it('names the members of a JSON text that differ, however deep', () => {
  const before = JSON.stringify({ a: 1, b: { c: [1], d: 2 } });
  const after = JSON.stringify({ a: 1, b: { c: [1, 2], d: 2 }, e: true });
  expect(openJson({ path: 'policy', before, after })).toEqual([
    { path: 'policy.b.c', before: [1], after: [1, 2] },
    { path: 'policy.e', before: undefined, after: true },
  ]);
});

it('leaves plain, unknown and sensitive values as they are', () => {
  for (const change of [
    { path: 'size', before: 1, after: 2 },
    { path: 'policy', before: '{"a":1}', unknown: true },
    { path: 'policy', before: '{"a":1}', after: '{"a":2}', sensitive: true },
  ])
    expect(openJson(change)).toEqual([change]);
});
