import { expect, it } from 'vitest';
import { node, queueModule } from '../../../schemas/rules/fixtures.ts';
import { resolveParams } from '../../../schemas/rules/resolve-params.ts';
import { sharedParams, withShared } from './shared-params.ts';

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
