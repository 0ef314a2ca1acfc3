import { afterEach, expect, test } from 'vitest';
import type { Need, Run, Step } from '../../schemas/generated/types.ts';
import {
  type FakeAnswer,
  type FakeServer,
  fakeError,
  fakeEvents,
  fakeTerminal,
  runCommand,
  startFakeServer,
} from '../testing.ts';

const at = '2026-01-01T00:00:00.000Z';
const step: Step = {
  id: 'orders',
  node: 'orders',
  name: 'Orders queue',
  module: 'aws-queue',
  action: 'apply',
  wave: 0,
  dependsOn: [],
  status: 'planned',
  totals: { create: 1, change: 1, replace: 0, delete: 1 },
  changes: [
    { address: 'aws_sqs_queue.queue', type: 'aws_sqs_queue', action: 'create', attributes: [] },
    { address: 'aws_sqs_queue.old', type: 'aws_sqs_queue', action: 'delete', attributes: [] },
    {
      address: 'aws_iam_role.role',
      type: 'aws_iam_role',
      action: 'change',
      attributes: [
        { path: 'name', before: 'a', after: 'b' },
        { path: 'key', sensitive: true },
      ],
    },
  ],
  phases: [],
};
const base: Run = {
  id: 'run-1',
  number: 1,
  project: 'orders',
  environment: 'development',
  kind: 'apply',
  status: 'planning',
  revision: 1,
  only: [],
  refresh: false,
  by: 'ada',
  createdAt: at,
  totals: step.totals,
  waves: [['orders']],
  steps: [step],
  needs: [],
};
const approval: Need = { kind: 'approval', node: '', reason: 'The change set waits.' };
const name: Need = {
  kind: 'name',
  node: 'orders',
  name: 'Orders queue',
  reason: 'Orders queue holds data.',
  loses: 'every message',
};
const environment = 'projects/orders/environments/development';

let server: FakeServer;
afterEach(() => server.close());

/** A server whose run comes to these states, one per start, approve, resume or cancel. */
async function serverWith(states: Partial<Run>[], more: Record<string, FakeAnswer> = {}) {
  let current = { ...base };
  const next = () => {
    const started = { ...current, ...base, status: 'planning' as const };
    current = { ...base, ...states.shift() };
    return started;
  };
  const runState = () => ({ ...current });
  server = await startFakeServer({
    [`GET ${environment}/state`]: () => ({ lastEvent: 7 }),
    [`POST ${environment}/runs`]: next,
    'POST runs/run-1/approve': next,
    'POST runs/run-1/resume': next,
    'POST runs/run-1/cancel': next,
    'GET runs/run-1': () => current,
    [`GET ${environment}/events`]: (_call, response) =>
      fakeEvents(response, [
        { id: 8, type: 'step', run: 'run-1', step } as { id: number },
        { id: 9, type: 'run', run: 'run-1', runState: runState() } as { id: number },
      ]),
    ...more,
  });
}

const sent = (path: string) => server.calls.find((call) => call.method === 'POST' && call.path === path)?.body;

test('a plan prints its changes, what can hurt first, and ends with 0', async () => {
  await serverWith([{ kind: 'plan', status: 'waiting', needs: [approval] }]);
  const { exitCode, output } = await runCommand(['plan', 'orders/development'], { server });
  expect(exitCode).toBe(0);
  const order = ['- delete', '~ change', 'name: "a" -> "b"', '+ create'].map((text) => output.indexOf(text));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order.every((index) => index >= 0)).toBe(true);
  expect(output).toContain('key: (sensitive)');
  expect(output).toContain('plumbline run approve run-1');
  expect(output).toContain('planned Orders queue: 1 to delete, 1 to change, 1 to create');
});

test('events before the run are not asked for', async () => {
  await serverWith([{ status: 'succeeded' }]);
  await runCommand(['apply', 'orders/development', '--approve'], { server });
  expect(server.calls.map(({ path }) => path)).toContain(`${environment}/events?after=7`);
});

test('flags reach the server', async () => {
  await serverWith([{ status: 'succeeded' }]);
  await runCommand(
    ['destroy', 'orders/development', '--only', 'a', 'b', '--refresh', '--approve', '--confirm', 'Orders queue'],
    { server },
  );
  expect(sent(`${environment}/runs`)).toEqual({
    kind: 'destroy',
    only: ['a', 'b'],
    refresh: true,
    approve: true,
    confirm: ['Orders queue'],
  });
});

