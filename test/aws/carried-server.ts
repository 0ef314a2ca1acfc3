// The server in this process, so that a test can take its sealing away, with the fixtures' secret param beside the published modules.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inject, vi } from 'vitest';
import type { Graph, Run, RunCreate } from '../../schemas/generated/types.ts';
import { readSettings } from '../../server/settings.ts';
import type { startServer } from '../../server/start-server.ts';
import type { Searched } from '../helpers/secret-search.ts';
import { REGION } from './carried-cloud.ts';
import { ROOT_KEYS } from './emulator.mjs';

const fixtures = (folder: string) => fileURLToPath(new URL(`../fixtures/${folder}`, import.meta.url));
const written: string[] = [];

export type CarriedServer = Awaited<ReturnType<typeof openServer>>;

/** @param start of the sources as they are, or with something of them mocked. */
export async function openServer(start: typeof startServer) {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-carried-'));
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((piece) => written.push(String(piece)) > 0);
  const env = {
    ...process.env,
    PLUMBLINE_DATA: dataDir,
    PLUMBLINE_PORT: '0',
    PLUMBLINE_LOG: 'trace',
    PLUMBLINE_TOKEN: '',
    PLUMBLINE_PARALLEL: '8',
    AWS_ACCESS_KEY_ID: ROOT_KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT_KEYS.secretAccessKey,
  };
  const folders = { modulesDir: fixtures('modules'), contractsDir: fixtures('contracts') };
  const server = await start(readSettings(env), env, folders);
  const open = (url: string, init?: RequestInit) => fetch(`${server.address}/api/${url}`, init);
  const call = async <T>(method: string, url: string, body?: unknown): Promise<T> => {
    const headers: HeadersInit = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await open(url, { method, headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const settled = async (id: string): Promise<Run> => {
    for (;;) {
      const run = await call<Run>('GET', `runs/${id}`);
      if (run.status !== 'planning' && run.status !== 'applying') return run;
      await delay(250);
    }
  };
  return {
    address: server.address,
    dataDir,
    endpoint: inject('endpoint'),
    call,
    /** Makes an environment of a project of its own with this graph; returns its path in the API. */
    async environment(scope: string, graph: Graph): Promise<string> {
      const [project = '', name = ''] = scope.split('/');
      const path = `projects/${project}/environments/${name}`;
      const target = { kind: 'aws-endpoint', region: REGION, endpoint: inject('endpoint') };
      await call('POST', 'projects', { name: project });
      await call('POST', `projects/${project}/environments`, { name, class: 'development', target });
      await call('PUT', `${path}/graph`, { base: 0, mode: 'strict', graph });
      return path;
    },
    run: async (path: string, request: RunCreate) => settled((await call<Run>('POST', `${path}/runs`, request)).id),
    approve: async ({ id }: Run) => settled((await call<Run>('POST', `runs/${id}/approve`, {})).id),
    searched: (path: string): Searched => ({ dataDir, open, paths: [path], output: () => written.join('') }),
    async close() {
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
