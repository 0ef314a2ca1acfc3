// Plants a secret in a whole life of an environment, and looks for it in every place that it must not reach.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import type { Graph, Run } from '../../schemas/generated/types.ts';
import { readSettings } from '../../server/settings.ts';
import type { startServer } from '../../server/start-server.ts';
import { graph, line, node } from '../fixtures/graphs.ts';
import { createSearch, marksOf } from '../helpers/secret-search.ts';

/** The part of the canary that every way of escaping leaves as it is. */
const core = 'canary7f3a9c1d5e8bkq';
const canary = `"&<${core}>/ %`;

const fixtures = (folder: string) => fileURLToPath(new URL(`../fixtures/${folder}`, import.meta.url));
const path = 'projects/shop/environments/dev';

/** A maker that keeps the canary as a secret param and hands it on in a secret field, and a user that takes it. */
function canaryGraph(token: string): Graph {
  return graph(
    [node('maker', 'test-token-maker', { token }), node('user', 'test-token-user')],
    [line('maker-user', 'maker.token', 'user.token')],
  );
}

/** Where the canary was seen, by the moment of the search; and in how many engines' environments it was found while they ran. */
export interface Sightings {
  places: string[];
  inEngines: number;
  /** Places that were searched. */
  searched: number;
}

/** Plans, applies, fails, resumes and destroys with the canary in it, and searches at every rest. */
export async function lifeWithCanary(start: typeof startServer): Promise<Sightings> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-canary-'));
  const written: string[] = [];
  const ears = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((piece) => written.push(String(piece)) > 0),
  );
  const env = {
    ...process.env,
    PLUMBLINE_DATA: dataDir,
    PLUMBLINE_PORT: '0',
    PLUMBLINE_LOG: 'trace',
    PLUMBLINE_TOKEN: '',
  };
  const server = await start(readSettings(env), env, {
    modulesDir: fixtures('modules'),
    contractsDir: fixtures('contracts'),
  });
  const finder = createSearch(marksOf(core));
  let inEngines = 0;
  const open = (url: string, init?: RequestInit) => fetch(`${server.address}/api/${url}`, init);
  const call = async <T>(method: string, url: string, body?: unknown): Promise<T> => {
    const headers: HeadersInit = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await open(url, { method, headers, body: JSON.stringify(body) });
    const text = await answer.text();
    finder.look(`answer of ${method} ${url.split('?')[0]}`, text);
    if (!answer.ok) return { refused: answer.status } as T;
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const search = (moment: string) =>
    finder.search(moment, { dataDir, open, paths: [path], output: () => written.join('') });
  const settled = async (run: Run): Promise<Run> => {
    for (let now = run; ; now = (await (await open(`runs/${run.id}`)).json()) as Run) {
      if (now.status !== 'planning' && now.status !== 'applying') return now;
      inEngines += enginesWith(finder.isFound);
      await delay(5);
    }
  };
  const mustBe = (run: Run, status: Run['status']) => {
    if (run.status !== status) throw new Error(`run is ${run.status}: ${JSON.stringify(run.error)}`);
  };
  try {
    await call('POST', 'projects', { name: 'shop' });
    await call('POST', 'projects/shop/environments', {
      name: 'dev',
      class: 'development',
      target: { kind: 'sandbox' },
    });
    const { refused } = await call<{ refused?: number }>('PUT', `${path}/graph`, {
      ...{ base: 0, mode: 'strict', graph: brokenGraph() },
    });
    if (refused !== 422) throw new Error('the broken graph was not refused');
    await call('PUT', `${path}/graph`, { base: 0, mode: 'strict', graph: canaryGraph(canary) });
    await search('saved');
    const planned = await settled(await call<Run>('POST', `${path}/runs`, { kind: 'plan' }));
    mustBe(planned, 'waiting');
    await search('planned');
    const fault = { kind: 'denied', type: 'aws_secretsmanager_secret_version', operation: 'create' };
    const { id } = await call<{ id: string }>('POST', `${path}/sandbox/faults`, fault);
    mustBe(await settled(await call<Run>('POST', `runs/${planned.id}/approve`, {})), 'failed');
    await search('failed');
    await call('DELETE', `${path}/sandbox/faults/${id}`);
    mustBe(await settled(await call<Run>('POST', `runs/${planned.id}/resume`)), 'succeeded');
    await search('applied');
    mustBe(await settled(await call<Run>('POST', `${path}/runs`, { kind: 'destroy', approve: true })), 'succeeded');
    await search('destroyed');
  } finally {
    await server.close();
    for (const ear of ears) ear.mockRestore();
  }
  finder.searchFiles('closed', dataDir);
  rmSync(dataDir, { recursive: true, force: true });
  return { places: finder.places, inEngines, searched: finder.all.length };
}

/** Refused: the answer quotes what was sent, and must leave the canary out. */
function brokenGraph(): Graph {
  const broken = canaryGraph(canary);
  return { ...broken, nodes: [...broken.nodes, node('second', 'test-token-maker', { token: canary, more: canary })] };
}

/** How many children of this process carry it in their environment: an engine must get it somehow. */
function enginesWith(isFound: (bytes: Buffer) => boolean): number {
  let count = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`);
      if (environment.includes('TF_VAR_') && isFound(environment)) count += 1;
    } catch {
      // It ended, or it is not ours.
    }
  }
  return count;
}