test('without a terminal, a run that needs approval is left waiting and the next command is named', async () => {
  await serverWith([{ status: 'waiting', needs: [approval, name] }]);
  const { exitCode, errors } = await runCommand(['apply', 'orders/development'], { server });
  expect(exitCode).toBe(1);
  expect(errors).toContain('plumbline run approve run-1 --confirm "Orders queue"');
  expect(server.calls.some(({ path }) => path.endsWith('approve') || path.endsWith('cancel'))).toBe(false);
});

test('on a terminal, a yes and the typed name approve the run', async () => {
  await serverWith([{ status: 'waiting', needs: [approval, name] }, { status: 'succeeded' }]);
  const { exitCode, output } = await runCommand(['apply', 'orders/development'], {
    server,
    terminal: fakeTerminal(['Orders queue', 'y']),
  });
  expect(exitCode).toBe(0);
  expect(output).toContain('lost: every message');
  expect(sent('runs/run-1/approve')).toEqual({ confirm: ['Orders queue'] });
});

test.each([[['Orders queue', 'n']], [['orders']], [['Orders queue']]])(
  'on a terminal, the answers %j cancel the run',
  async (answers) => {
    await serverWith([{ status: 'waiting', needs: [approval, name] }, { status: 'cancelled' }], {
      'POST runs/run-1/cancel': () => ({ ...base, status: 'cancelled' }),
    });
    const { exitCode } = await runCommand(['apply', 'orders/development'], { server, terminal: fakeTerminal(answers) });
    expect(exitCode).toBe(1);
    expect(server.calls.some(({ path }) => path === 'runs/run-1/approve')).toBe(false);
  },
);

test('a failed run ends with 2 and tells the error, the way to the logs and the way on', async () => {
  const error = {
    code: 'denied',
    message: 'The cloud refused.',
    detail: 'AccessDenied',
    retry: true,
    hint: 'Ask for the right.',
  };
  await serverWith([{ status: 'failed', error }]);
  const { exitCode, errors } = await runCommand(['apply', 'orders/development', '--approve'], { server });
  expect(exitCode).toBe(2);
  for (const words of [
    'The cloud refused.',
    'AccessDenied',
    'Ask for the right.',
    'run run-1 --logs',
    'run resume run-1',
  ])
    expect(errors).toContain(words);
});

test('what a step has told of is not told again for the run', async () => {
  const error = { code: 'denied', message: 'The cloud refused.', retry: true };
  await serverWith([{ status: 'failed', error, steps: [{ ...step, status: 'failed', error }] }]);
  const { output, errors } = await runCommand(['apply', 'orders/development', '--approve'], { server });
  expect(`${output}${errors}`.split('The cloud refused.')).toHaveLength(2);
});

test('where the stream does not hold, the run is asked for until it rests', async () => {
  await serverWith([{ status: 'succeeded' }], {
    [`GET ${environment}/events`]: (_call, response) => fakeError(response, 503, { code: 'busy', message: 'Busy.' }),
  });
  const { exitCode } = await runCommand(['apply', 'orders/development', '--approve'], { server });
  expect(exitCode).toBe(0);
});

test('Ctrl-C asks the server to cancel, and the command stays until it has', async () => {
  const terminal = fakeTerminal();
  await serverWith([{ status: 'applying' }, { status: 'cancelled' }], {
    [`GET ${environment}/events`]: (_call, response) => {
      fakeEvents(response, []);
      setImmediate(() => {
        terminal.interrupt();
        response.end();
      });
    },
  });
  const { exitCode } = await runCommand(['apply', 'orders/development', '--approve'], { server, terminal });
  expect(server.calls.some(({ path }) => path === 'runs/run-1/cancel')).toBe(true);
  expect(exitCode).toBe(1);
});

test('--json prints the run and nothing else', async () => {
  await serverWith([{ status: 'waiting', needs: [approval] }]);
  const { exitCode, output } = await runCommand(['apply', 'orders/development', '--json'], { server });
  expect(JSON.parse(output)).toMatchObject({ id: 'run-1', status: 'waiting' });
  expect(exitCode).toBe(1);
});

test('run approve goes on with a waiting run, and run cancel ends with 0', async () => {
  await serverWith([{ status: 'succeeded' }]);
  expect((await runCommand(['run', 'approve', 'run-1', '--confirm', 'Orders queue'], { server })).exitCode).toBe(0);
  expect(sent('runs/run-1/approve')).toEqual({ confirm: ['Orders queue'] });
  await server.close();
  await serverWith([{ status: 'cancelled' }]);
  expect((await runCommand(['run', 'cancel', 'run-1', '--json'], { server })).exitCode).toBe(0);
});
