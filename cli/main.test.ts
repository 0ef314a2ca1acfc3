import { afterEach, expect, test } from 'vitest';
import { type FakeServer, fakeError, runCommand, startFakeServer } from './testing.ts';

let server: FakeServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

test.each([
  [404, 1],
  [409, 1],
  [502, 2],
  [503, 2],
  [500, 3],
])('an answer of %i ends with %i', async (status, code) => {
  server = await startFakeServer({
    'GET projects': (_call, response) =>
      fakeError(response, status, { code: 'x', message: 'What was wrong.', fix: 'What to do.' }),
  });
  const { exitCode, errors } = await runCommand(['project', 'list'], { server });
  expect(exitCode).toBe(code);
  expect(errors).toContain('What was wrong.');
  expect(errors).toContain('What to do.');
});

test('a server that does not answer is named, and ends with 2', async () => {
  const { exitCode, errors } = await runCommand(['project', 'list'], {
    env: { PLUMBLINE_SERVER: 'http://127.0.0.1:9' },
  });
  expect(exitCode).toBe(2);
  expect(errors).toContain('http://127.0.0.1:9');
});

test.each([
  [['aply', 'a/b']],
  [['plan']],
  [['plan', 'orders']],
  [['env', 'create', 'a/b']],
  [['module', 'none']],
  [['run']],
])('the command line %j is the user to mend', async (args) => {
  const { exitCode, errors } = await runCommand(args);
  expect(exitCode).toBe(1);
  expect(errors).not.toBe('');
});

test('help ends with 0 and lists every command', async () => {
  const { exitCode, output } = await runCommand(['--help']);
  expect(exitCode).toBe(0);
  const commands =
    'check modules module contracts contract project env push pull plan apply destroy runs run artifacts policy synth sandbox backup restore';
  for (const command of commands.split(' ')) expect(output).toMatch(new RegExp(`^ +${command}\\b`, 'm'));
});

test('with --json an error is JSON too', async () => {
  server = await startFakeServer({});
  const { output } = await runCommand(['env', 'show', 'orders/none', '--json'], { server });
  expect(JSON.parse(output)).toMatchObject({ error: { code: 'not-found' } });
});

test('the token is sent to the server that the environment names', async () => {
  server = await startFakeServer({ 'GET projects': () => [] });
  await runCommand(['project', 'list'], { server, env: { PLUMBLINE_TOKEN: 'let-me-in' } });
  expect(server.calls[0]?.authorization).toBe('Bearer let-me-in');
});

test('env create sends what was said and nothing else', async () => {
  server = await startFakeServer({ 'POST projects/orders/environments': () => ({}) });
  const flags = [
    '--class',
    'production',
    '--target',
    'aws',
    '--region',
    'eu-central-1',
    '--account',
    '111122223333',
    '--tag',
    'team=a',
    '--tag',
    'cost=b',
  ];
  expect((await runCommand(['env', 'create', 'orders/live', ...flags], { server })).exitCode).toBe(0);
  expect(server.calls[0]?.body).toEqual({
    name: 'live',
    class: 'production',
    target: { kind: 'aws', region: 'eu-central-1', account: '111122223333' },
    tags: { team: 'a', cost: 'b' },
  });
});

test.each([
  ['--protection', true],
  ['--no-protection', false],
])('env create %s says so', async (flag, value) => {
  server = await startFakeServer({ 'POST projects/orders/environments': () => ({}) });
  await runCommand(['env', 'create', 'orders/dev', '--class', 'development', '--target', 'sandbox', flag], { server });
  expect(server.calls[0]?.body).toMatchObject({ protection: value });
});

test('a table shows the policy of a node with connection and grant', async () => {
  const statement = {
    connection: 'line-1',
    grant: 'send',
    identity: 'workload',
    effect: 'Allow',
    actions: ['sqs:SendMessage'],
    resources: ['arn:x'],
  };
  server = await startFakeServer({
    'GET projects/orders/environments/development/policies/api': () => ({
      node: 'api',
      statements: [statement],
      applied: [],
    }),
  });
  const { output } = await runCommand(['policy', 'orders/development', 'api'], { server });
  expect(output).toMatch(/line-1 +send +workload +sqs:SendMessage +arn:x/);
});

test('names with odd characters are escaped in paths', async () => {
  server = await startFakeServer({ 'DELETE projects/a%2Fb': () => ({}) });
  expect((await runCommand(['project', 'delete', 'a/b'], { server })).exitCode).toBe(0);
});

test('the catalogue of this installation needs no server', async () => {
  const { output, exitCode } = await runCommand(['modules', '--json']);
  expect(exitCode).toBe(0);
  expect((JSON.parse(output) as { manifest: { id: string } }[]).map(({ manifest }) => manifest.id)).toContain(
    'aws-queue',
  );
  expect((await runCommand(['contract', 'aws-queue'])).output).toContain('sqs:SendMessage');
  expect((await runCommand(['module', 'aws-queue'])).output).toContain('Presets');
});
