import { expect, it } from 'vitest';
import { node, queueModule } from '../../../schemas/rules/fixtures.ts';
import { resolveParams } from '../../../schemas/rules/resolve-params.ts';
import { settingOf, sharedParams, withShared, withWritten } from './shared-params.ts';

const one = node('one', 'queue', { params: { delay: 5, tags: { team: 'a' } } });
const two = node('two', 'queue', { preset: 'slow', params: { delay: 5, scaling: { least: 3 } } });

it('shows what all boxes have, and names what differs', () => {
  expect(sharedParams(queueModule, [one, two])).toEqual({ data: { delay: 5 }, differing: ['tags', 'scaling'] });
});

it('gives one value to all and leaves the rest of each box as it was', () => {
  const params = withShared(queueModule, [one, two], 'delay', 60);
  // 60 is what the preset of the second says, so that nothing of its own is left to say.
  expect(params).toEqual({ one: { delay: 60, tags: { team: 'a' } }, two: { scaling: { least: 3 } } });
  for (const box of [one, two]) {
    const before = resolveParams(queueModule, box).params;
    expect(resolveParams(queueModule, { ...box, params: params[box.id] }).params).toEqual({ ...before, delay: 60 });
  }
});

const shown = { delay: 5, tags: { team: 'a' }, scaling: { least: 1, most: 2 } };

it('writes what was typed, and leaves what somebody else changed since the form was drawn', () => {
  const now = node('one', 'queue', { params: { delay: 5, tags: { team: 'b' } } });
  const wanted = { ...shown, delay: 7 };
  expect(withWritten(queueModule, now, { shown, wanted, name: 'delay' })).toEqual({ delay: 7, tags: { team: 'b' } });
});

it('writes a value that is typed back before the form was drawn with the one in between', () => {
  const now = node('one', 'queue', { params: { delay: 7, tags: { team: 'a' } } });
  expect(withWritten(queueModule, now, { shown, wanted: shown, name: 'delay' })).toEqual({
    delay: 5,
    tags: { team: 'a' },
  });
});

it('takes a field back that was emptied, and keeps a sealed secret until another is typed', () => {
  const sealed = { $secret: 'sealed' };
  const now = node('one', 'queue', { params: { delay: 5, tags: { team: 'a' }, password: sealed } });
  const { delay: _, ...wanted } = { ...shown, password: undefined };
  expect(withWritten(queueModule, now, { shown, wanted, name: 'delay' })).toEqual({
    delay: null,
    tags: { team: 'a' },
    password: sealed,
  });
  const typed = { ...shown, password: 'correct horse' };
  expect(withWritten(queueModule, now, { shown, wanted: typed, name: 'password' })).toMatchObject({
    delay: 5,
    password: 'correct horse',
  });
});

it('knows the setting of a field, also of one inside of it', () => {
  expect(settingOf(queueModule, 'param-one_scaling_least', 'param-one')).toBe('scaling');
  expect(settingOf(queueModule, 'param-one_delay', 'param-one')).toBe('delay');
  expect(settingOf(queueModule, 'param-one', 'param-one')).toBeUndefined();
});
