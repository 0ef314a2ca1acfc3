// `kill -9` of the server at random points of runs. PLUMBLINE_SEED repeats a series, PLUMBLINE_CRASHES sets how many.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readServerEvents } from '../../cli/client/server-events.ts';
import type { EnvironmentState, LogLine, PlumblineEvent, Run, RunKind } from '../../schemas/generated/types.ts';
import { loadMasterKey } from '../../server/store/master-key.ts';
import { openStore, type Store } from '../../server/store/store.ts';
import { pipeline } from '../fixtures/graphs.ts';
import { type ServerProcess, startServerProcess } from '../helpers/server-process.ts';
import { countSockets, listEngines, listLeftovers, readObjects, readStates, type StateView } from './crash-checks.ts';

const seed = Number(process.env.PLUMBLINE_SEED ?? Math.floor(Math.random() * 1e9));
const wanted = Number(process.env.PLUMBLINE_CRASHES ?? 50);
const nodes = pipeline().nodes.map(({ id }) => id);

/** Points at which the server is killed, with the most milliseconds that it is given from there on. */
const points = { synth: 80, init: 200, plan: 450, apply: 350, publish: 4, waiting: 50, anywhere: 2500 };
type Point = keyof typeof points;

let dataDir: string;
let server: ServerProcess;
let store: Store;
let random: () => number;
const hit = new Map<string, number>();
let crashes = 0;

beforeAll(async () => {
  console.log(`PLUMBLINE_SEED=${seed}`);
  random = mulberry32(seed);
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-crash-'));
  server = await startServerProcess(dataDir);
  store = await openStore({ dataDir, masterKey: loadMasterKey(dataDir, {}).key });
});
afterAll(async () => {
  await store.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  // Steps run side by side: one crash can cut several phases.
  console.log(`${crashes} crashes (seed ${seed}): ${[...hit].map(([where, times]) => `${where} ${times}`).join(', ')}`);
});

it('loses no state, leaves nothing behind and can go on, wherever its server is killed', {
  timeout: 900_000,
}, async () => {
  await server.call('POST', 'projects', { name: 'shop' });
  for (let round = 1; crashes < wanted; round += 1) {
    const place = await openEnvironment(`round${round}`);
    await survive(place, 'apply');
    const all = await readStates(store, place.id, nodes);
    expect([...all.keys()]).toEqual(nodes);
    const { revision } = await server.call<{ revision: number }>('GET', `${place.path}/graph`);
    const graph = pipeline({ visibility: 100 + round, sendGrants: ['receive'] });
    await server.call('PUT', `${place.path}/graph`, { base: revision, mode: 'strict', graph });
    await survive(place, 'apply');
    await survive(place, 'destroy');
    expect(await readObjects(store, place.id)).toEqual([]);
    expect([...(await readStates(store, place.id, nodes)).values()].flatMap((state) => state.resources)).toEqual([]);
    expect(await store.deployments.list(place.id)).toEqual([]);
    await server.call('DELETE', place.path);
  }
});

interface Place {
  id: string;
  path: string;
}

async function openEnvironment(name: string): Promise<Place> {
  await server.call('POST', 'projects/shop/environments', { name, class: 'development', target: { kind: 'sandbox' } });
  const path = `projects/shop/environments/${name}`;
  await server.call('PUT', `${path}/graph`, { base: 0, mode: 'strict', graph: pipeline() });
  const environment = await store.environments.find('shop', name);
  if (!environment) throw new Error('no environment');
  return { id: environment.id, path };
}

/** One run, killed once or twice and taken up again, until it has done what was asked. */
async function survive(place: Place, kind: RunKind): Promise<void> {
  const approve = random() < 0.6;
  let kills = Math.min(random() < 0.4 ? 2 : 1, wanted - crashes);
  let act = () => server.call<Run>('POST', `${place.path}/runs`, { kind, approve });
  for (;;) {
    const before = await readStates(store, place.id, nodes);
    let run = kills > 0 ? await crash(place, act, choosePoint(approve)) : await finish(place, act);
    if (kills > 0) await checkAfterCrash(place, kind, run, before);
    else if (run.status === 'failed') throw new Error(`failed though nobody killed it: ${await tell(run)}`);
    kills -= 1;
    if (run.status === 'succeeded') return checkWhole(place, run);
    const { id } = run;
    const verb = run.status === 'waiting' ? 'approve' : 'resume';
    if (verb === 'resume') expect(run.status).toBe('failed');
    if (kills < -2) throw new Error(`run ${id} does not end: ${JSON.stringify(run.error)}`);
    act = () => server.call<Run>('POST', `runs/${id}/${verb}`, verb === 'approve' ? {} : undefined);
    run = await server.call<Run>('GET', `runs/${id}`);
  }
}

/** What a person would look at: error, phases and log. */
async function tell(run: Run): Promise<string> {
  const logs = await server.call<LogLine[]>('GET', `runs/${run.id}/logs`);
  const phases = run.steps.map((step) => [
    step.id,
    step.status,
    ...step.phases.map(({ name, status }) => `${name} ${status}`),
  ]);
  const lines = logs.map(({ at, step, phase, text }) => `${at} ${step} ${phase} ${text}`);
  return [JSON.stringify(run.error), ...phases.map((each) => each.join(', ')), ...lines].join('\n');
}

