// The built server: its memory at rest, and how long saves of a graph of 1,000 nodes take over HTTP.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { GraphSaved } from '../../schemas/generated/types.ts';
import { type ServerProcess, startServerProcess } from '../helpers/server-process.ts';
import { pipelines } from './graphs.ts';
import { cpuSeconds, type Sample, sample } from './measure.ts';

const restMs = 10_000;
const warmUp = 20;
const saves = 200;
const place = 'projects/figures/environments/dev';

export interface ServerFigures {
  /** Resident memory in MB (10^6 bytes) some seconds after the start, with the demo; undefined where the system does not tell. */
  restMegabytes: number | undefined;
  saves: Sample[];
  /** CPU milliseconds of the server for one save, on average. */
  saveCpuMilliseconds: number | undefined;
}

export async function benchServer(): Promise<ServerFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const server = await startServerProcess(dataDir);
  try {
    await server.call('GET', 'projects/orders/environments/development/state');
    await delay(restMs);
    return { restMegabytes: residentMegabytes(server.pid), ...(await timeSaves(server)) };
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Each save changes one param, as an edit on the page does; the answer has been read when the clock stops. */
async function timeSaves(server: ServerProcess): Promise<Omit<ServerFigures, 'restMegabytes'>> {
  await server.call('POST', 'projects', { name: 'figures' });
  const target = { kind: 'sandbox' };
  await server.call('POST', 'projects/figures/environments', { name: 'dev', class: 'development', target });
  const graph = pipelines(250);
  const edited = graph.nodes.find(({ id }) => id === 'jobs-7');
  const samples: Sample[] = [];
  let base = 0;
  let cpuBefore: number | undefined;
  for (let edit = 0; edit < warmUp + saves; edit++) {
    if (edit === warmUp) cpuBefore = cpuSeconds(server.pid);
    if (edited) edited.params = { visibilityTimeoutSeconds: 121 + edit };
    const body = { base, mode: 'draft', graph };
    const taken = await sample(async () => {
      base = (await server.call<GraphSaved>('PUT', `${place}/graph`, body)).revision;
    });
    if (edit >= warmUp) samples.push(taken);
  }
  const cpuAfter = cpuSeconds(server.pid);
  const spent = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
  return { saves: samples, saveCpuMilliseconds: spent === undefined ? undefined : (spent * 1000) / saves };
}

function residentMegabytes(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6;
  } catch {
    return undefined;
  }
}
