// The stream of events over a network that comes and goes.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openEvents } from './events.ts';

const sources: (EventTarget & { close: () => void })[] = [];
const open = () => {
  const source = Object.assign(new EventTarget(), { close: vi.fn() });
  sources.push(source);
  return source as unknown as EventSource;
};
const options = { after: 0, onEvent: vi.fn(), onPresence: vi.fn(), onOnline: vi.fn(), open };

beforeEach(() => {
  vi.useFakeTimers();
  sources.length = 0;
});
afterEach(() => vi.useRealTimers());

test('an event is delivered once, and a reconnect asks from the last one on', () => {
  const asked: number[] = [];
  const onEvent = vi.fn();
  openEvents({ ...options, onEvent, url: (after) => String(asked.push(after)) });
  for (const id of [1, 2, 2])
    sources[0]?.dispatchEvent(new MessageEvent('plumbline', { data: JSON.stringify({ id, type: 'run' }) }));
  sources[0]?.dispatchEvent(new Event('error'));
  vi.advanceTimersByTime(500);
  expect([onEvent.mock.calls.length, asked]).toEqual([2, [0, 2]]);
});

test('where the network is said to be back, it connects at once, and not twice', () => {
  const stream = openEvents({ ...options, url: () => '' });
  stream.hurry();
  expect(sources).toHaveLength(1);
  sources[0]?.dispatchEvent(new Event('error'));
  stream.hurry();
  expect(sources).toHaveLength(2);
  stream.hurry();
  vi.advanceTimersByTime(60_000);
  expect(sources).toHaveLength(2);
});
