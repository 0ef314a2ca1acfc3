import { describe, expect, it } from 'vitest';
import { frameAround } from './frames.ts';
import { changesOver, draggedBoxes } from './places.ts';

const members = { a: 'one', b: 'one', c: 'two' };
const rest = { a: { x: 0, y: 0 }, b: { x: 300, y: 200 }, c: { x: 1000, y: 0 } };
const box = (x: number, y: number) => ({ x, y, width: 200, height: 100 });
const one = frameAround([box(0, 0), box(300, 200)]);
const two = frameAround([box(1000, 0)]);
const frames = new Map([...(one ? [['one', one] as const] : []), ...(two ? [['two', two] as const] : [])]);

describe('a drag on the canvas', () => {
  it('of a group moves all of its boxes by the same way', () => {
    const moved = draggedBoxes(
      new Map([['group:one', { x: (one?.x ?? 0) + 40, y: (one?.y ?? 0) - 16 }]]),
      members,
      rest,
    );
    expect([...moved]).toEqual([
      ['a', { x: 40, y: -16 }],
      ['b', { x: 340, y: 184 }],
    ]);
  });

  it('lets a box change over to the frame under its middle, or to none', () => {
    expect(changesOver(new Map([['a', box(1010, 40)]]), frames, members)).toEqual({ a: 'two' });
    expect(changesOver(new Map([['a', box(0, 900)]]), frames, members)).toEqual({ a: undefined });
    expect(changesOver(new Map([['a', box(60, 40)]]), frames, members)).toEqual({});
  });

  it('keeps boxes together that are all of their group', () => {
    expect(
      changesOver(
        new Map([
          ['a', box(0, 900)],
          ['b', box(300, 900)],
        ]),
        frames,
        members,
      ),
    ).toEqual({});
  });
});
