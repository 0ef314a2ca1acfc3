import { useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Does something when the next frame has been painted; returns how to give it up. */
function afterPaint(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(run);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/**
 * A value that follows its source one frame later, for what is slow to draw and is not what a person looks at while it changes. It is
 * always the newest: one that was replaced in the meantime is never drawn.
 */
export function useAfterPaint<T>(value: T): T {
  const [shown, setShown] = useState(value);
  useLayoutEffect(() => {
    if (Object.is(shown, value)) return;
    // At once, or a key could come between the wish and the drawing, and a form would be given what it had before that key.
    return afterPaint(() => flushSync(() => setShown(() => value)));
  }, [shown, value]);
  return shown;
}