function choosePoint(approve: boolean): Point {
  const weighted: Point[] = ['synth', 'init', 'plan', 'plan', 'apply', 'apply', 'apply', 'publish', 'anywhere'];
  if (!approve) weighted.push('waiting', 'waiting');
  return weighted[Math.floor(random() * weighted.length)] ?? 'anywhere';
}

/** Kills the server at that point, or where the run rests before it comes there; starts it again. @returns the run as it is then. */
async function crash(place: Place, act: () => Promise<Run>, point: Point): Promise<Run> {
  const grace = Math.floor(random() * points[point]);
  const after = (await server.call<EnvironmentState>('GET', `${place.path}/state`)).lastEvent;
  const { id } = await act();
  if (point !== 'anywhere') await untilEvent(place, after, (event) => isAt(event, point) || isResting(event));
  await delay(grace);
  await server.kill();
  server = await startServerProcess(dataDir);
  crashes += 1;
  const run = await server.call<Run>('GET', `runs/${id}`);
  const cut = run.steps.flatMap(({ phases }) => phases).filter(({ note }) => note?.startsWith('The server stopped'));
  const now = cut.filter(({ endedAt }) => Date.parse(endedAt ?? '') > Date.now() - 10_000).map(({ name }) => name);
  const places = run.status !== 'failed' ? [run.status] : now.length > 0 ? new Set(now) : ['between phases'];
  for (const where of places) {
    const named = `${run.kind} ${where}`;
    hit.set(named, (hit.get(named) ?? 0) + 1);
  }
  return run;
}

/** Lets it run to where it rests. */
async function finish(place: Place, act: () => Promise<Run>): Promise<Run> {
  const after = (await server.call<EnvironmentState>('GET', `${place.path}/state`)).lastEvent;
  const { id } = await act();
  await untilEvent(place, after, isResting);
  return server.call<Run>('GET', `runs/${id}`);
}

function isAt({ step, runState }: PlumblineEvent, point: Point): boolean {
  if (point === 'waiting') return runState?.status === 'waiting';
  const phase = step?.phases.at(-1);
  return phase?.name === point && phase.status === 'running';
}

function isResting({ runState }: PlumblineEvent): boolean {
  return runState !== undefined && runState.status !== 'planning' && runState.status !== 'applying';
}

async function untilEvent(place: Place, after: number, is: (event: PlumblineEvent) => boolean): Promise<void> {
  const stop = new AbortController();
  const { body } = await server.open(`${place.path}/events?after=${after}`, { signal: stop.signal });
  if (!body) throw new Error('no event stream');
  try {
    for await (const { data } of readServerEvents(Readable.fromWeb(body as ReadableStream)))
      if (is(JSON.parse(data) as PlumblineEvent)) return;
  } finally {
    stop.abort();
  }
  throw new Error('the event stream ended');
}

/** What holds as soon as the server listens again. */
async function checkAfterCrash(place: Place, kind: RunKind, run: Run, before: Map<string, StateView>): Promise<void> {
  expect(listEngines(dataDir)).toEqual([]);
  expect(listLeftovers(dataDir)).toEqual([]);
  expect(countSockets(dataDir)).toBeLessThanOrEqual(1);
  expect(await store.states.locks()).toEqual([]);
  expect(['failed', 'waiting', 'succeeded']).toContain(run.status);
  expect(run.steps.filter((step) => step.status === 'running')).toEqual([]);
  if (run.status === 'failed') expect(run.error).toMatchObject({ code: 'server-stopped', retry: true });
  const states = await readStates(store, place.id, nodes);
  const objects = await readObjects(store, place.id);
  const known = new Set([...states.values()].flatMap((state) => state.resources));
  expect(objects.filter((object) => !known.has(object))).toEqual([]);
  for (const [node, old] of before) {
    const now = states.get(node);
    if (kind === 'destroy' && !now) continue;
    expect(now?.lineage, node).toBe(old.lineage);
    expect(now?.serial, node).toBeGreaterThanOrEqual(old.serial);
    // A change of these nodes replaces nothing: what the state knew is still known, and still there.
    if (kind === 'apply' && now) expect(objects).toEqual(expect.arrayContaining(old.resources.filter(isKept)));
    if (kind === 'apply' && now) expect(now.resources).toEqual(expect.arrayContaining(old.resources.filter(isKept)));
  }
}

const isKept = (resource: string) => !resource.startsWith('aws_iam_role_policy ');

/** What holds when a run has succeeded: cloud and states tell the same. */
async function checkWhole(place: Place, run: Run): Promise<void> {
  const states = await readStates(store, place.id, nodes);
  const known = [...states.values()].flatMap((state) => state.resources).sort();
  expect(await readObjects(store, place.id)).toEqual(known);
  expect(run.steps.filter((step) => step.status !== 'succeeded' && step.status !== 'skipped')).toEqual([]);
  if (run.kind === 'destroy') return;
  const deployments = await store.deployments.list(place.id);
  expect(deployments.map(({ node, status }) => `${node} ${status}`).sort()).toEqual(
    nodes.map((id) => `${id} live`).sort(),
  );
}

/** A small seeded source of numbers from 0 to 1. */
function mulberry32(start: number): () => number {
  let at = start;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
