import type { ElkNode } from 'elkjs/lib/elk-api';
import ELK from 'elkjs/lib/elk-api';
import type { RunElk } from './arrange.ts';

export interface Elk {
  run: RunElk;
  /** Ends the worker, and with it what it is about. */
  close(): void;
}

/** elkjs in a worker of its own: a large graph takes seconds, in which the page goes on. */
export function openElk(): Elk {
  let worker: Worker | undefined;
  const elk = new ELK({
    workerFactory: () => {
      worker = new Worker(new URL('./elk.worker.ts', import.meta.url), { type: 'module' });
      return worker;
    },
  });
  return {
    run: (graph) => elk.layout(graph) as Promise<ElkNode>,
    close: () => worker?.terminate(),
  };
}
