// The built server: its memory at rest, and how long edits and pushes of a graph of 1,000 nodes take over HTTP.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { GraphSaved, OperationBatch, OperationsTaken } from '../../schemas/generated/types.ts';
import { type ServerProcess, startServerProcess } from '../helpers/server-process.ts';
import { pipelines } from './graphs.ts';
import { cpuSeconds, type Sample, sample } from './measure.ts';

const restMs = 10_000;
const warmUp = 50;
const times = 200;
const place = 'projects/figures/environments/dev';

/** How often the same thing was asked for, and what it took. */
export interface Timed {
  samples: Sample[];
  /** CPU milliseconds of the server for one, on average. */
  cpuMilliseconds: number | undefined;
}

export interface ServerFigures {
  /** Resident memory in MB (10^6 bytes) some seconds after the start, with the demo; undefined where the system does not tell. */
  restMegabytes: number | undefined;
  /** One param set on the page: a batch of one operation, which is stored when it is answered. */
  edits: Timed;
  /** A file pushed with one param changed. */
  pushes: Timed;
}

export async function benchServer(): Promise<ServerFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const server = await startServerProcess(dataDir);
  try {
    await server.call('GET', 'projects/orders/environments/development/state');
    await delay(restMs);
    const restMegabytes = residentMegabytes(server.pid);
    await server.call('POST', 'projects', { name: 'figures' });
    const target = { kind: 'sandbox' };
    await server.call('POST', 'projects/figures/environments', { name: 'dev', class: 'development', target });
    const pushes = await timePushes(server);
    return { restMegabytes, edits: await timeEdits(server), pushes };
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function timePushes(server: ServerProcess): Promise<Timed> {
  const graph = pipelines(250);
  const edited = graph.nodes.find(({ id }) => id === 'jobs-7');
  let base = 0;
  return timeCalls(server, async (turn) => {
    if (edited) edited.params = { visibilityTimeoutSeconds: 121 + turn };
    const body = { base, mode: 'draft', graph };
    base = (await server.call<GraphSaved>('PUT', `${place}/graph`, body)).revision;
  });
}

function timeEdits(server: ServerProcess): Promise<Timed> {
  return timeCalls(server, async (turn) => {
    const path: [string, string, ...string[]] = ['nodes', 'jobs-7', 'params', 'visibilityTimeoutSeconds'];
    const body: OperationBatch = { client: 'bench-page', batch: turn + 1, operations: [{ path, value: 1000 + turn }] };
    await server.call<OperationsTaken>('POST', `${place}/operations`, body);
  });
}

/** The answer has been read when the clock stops. */
async function timeCalls(server: ServerProcess, call: (turn: number) => Promise<void>): Promise<Timed> {
  const samples: Sample[] = [];
  for (let turn = 0; turn < warmUp; turn++) await call(turn);
  const before = cpuSeconds(server.pid);
  for (let turn = warmUp; turn < warmUp + times; turn++) samples.push(await sample(() => call(turn)));
  const after = cpuSeconds(server.pid);
  const spent = before === undefined || after === undefined ? undefined : after - before;
  return { samples, cpuMilliseconds: spent === undefined ? undefined : (spent * 1000) / times };
}

function residentMegabytes(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
  } catch {
    return undefined;
  }
}
