import { expect, test } from 'vitest';
import { node } from '../../schemas/rules/fixtures.ts';
import { renamedBoxes } from './renamed-boxes.ts';

const named = (id: string, module: string, name = 'same') => node(id, module, { name });
const renamed = (...[before, after]: Parameters<typeof renamedBoxes>) => [...renamedBoxes(before, after)];

test('a box is renamed that is the same but for its id, whatever stands beside it', () => {
  const before = [named('one', 'queue', 'a'), named('two', 'queue', 'b'), named('stays', 'queue')];
  const after = [named('stays', 'queue'), named('too', 'queue', 'b'), named('own', 'queue', 'a')];
  expect(renamed(before, after)).toEqual([
    ['too', 'two'],
    ['own', 'one'],
  ]);
});

test('so is the only one of its module that went, where one came', () => {
  expect(renamed([named('one', 'queue', 'a')], [named('uno', 'queue', 'b')])).toEqual([['uno', 'one']]);
  expect(renamed([named('one', 'queue', 'a')], [named('uno', 'topic', 'b')])).toEqual([]);
});

test('nothing is guessed where two would fit', () => {
  const twins = [named('one', 'queue'), named('two', 'queue')];
  expect(renamed(twins, [named('three', 'queue')])).toEqual([]);
  expect(renamed([named('one', 'queue')], [named('uno', 'queue'), named('due', 'queue')])).toEqual([]);
});

test('a box that came while none went is new', () => {
  expect(renamed([named('one', 'queue')], [named('one', 'queue'), named('two', 'queue')])).toEqual([]);
});
