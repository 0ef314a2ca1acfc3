// Runs synth off the server's main thread: one message is one batch.
import { parentPort, workerData } from 'node:worker_threads';
import { synthesizeInProcess } from './synthesize-in-process.ts';
import type { SynthFolders, SynthRequest, SynthResult } from './types.ts';

export interface WorkerBatch {
  id: number;
  requests: readonly SynthRequest[];
}

export type WorkerAnswer = { id: number; results: SynthResult[] } | { id: number; error: string };

parentPort?.on('message', async ({ id, requests }: WorkerBatch) => {
  parentPort?.postMessage(await answer(id, requests));
});

async function answer(id: number, requests: readonly SynthRequest[]): Promise<WorkerAnswer> {
  try {
    return { id, results: await synthesizeInProcess(requests, workerData as SynthFolders) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
