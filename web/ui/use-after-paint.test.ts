// The value that follows one frame later.
import { act, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useAfterPaint } from './use-after-paint.ts';

const holder = document.createElement('div');
let root: ReturnType<typeof createRoot>;
/** What was drawn, in its order. */
let drawn: string[];
const frame = vi.fn<(run: FrameRequestCallback) => number>();

function Shown({ value }: { value: string }) {
  const shown = useAfterPaint(value);
  if (drawn.at(-1) !== shown) drawn.push(shown);
  return shown;
}

const show = (value: string) => act(() => root.render(createElement(Shown, { value })));
/** The next frame is painted, and what waited for it is done. */
const paint = () =>
  act(() => {
    for (const [run] of frame.mock.calls.splice(0)) run(0);
    vi.runAllTimers();
  });

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.useFakeTimers();
  frame.mockReset();
  vi.stubGlobal('requestAnimationFrame', frame);
  vi.stubGlobal('cancelAnimationFrame', () => frame.mockReset());
  drawn = [];
  root = createRoot(holder);
});

afterEach(() => {
  act(() => root.unmount());
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('the first value is there at once', () => {
  show('a');
  expect(holder.textContent).toBe('a');
  expect(frame).not.toHaveBeenCalled();
});

test('another value is drawn when the frame of the change has been painted', () => {
  show('a');
  show('b');
  expect(holder.textContent).toBe('a');
  paint();
  expect(holder.textContent).toBe('b');
});

test('of several values in one frame the newest alone is drawn', () => {
  show('a');
  show('b');
  show('c');
  paint();
  expect(drawn).toEqual(['a', 'c']);
});

test('a value that is taken back before the frame is never drawn', () => {
  show('a');
  show('b');
  show('a');
  paint();
  expect(drawn).toEqual(['a']);
});
