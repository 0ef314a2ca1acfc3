// Graphs that must not be taken: over HTTP and by `plumbline check`, each gets all its issues and nothing is stored.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../cli/testing.ts';
import type { ApiError, Graph, GraphSaved, Issue } from '../../schemas/generated/types.ts';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import { graph, line, node, pipeline } from '../fixtures/graphs.ts';
import { home, openApp, type TestApp } from './open-app.ts';

const service = (id: string) => node(id, 'aws-container-service', { image: 'registry.example/app:1' });
const queues = (count: number): Graph => graph(Array.from({ length: count }, (_, at) => node(`q${at}`, 'aws-queue')));

/** Each with every issue that it must get: code and place. */
const cases: Record<string, { text: string; issues: string[] }> = {
  'an unknown module': {
    text: JSON.stringify(graph([node('one', 'aws-nothing'), node('two', 'aws-queue', { delay: 1 })])),
    issues: ['unknown-module /nodes/0/module', 'invalid-params /nodes/1/params/delay'],
  },
  'a missing required input': {
    text: JSON.stringify(graph([node('db', 'aws-postgres'), service('api')])),
    issues: ['missing-input /nodes/0', 'missing-input /nodes/1', 'missing-input /nodes/1'],
  },
  'two producers on a slot that takes one': {
    text: JSON.stringify(
      graph(
        [node('net', 'aws-network'), node('other', 'aws-network'), node('db', 'aws-postgres')],
        [line('one', 'net.network', 'db.network'), line('two', 'other.network', 'db.network')],
      ),
    ),
    issues: ['too-many-producers /connections/1/to'],
  },
  'an incompatible contract': {
    text: JSON.stringify(
      graph(
        [
          node('topic', 'aws-topic'),
          node('worker', 'aws-function', { imageUri: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/worker:1' }),
        ],
        [line('one', 'topic.topic', 'worker.queues', ['send'], 'Q')],
      ),
    ),
    issues: ['incompatible-contract /connections/0/to/port'],
  },
  'a cycle': {
    text: JSON.stringify(
      graph(
        [service('api'), service('web'), node('net', 'aws-network'), node('cluster', 'aws-container-cluster')],
        [
          line('ab', 'api.http', 'web.calls', [], 'A'),
          line('ba', 'web.http', 'api.calls', [], 'B'),
          line('na', 'net.network', 'api.network'),
          line('nb', 'net.network', 'web.network'),
          line('ca', 'cluster.cluster', 'api.cluster'),
          line('cb', 'cluster.cluster', 'web.cluster'),
        ],
      ),
    ),
    issues: ['cycle /connections/0'],
  },
  'a grant that the contract does not offer': {
    text: JSON.stringify(pipeline({ sendGrants: ['send', 'fly'] })),
    issues: ['unknown-grant /connections/2/grants/1'],
  },
  'params that break the schema': {
    text: JSON.stringify(pipeline({ visibility: -5 })),
    issues: ['invalid-params /nodes/1/params/visibilityTimeoutSeconds'],
  },
  'a name that AWS would refuse': {
    text: JSON.stringify(graph([node('my--files', 'aws-bucket'), node('my-s3alias', 'aws-bucket')])),
    issues: ['name-refused /nodes/0/id', 'name-refused /nodes/1/id'],
  },
  '10,001 nodes': { text: JSON.stringify(queues(10_001)), issues: ['too-many-nodes /nodes'] },
  'five megabytes of junk': { text: '{"nodes":['.concat('?'.repeat(5_000_000)), issues: ['bad-json /nodes/0'] },
  'duplicate ids': {
    text: JSON.stringify(graph([node('one', 'aws-queue'), node('one', 'aws-topic'), node('one', 'aws-queue')])),
    issues: ['duplicate-id /nodes/1/id', 'duplicate-id /nodes/2/id'],
  },
  'keys that reach a prototype': {
    text: '{"schemaVersion":1,"nodes":[{"id":"one","name":"one","module":"aws-queue","version":"^1.0.0","params":{"__proto__":{"polluted":true},"constructor":1}}],"connections":[]}',
    issues: ['forbidden-key /nodes/0/params/__proto__', 'forbidden-key /nodes/0/params/constructor'],
  },
};

let server: TestApp;
let scratch: string;
let base: number;
const stored = async () => (await server.call('GET', `${home}/text`)).text;
const places = (issues: Issue[]) => issues.map(({ code, path }) => `${code} ${path}`).sort();

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'plumbline-bad-'));
  server = await openApp();
  const saved = await server.call('PUT', `${home}/graph`, { base: 0, mode: 'strict', graph: pipeline() });
  base = (saved.json as GraphSaved).revision;
});
afterAll(async () => {
  await server.close();
  server.remove();
  rmSync(scratch, { recursive: true, force: true });
});

it.each(Object.entries(cases))(
  '%s: every issue at once, and the environment stays as it was',
  async (name, { text, issues }) => {
    const before = await stored();
    const started = performance.now();
    const answer = await server.call('PUT', `${home}/graph`, { base, mode: 'strict', text });
    console.log(`${name}: ${Math.round(performance.now() - started)} ms`);
    expect(answer.status).toBe(422);
    const got = (answer.json as ApiError).issues ?? [];
    expect(places(got)).toEqual([...issues].sort());
    for (const { message, expected, fix } of got)
      for (const words of [message, expected, fix]) expect(words).not.toBe('');
    for (const issue of got) expect(issue.got.length).toBeLessThan(500);
    expect(await stored()).toBe(before);
    expect((await server.call('GET', `${home}/graph`)).json).toMatchObject({ revision: base });
  },
);

it.each(Object.entries(cases))(
  '%s: `plumbline check` says the same and ends with 1',
  async (_name, { text, issues }) => {
    const file = join(scratch, 'graph.json');
    writeFileSync(file, text);
    const { exitCode, output } = await runCommand(['check', file, '--json']);
    expect(exitCode).toBe(1);
    expect(places((JSON.parse(output) as { issues: Issue[] }).issues)).toEqual([...issues].sort());
  },
);

it('takes 10,000 nodes', async () => {
  const started = performance.now();
  const answer = await server.call('POST', '/api/check', { text: canonicalText(queues(10_000)) });
  console.log(`10,000 nodes: ${Math.round(performance.now() - started)} ms`);
  expect(answer.json).toEqual({ issues: [] });
});

it('shows both revisions to a stale push', async () => {
  const newer = pipeline({ visibility: 90 });
  const saved = await server.call('PUT', `${home}/graph`, { base, mode: 'strict', graph: newer });
  const current = (saved.json as GraphSaved).revision;
  const stale = await server.call('PUT', `${home}/graph`, {
    base,
    mode: 'strict',
    graph: pipeline({ visibility: 91 }),
  });
  expect(stale.status).toBe(409);
  const { conflict } = stale.json as ApiError;
  expect(conflict).toMatchObject({ base, current });
  expect(canonicalText(conflict?.baseGraph as Graph)).toBe(canonicalText(pipeline()));
  expect(canonicalText(conflict?.currentGraph as Graph)).toBe(canonicalText(newer));
  expect(await stored()).toBe(canonicalText(newer));
});
