// What the page works for one key, read from the browser's own trace: a script in the page cannot see when a frame is painted, and tasks
// of its own that could ask wait behind it.
import type { Page } from 'playwright-core';
import { median } from './measure.ts';

/** A complete event of Chromium's trace, in microseconds. */
interface TraceEvent {
  ph: string;
  pid: number;
  tid: number;
  name: string;
  ts: number;
  dur: number;
  args?: { data?: { type?: string } };
}

/**
 * Milliseconds that the main thread works for a key that `type` presses, on the median: every task from the key's until the frame that
 * shows it is handed to the compositor, without the time that it waits for the frame to begin.
 */
export async function keyWork(page: Page, type: () => Promise<void>): Promise<number> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser of its own.');
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] });
  await type();
  const trace = await browser.stopTracing();
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const isKey = ({ name, args }: TraceEvent) => name === 'EventDispatch' && args?.data?.type === 'keydown';
  const first = traceEvents.find(isKey);
  const thread = traceEvents.filter(({ ph, pid, tid }) => ph === 'X' && pid === first?.pid && tid === first.tid);
  const tasks = thread.filter(({ name }) => name === 'RunTask').sort((left, right) => left.ts - right.ts);
  const ends = ({ ts, dur }: TraceEvent) => ts + dur;
  const shown = thread.filter(({ name }) => name === 'Commit').sort((left, right) => left.ts - right.ts);
  const works = thread.filter(isKey).flatMap((key) => {
    const commit = shown.find(({ ts }) => ts > key.ts);
    if (!commit) return [];
    const own = tasks.filter((task) => ends(task) > key.ts && task.ts < commit.ts);
    return [own.reduce((sum, { dur }) => sum + dur, 0) / 1000];
  });
  return median(works);
}
