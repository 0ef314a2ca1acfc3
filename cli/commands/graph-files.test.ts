import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Graph } from '../../schemas/generated/types.ts';
import { canonicalText } from '../../schemas/rules/canonical.ts';
import { type FakeAnswer, type FakeServer, fakeError, runCommand, startFakeServer } from '../testing.ts';

const node = (id: string, name = id) => ({ id, name, module: 'aws-queue', version: '^1.0.0' });
const graphOf = (...nodes: Graph['nodes']): Graph => ({ schemaVersion: 1, nodes, connections: [] });
const where = 'projects/orders/environments/development';

let folder: string;
let server: FakeServer;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-cli-'));
  env = { PLUMBLINE_DATA: join(folder, 'data') };
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(routes: Record<string, FakeAnswer> = {}) {
  server = await startFakeServer({
    [`GET ${where}`]: () => ({ revision: 4, nodes: 2 }),
    [`GET ${where}/graph`]: () => ({ revision: 4, graph: graphOf(node('queue-a')) }),
    [`PUT ${where}/graph`]: () => ({ revision: 5, changed: true, issues: [] }),
    ...routes,
  });
}

function graphFile(graph: Graph): string {
  const file = join(folder, 'graph.json');
  writeFileSync(file, canonicalText(graph));
  return file;
}

const puts = () => server.calls.filter(({ method }) => method === 'PUT').map(({ body }) => body);
const command = (...args: string[]) => runCommand(args, { server, env });

test('pull writes the canonical text, byte by byte, and push then knows its base', async () => {
  await serve();
  const file = join(folder, 'pulled.json');
  expect((await command('pull', 'orders/development', '-o', file)).exitCode).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(canonicalText(graphOf(node('queue-a'))));
  expect((await command('push', 'orders/development', file)).output).toContain('revision 5');
  expect(puts()).toEqual([{ base: 4, mode: 'strict', text: readFileSync(file, 'utf8') }]);
});

test('a second push is based on the revision that the first one made', async () => {
  await serve();
  const file = graphFile(graphOf(node('queue-a')));
  await command('push', 'orders/development', file, '--base', '4');
  await command('push', 'orders/development', file);
  expect(puts()).toMatchObject([{ base: 4 }, { base: 5 }]);
});

test('pull without a file prints the text alone', async () => {
  await serve();
  expect(`${(await command('pull', 'orders/development')).output}\n`).toBe(canonicalText(graphOf(node('queue-a'))));
});

test('pull --layout prints the layout', async () => {
  await serve({ [`GET ${where}/text`]: () => '{\n  "schemaVersion": 1\n}\n' });
  expect((await command('pull', 'orders/development', '--layout')).output).toBe('{\n  "schemaVersion": 1\n}');
});

test('a push of a file whose base nobody knows is refused with the two ways to go on', async () => {
  await serve();
  const { exitCode, errors } = await command('push', 'orders/development', graphFile(graphOf(node('queue-a'))));
  expect(exitCode).toBe(1);
  expect(errors).toContain('plumbline pull orders/development -o');
  expect(errors).toContain('--base');
  expect(puts()).toEqual([]);
});

test('a new environment takes a first push with no base', async () => {
  await serve({ [`GET ${where}`]: () => ({ revision: 0, nodes: 0 }) });
  expect((await command('push', 'orders/development', graphFile(graphOf(node('queue-a'))))).exitCode).toBe(0);
  expect(puts()).toMatchObject([{ base: 0 }]);
});

test('a stale push shows both revisions and what was changed on either side', async () => {
  const conflict = {
    base: 3,
    current: 4,
    baseGraph: graphOf(node('queue-a'), node('queue-b')),
    currentGraph: graphOf(node('queue-a', 'Renamed'), node('queue-b')),
  };
  await serve({
    [`PUT ${where}/graph`]: (_call, response) =>
      fakeError(response, 409, { code: 'stale', message: 'Stale.', conflict }),
  });
  const { exitCode, errors } = await command(
    'push',
    'orders/development',
    graphFile(graphOf(node('queue-a'))),
    '--base',
    '3',
  );
  expect(exitCode).toBe(1);
  for (const words of [
    'revision 3',
    'revision 4',
    '~ node queue-a (Renamed, aws-queue): name',
    '- node queue-b (queue-b, aws-queue)',
  ])
    expect(errors).toContain(words);
});

test('a push with issues prints each with place, got, expected and the way to mend it', async () => {
  const issue = {
    code: 'unknown-module',
    path: '/nodes/0/module',
    message: 'No such module.',
    got: 'aws-x',
    expected: 'a module',
    fix: 'Choose one.',
    blocks: 'plan',
  };
  await serve({
    [`PUT ${where}/graph`]: (_call, response) =>
      fakeError(response, 422, { code: 'issues', message: 'Issues.', issues: [issue, { ...issue, code: 'other' }] }),
  });
  const { exitCode, errors } = await command(
    'push',
    'orders/development',
    graphFile(graphOf(node('queue-a'))),
    '--base',
    '4',
  );
  expect(exitCode).toBe(1);
  for (const words of ['unknown-module', '/nodes/0/module', 'aws-x', 'a module', 'Choose one.', 'other', '2 errors'])
    expect(errors).toContain(words);
});

test('check needs no server and tells of every issue at once', async () => {
  await serve();
  const file = graphFile(
    graphOf({ ...node('queue-a'), module: 'no-such-module' }, { ...node('queue-b'), module: 'no-other-module' }),
  );
  const { exitCode, output } = await runCommand(['check', file], { env });
  expect(exitCode).toBe(1);
  expect(output).toContain('no-such-module');
  expect(output).toContain('no-other-module');
  expect(server.calls).toEqual([]);
});

test('check finds nothing wrong with a good file, and a missing file is the user to mend', async () => {
  await serve();
  expect((await runCommand(['check', graphFile(graphOf(node('queue-a')))], { env })).output).toContain('is good');
  expect((await runCommand(['check', join(folder, 'none.json')], { env })).exitCode).toBe(1);
});
