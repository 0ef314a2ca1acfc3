import type { ElkNode } from 'elkjs/lib/elk-api';
import ELK from 'elkjs/lib/elk-api';
import { ApiFailure } from '../api/failure.ts';
import type { RunElk } from './arrange.ts';

export interface Elk {
  run: RunElk;
  /** Ends the worker, and with it what it is about. */
  close(): void;
}

/** elkjs in a worker of its own: a large graph takes seconds, in which the page goes on. */
export function openElk(): Elk {
  let worker: Worker | undefined;
  let fail: (error: Error) => void = () => undefined;
  const failure = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  // Heard of only while something runs.
  failure.catch(() => undefined);
  const elk = new ELK({
    workerFactory: () => {
      worker = new Worker(new URL('./elk.worker.ts', import.meta.url), { type: 'module' });
      // elkjs waits for an answer for ever; without words it is code that could not be fetched.
      worker.addEventListener('error', ({ message }) => fail(message ? new Error(message) : new ApiFailure(0, {})));
      return worker;
    },
  });
  return {
    run: (graph) => Promise.race([elk.layout(graph) as Promise<ElkNode>, failure]),
    close: () => worker?.terminate(),
  };
}
