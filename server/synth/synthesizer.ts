// The server's side of synth: a worker thread that is started on demand and ended when idle.
import { Worker } from 'node:worker_threads';
import { PlumblineError } from '../errors.ts';
import { inSources } from './folders.ts';
import type { SynthFolders, SynthRequest, SynthResult } from './types.ts';
import type { WorkerAnswer, WorkerBatch } from './worker.ts';

export interface Synthesizer {
  /**
   * Compiles nodes; results in the order of the requests.
   * @throws PlumblineError synth-failed, whose detail names the node and what is wrong
   */
  synthesize(requests: readonly SynthRequest[]): Promise<SynthResult[]>;
  /** Ends the worker; batches under way are rejected. */
  close(): Promise<void>;
}

export interface SynthesizerOptions extends SynthFolders {
  /** Milliseconds without work after which the worker is ended: its memory is worth more than its start. */
  idleMs?: number;
}

interface Waiting {
  resolve(results: SynthResult[]): void;
  reject(error: Error): void;
}

interface Running {
  worker: Worker;
  waiting: Map<number, Waiting>;
}

export function createSynthesizer({ idleMs = 30_000, ...folders }: SynthesizerOptions = {}): Synthesizer {
  let running: Running | undefined;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  const stop = async (): Promise<void> => {
    clearTimeout(idle);
    const ended = running;
    running = undefined;
    await ended?.worker.terminate();
  };
  const start = (): Running => {
    const started: Running = { worker: startWorker(folders), waiting: new Map() };
    started.worker.on('message', (answer: WorkerAnswer) => {
      settle(started, answer);
      if (started.waiting.size > 0 || running !== started) return;
      started.worker.unref();
      idle = setTimeout(stop, idleMs).unref();
    });
    onEnd(started, () => {
      if (running === started) running = undefined;
    });
    return started;
  };

  return {
    synthesize(requests) {
      if (requests.length === 0) return Promise.resolve([]);
      clearTimeout(idle);
      running ??= start();
      const { worker, waiting } = running;
      const batch: WorkerBatch = { id: ++lastId, requests };
      return new Promise((resolve, reject) => {
        worker.postMessage(batch);
        worker.ref();
        waiting.set(batch.id, { resolve, reject });
      });
    },
    close: stop,
  };
}

/** Idle, a worker does not keep the process alive; with a batch under way it does. */
function startWorker(folders: SynthFolders): Worker {
  const file = inSources ? './worker-in-sources.mjs' : './synth-worker.mjs';
  return new Worker(new URL(file, import.meta.url), { workerData: folders, execArgv: [] });
}

function settle({ waiting }: Running, answer: WorkerAnswer): void {
  const waiter = waiting.get(answer.id);
  waiting.delete(answer.id);
  if ('results' in answer) waiter?.resolve(answer.results);
  else waiter?.reject(new PlumblineError('synth-failed', { detail: answer.error, retry: false }));
}

function onEnd({ worker, waiting }: Running, ended: () => void): void {
  let reason = 'it was ended';
  worker.on('error', (error: Error) => {
    reason = error.message;
  });
  worker.on('exit', () => {
    ended();
    for (const { reject } of waiting.values()) {
      reject(
        new PlumblineError('synth-failed', {
          message: `The thread that compiles modules stopped: ${reason}.`,
          retry: true,
        }),
      );
    }
    waiting.clear();
  });
}
