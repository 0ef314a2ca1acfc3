// A field that is written when it is left.
import { act, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Draft, useDraft } from './use-draft.ts';

let root: ReturnType<typeof createRoot>;
/** As it was drawn each time. */
let drawn: Draft[];
const draft = () => drawn.at(-1) as Draft;
const write = vi.fn<(text: string) => boolean>();

function Field({ current }: { current: string }) {
  drawn.push(useDraft(current, write));
  return null;
}

const show = (current: string) => act(() => root.render(createElement(Field, { current })));

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  write.mockReset().mockReturnValue(true);
  drawn = [];
  root = createRoot(document.createElement('div'));
  show('queue');
});

afterEach(() => {
  act(() => root.unmount());
  vi.unstubAllGlobals();
});

test('a field that nobody typed in shows what stands, and writes nothing when it is left', () => {
  show('jobs');
  expect(draft().text).toBe('jobs');
  act(() => draft().keep());
  expect(write).not.toHaveBeenCalled();
});

test('what is typed stays while somebody else changes it, and is written once', () => {
  act(() => draft().type('orders'));
  show('jobs');
  expect(draft().text).toBe('orders');
  act(() => draft().keep());
  act(() => draft().keep());
  expect(write.mock.calls).toEqual([['orders']]);
  expect(draft().text).toBe('jobs');
});

test('what cannot be taken stays in the field', () => {
  write.mockReturnValue(false);
  act(() => draft().type(''));
  act(() => draft().keep());
  expect(draft().text).toBe('');
  act(() => draft().drop());
  expect(draft().text).toBe('queue');
});
