import { expect, it } from 'vitest';
import type { Connection } from '../../../schemas/generated/types.ts';
import { fanOffsets } from './fan-in.ts';

const line = (id: string, from: string, port = 'files'): Connection => ({
  id,
  from: { node: from, port: 'out' },
  to: { node: 'worker', port },
  grants: [],
});
const byId = (...lines: Connection[]) => Object.fromEntries(lines.map((each) => [each.id, each]));

it('lets a line that is alone on its port arrive in the middle', () => {
  expect(fanOffsets(byId(line('a', 'one'), line('b', 'two', 'tables')), {}).size).toBe(0);
});

it('lets lines of one port arrive in the order of the boxes that they come from, around the middle', () => {
  const places = { high: { x: 0, y: 0 }, middle: { x: 0, y: 100 }, low: { x: 0, y: 200 } };
  const offsets = fanOffsets(byId(line('a', 'low'), line('b', 'high'), line('c', 'middle')), places);
  expect(offsets.get('b')).toBeLessThan(0);
  expect(offsets.get('c')).toBe(0);
  expect(offsets.get('a')).toBe(-(offsets.get('b') ?? 0));
});

it('keeps many lines within the row of their port', () => {
  const lines = Array.from({ length: 40 }, (_, index) => line(`l${index}`, `n${index}`));
  for (const offset of fanOffsets(byId(...lines), {}).values()) expect(Math.abs(offset)).toBeLessThanOrEqual(7);
});
