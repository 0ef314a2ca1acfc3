// The built server with environments that live in the emulator, and what a test asks of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inject } from 'vitest';
import type { EnvironmentCreate, Graph, Run, RunCreate } from '../../schemas/generated/types.ts';
import { startServerProcess } from '../helpers/server-process.ts';
import { ROOT_KEYS } from './emulator.mjs';

export type Live = Awaited<ReturnType<typeof openLive>>;

/** Starts the server on a data folder of its own; roots run side by side, so that the provider's waits do. */
export async function openLive(more: NodeJS.ProcessEnv = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-aws-'));
  const env = {
    ...more,
    AWS_ACCESS_KEY_ID: ROOT_KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT_KEYS.secretAccessKey,
    PLUMBLINE_PARALLEL: '8',
  };
  let server = await startServerProcess(dataDir, { env });
  const call: typeof server.call = (...asked) => server.call(...asked);
  const path = (scope: string) => `projects/${scope.replace('/', '/environments/')}`;
  const settled = async (id: string): Promise<Run> => {
    for (;;) {
      const run = await call<Run>('GET', `runs/${id}`);
      if (run.status !== 'planning' && run.status !== 'applying') return run;
      await delay(200);
    }
  };
  return {
    dataDir,
    endpoint: inject('endpoint'),
    call,
    path,
    settled,
    /** Makes project `shop`'s environment with this graph. */
    async environment(name: string, graph: Graph, change: Partial<EnvironmentCreate> = {}): Promise<string> {
      await call('POST', 'projects', { name: 'shop' }).catch(() => undefined);
      const target = { kind: 'aws-endpoint' as const, region: 'eu-central-1', endpoint: inject('endpoint') };
      await call('POST', 'projects/shop/environments', { name, class: 'development', target, ...change });
      await call('PUT', `${path(`shop/${name}`)}/graph`, { base: 0, mode: 'draft', graph });
      return `shop/${name}`;
    },
    async save(scope: string, graph: Graph): Promise<void> {
      const { revision } = await call<{ revision: number }>('GET', `${path(scope)}/graph`);
      await call('PUT', `${path(scope)}/graph`, { base: revision, mode: 'draft', graph });
    },
    /** Runs to its end without asking. */
    async run(scope: string, request: RunCreate): Promise<Run> {
      const { id } = await call<Run>('POST', `${path(scope)}/runs`, request);
      return settled(id);
    },
    /** `kill -9`, and a new one on the same data. */
    async killAndStart() {
      await server.kill();
      server = await startServerProcess(dataDir, { env });
    },
    async close() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What stopped a run, in words for a failed expectation. */
export function wordsOf(run: Run): string {
  const failed = run.steps.filter((step) => step.error);
  return [run.error?.message, ...failed.map((step) => `${step.id}: ${step.error?.message} ${step.error?.detail ?? ''}`)]
    .filter(Boolean)
    .join('\n');
}
