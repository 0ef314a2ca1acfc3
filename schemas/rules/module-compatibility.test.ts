// Laws of a move to another version of a module: what people lose is major, what they gain is minor.
import { expect, test } from 'vitest';
import type { ModuleManifest } from '../generated/types.ts';
import { queueModule, testCatalog } from './fixtures.ts';
import { compareModules } from './module-compatibility.ts';

const catalog = testCatalog();
const changed = (rest: Partial<ModuleManifest>): ModuleManifest => ({ ...queueModule, ...rest });
const { params, inputs, outputs } = queueModule;
const properties = params.properties as Record<string, object>;
const withDelay = (delay: object) => changed({ params: { ...params, properties: { ...properties, delay } } });

test('a module is compatible with itself, and with another number on it', () => {
  expect(compareModules(catalog, queueModule, changed({ version: '1.0.1' }))).toEqual({ level: 'patch', reasons: [] });
});

test('what is added is minor, and the same taken away is major', () => {
  const { queue, ...others } = outputs;
  const { delay, ...rest } = properties;
  const smaller = changed({ outputs: others, params: { ...params, properties: rest }, inputs: {} });
  expect(queue && delay).toBeTruthy();
  expect(compareModules(catalog, smaller, queueModule)).toEqual({
    level: 'minor',
    reasons: ['the output queue was added', 'the input subscribesTo was added', 'the setting delay was added'],
  });
  expect(compareModules(catalog, queueModule, smaller)).toEqual({
    level: 'major',
    reasons: ['the output queue was removed', 'the input subscribesTo was removed', 'the setting delay was removed'],
  });
});

test.each([
  ['a smaller range', { type: 'integer', default: 0, minimum: 0, maximum: 60 }],
  ['a higher least', { type: 'integer', default: 0, minimum: 1, maximum: 900 }],
  ['a list of values where there was none', { type: 'integer', default: 0, minimum: 0, maximum: 900, enum: [0] }],
  ['another type', { type: 'string', default: 0, minimum: 0, maximum: 900 }],
])('%s of a setting is major', (_what, delay) => {
  expect(compareModules(catalog, queueModule, withDelay(delay))).toEqual({
    level: 'major',
    reasons: ['the setting delay takes less than before'],
  });
});

test('another default is told, because it changes boxes that did not set it', () => {
  const newer = withDelay({ type: 'integer', default: 5, minimum: 0, maximum: 900 });
  expect(compareModules(catalog, queueModule, newer)).toEqual({
    level: 'minor',
    reasons: ['the default of delay is 5'],
  });
});

test('an input that needs a line is major', () => {
  const network = { title: 'network', contract: 'network@^1.0.0', cardinality: 'one' as const };
  const { level } = compareModules(catalog, queueModule, changed({ inputs: { ...inputs, network } }));
  expect(level).toBe('major');
});
