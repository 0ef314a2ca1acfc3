import { describe, expect, it } from 'vitest';
import { parseRoute, routeTo } from './route.ts';

describe('the address', () => {
  it('comes back to the environment and the box that it was made for', () => {
    for (const route of [
      { project: 'orders', environment: 'dev' },
      { project: 'orders', environment: 'dev', box: 'invoice-worker' },
      { project: 'a/b', environment: 'c?d', box: 'e&f' },
    ])
      expect(parseRoute(routeTo(route))).toEqual(route);
  });

  it('that names no environment leads nowhere', () => {
    expect(parseRoute('')).toBeUndefined();
    expect(parseRoute('#/orders')).toBeUndefined();
  });
});
