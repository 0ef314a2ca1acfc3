// What could not be asked for while the server was away.
import { expect, test, vi } from 'vitest';
import { ApiFailure } from '../api/failure.ts';
import { createOwed } from './owed.ts';

const away = () => Promise.reject(new ApiFailure(0, {}));
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('is asked for again when the server is back, and once', async () => {
  const owed = createOwed();
  const request = vi.fn(away);
  owed.ask('run', request);
  await settled();
  owed.settle();
  await settled();
  request.mockResolvedValue(undefined as never);
  owed.settle();
  await settled();
  owed.settle();
  expect(request).toHaveBeenCalledTimes(3);
});

test('gives way to a newer question of the same name, and is dropped where the server says no', async () => {
  const owed = createOwed();
  const [older, newer] = [vi.fn(away), vi.fn(async () => {})];
  const gone = vi.fn(() => Promise.reject(new ApiFailure(404, {})));
  owed.ask('run', older);
  owed.ask('state', gone);
  await settled();
  owed.ask('run', newer);
  owed.settle();
  await settled();
  expect([older, newer, gone].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1]);
});
