import { describe, expect, it } from 'vitest';
import { type AttributeTrees, isWithin, pathText, readAttributes } from './attribute-changes.ts';

const read = (trees: Partial<AttributeTrees>) =>
  readAttributes({
    before: null,
    after: null,
    unknown: {},
    beforeSensitive: {},
    afterSensitive: {},
    replacePaths: [],
    ...trees,
  });

describe('readAttributes', () => {
  it('lists the leaves of a created resource without nulls', () => {
    const after = { name: 'q', policy: null, tags: { a: '1', 'x:y': '2' }, rules: [{ port: 1 }], none: [] };
    expect(read({ after, unknown: { arn: true, rules: [{ id: true }] } })).toEqual([
      { path: 'arn', unknown: true },
      { path: 'name', after: 'q' },
      { path: 'none', after: [] },
      { path: 'rules[0].id', unknown: true },
      { path: 'rules[0].port', after: 1 },
      { path: 'tags.a', after: '1' },
      { path: 'tags["x:y"]', after: '2' },
    ]);
  });

  it('lists only what differs, with both values', () => {
    expect(read({ before: { a: 1, b: 2, c: 'x' }, after: { a: 1, b: 3, d: true } })).toEqual([
      { path: 'b', before: 2, after: 3 },
      { path: 'c', before: 'x' },
      { path: 'd', after: true },
    ]);
  });

  it('marks what forces the replacement, with everything below it', () => {
    const rows = read({
      before: { n: 'a', t: { x: '1' }, u: 1 },
      after: { n: 'b', t: { x: '2' }, u: 2 },
      replacePaths: [['n'], ['t']],
    });
    expect(rows.filter((row) => row.replaces).map((row) => row.path)).toEqual(['n', 't.x']);
  });

  it('shows neither value of a sensitive leaf, though only one side is marked', () => {
    const rows = read({
      before: { pw: 'old', user: 'u' },
      after: { pw: 'new', user: 'v' },
      afterSensitive: { pw: true },
    });
    expect(rows).toEqual([
      { path: 'pw', sensitive: true },
      { path: 'user', before: 'u', after: 'v' },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/old|new/);
  });

  it('masks a whole subtree as one leaf, and says nothing where it is unchanged', () => {
    expect(read({ after: { env: { a: 's1', b: 's2' } }, afterSensitive: { env: true } })).toEqual([
      { path: 'env', sensitive: true },
    ]);
    const same = { env: { a: 's1' } };
    expect(read({ before: same, after: same, beforeSensitive: { env: true }, afterSensitive: { env: true } })).toEqual(
      [],
    );
  });

  it('masks everything where the whole resource is sensitive', () => {
    const rows = read({ after: { a: 'secret' }, afterSensitive: true });
    expect(JSON.stringify(rows)).not.toContain('"secret"');
  });

  it('keeps the old value beside an unknown new one', () => {
    expect(read({ before: { arn: 'a' }, after: {}, unknown: { arn: true } })).toEqual([
      { path: 'arn', before: 'a', unknown: true },
    ]);
  });

  it('tells an emptied list from one that is not set, but not beside items', () => {
    expect(read({ before: { l: [] }, after: { l: null } })).toEqual([{ path: 'l', before: [] }]);
    expect(read({ before: { l: [] }, after: { l: ['a'] } })).toEqual([{ path: 'l[0]', after: 'a' }]);
  });
});

it('pathText quotes keys that are no plain words', () => {
  expect(pathText(['tags', 'plumbline:node'])).toBe('tags["plumbline:node"]');
  expect(pathText(['a', 0, 'b-c'])).toBe('a[0].b-c');
});

it('isWithin knows a path below another from one that only begins alike', () => {
  expect(isWithin('tags.a', 'tags')).toBe(true);
  expect(isWithin('tags["a"]', 'tags')).toBe(true);
  expect(isWithin('tags_all.a', 'tags')).toBe(false);
});
