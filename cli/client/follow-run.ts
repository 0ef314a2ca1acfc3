import { setTimeout as delay } from 'node:timers/promises';
import type { PlumblineEvent, Run, RunStatus } from '../../schemas/generated/types.ts';
import { type Api, path } from './api.ts';
import { readServerEvents } from './server-events.ts';

export interface RunWatcher {
  /** The whole run, as it stands. */
  onRun(run: Run): void;
  onEvent(event: PlumblineEvent): void;
}

/** A status in which nothing happens until somebody says something. */
function isResting(status: RunStatus): boolean {
  return status !== 'planning' && status !== 'applying';
}

const streamAttempts = 3;
const pause = 300;

/**
 * Follows a run until it rests, by its environment's events, or by asking again and again where the stream does not hold.
 * @param after id of the last event before the run; events up to it are of no interest
 * @returns the run as it then stands
 */
export async function followRun(api: Api, started: Run, after: number, watcher: RunWatcher): Promise<Run> {
  let last = after;
  let failures = 0;
  for (;;) {
    if (failures < streamAttempts) {
      try {
        last = await streamUntilRest(api, started, last, watcher);
      } catch {
        failures += 1;
      }
    }
    const run = await api.get<Run>(path`runs/${started.id}`);
    watcher.onRun(run);
    if (isResting(run.status)) return run;
    await delay(pause);
  }
}

/** Passes events on until the run rests or the server ends the stream; returns the id of the last one. */
async function streamUntilRest(api: Api, run: Run, after: number, watcher: RunWatcher): Promise<number> {
  const stop = new AbortController();
  let last = after;
  const where = path`projects/${run.project}/environments/${run.environment}/events?after=${last}`;
  const stream = await api.open(where, { headers: { accept: 'text/event-stream' }, signal: stop.signal });
  try {
    for await (const { data } of readServerEvents(stream)) {
      const event = JSON.parse(data) as PlumblineEvent;
      last = Math.max(last, event.id);
      if (event.run !== run.id) continue;
      watcher.onEvent(event);
      if (event.type === 'run' && event.runState && isResting(event.runState.status)) return last;
    }
  } finally {
    stop.abort();
  }
  throw new Error('the stream ended');
}
