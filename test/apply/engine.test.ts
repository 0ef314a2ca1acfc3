import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeCliConfig } from '../../server/engine/cli-config.ts';
import { EngineFailure, type RootCall } from '../../server/engine/engine-types.ts';
import { collectErroredState, endOrphans } from '../../server/engine/orphans.ts';
import { readChanges } from '../../server/engine/plan-changes.ts';
import { processStartedAt } from '../../server/engine/process-identity.ts';
import { applyRoot, initRoot, planRoot, writeRoot } from '../../server/engine/root-calls.ts';
import { createStateBackend, type StateBackend } from '../../server/engine/state-backend.ts';
import { isNewerState, readState } from '../../server/engine/state-file.ts';
import { firstEngine } from '../helpers/engine.ts';
import { dataRoot, type EngineCase, type MemoryStates, memoryStates } from './engine-roots.ts';

const CANARY = 'canary-7f3a91';
const scope = { environment: 'env', node: 'node', run: 'run' };

let engine: EngineCase['engine'];
let folder: string;
let dir: string;
let cliConfig: string;
let states: MemoryStates;
let backend: StateBackend;
let lines: string[];
let spawned: { pid: number; startedAt: string }[];

beforeAll(async () => {
  engine = await firstEngine();
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plumbline-engine-'));
  dir = path.join(folder, 'root');
  cliConfig = await writeCliConfig({ dataDir: folder });
  states = memoryStates();
  backend = await createStateBackend({ states });
  [lines, spawned] = [[], []];
});
afterEach(async () => {
  await backend.close();
  await rm(folder, { recursive: true });
});

function call(more: Partial<RootCall> = {}): RootCall {
  return {
    engine,
    dir,
    target: 'sandbox',
    cliConfig,
    signal: new AbortController().signal,
    timeoutMs: 120_000,
    secrets: [CANARY],
    onSpawn: (pid, startedAt) => void spawned.push({ pid, startedAt }),
    ...more,
    env: { ...backend.credentials(scope).env, ...more.env },
    onLine(line) {
      lines.push(line.text);
      more.onLine?.(line);
    },
  };
}

const plan = (more: Partial<Parameters<typeof planRoot>[0]> = {}) =>
  planRoot({ ...call(more), ...more, env: call(more).env, out: 'plan.bin' });
const apply = (more: Partial<RootCall> = {}) => applyRoot({ ...call(more), planFile: 'plan.bin' });

async function prepare(root: Record<string, unknown>): Promise<void> {
  await writeRoot(dir, root);
  await initRoot(call());
}

async function failureOf(promise: Promise<unknown>): Promise<EngineFailure> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof EngineFailure) return error;
  throw new Error(`An EngineFailure was expected; got ${String(error)}`);
}

const stored = (): string[] => (states.state ? readState(states.state).resources.map((r) => r.address) : []);

describe('plan and apply', () => {
  it('creates, then finds nothing to do, changes, replaces and destroys', async () => {
    const root = (input: string, replaceOn: string) =>
      dataRoot(
        { a: { input, replaceOn }, b: { input: 'same' } },
        { output: { o: { value: '${terraform_data.a.output}' } } },
      );
    await prepare(root('one', 'x'));
    const created = await plan();
    expect(created.hasChanges).toBe(true);
    expect(readChanges(created.planJson)).toMatchObject({ totals: { create: 2 }, outputs: { o: { unknown: true } } });
    await apply();
    expect(readState(states.state ?? Buffer.alloc(0)).outputs).toEqual({ o: { value: 'one', sensitive: false } });
    const same = await plan();
    expect([same.hasChanges, readChanges(same.planJson).changes]).toEqual([false, []]);
    expect(readChanges(same.planJson).outputs).toEqual({ o: { value: 'one', unknown: false, sensitive: false } });

    await prepare(root('two', 'x'));
    expect(readChanges((await plan()).planJson).changes).toMatchObject([
      {
        address: 'terraform_data.a',
        action: 'change',
        attributes: [
          { path: 'input', before: 'one', after: 'two' },
          { path: 'output', unknown: true },
        ],
      },
    ]);
    await prepare(root('two', 'y'));
    const [replaced] = readChanges((await plan()).planJson).changes;
    expect(replaced).toMatchObject({ action: 'replace', reason: 'The change cannot be made in place.' });
    expect(replaced?.attributes.find((a) => a.replaces)).toMatchObject({
      path: 'triggers_replace',
      before: 'x',
      after: 'y',
    });

    expect(readChanges((await plan({ destroy: true })).planJson).totals).toMatchObject({ delete: 2 });
    await apply();
    expect(stored()).toEqual([]);
    expect(states.holder).toBeUndefined();
  });

  it('initialises once for the same engine and providers, and again for others', async () => {
    await writeRoot(dir, dataRoot({ a: {} }));
    expect(await initRoot(call())).toBe(true);
    await writeRoot(dir, dataRoot({ a: {}, b: {} }));
    expect(await initRoot(call())).toBe(false);
    expect(await initRoot(call({ engine: { ...engine, version: '0.0.0' } }))).toBe(true);
  });

  it('takes over the init of a neighbour where nothing is installed, and trusts it no more once the engine disagrees', async () => {
    const reattached = { env: { TF_REATTACH_PROVIDERS: '{}' } };
    const neighbour = path.join(folder, 'neighbour');
    for (const each of [dir, neighbour]) await writeRoot(each, dataRoot({ a: { input: 1 } }));
    expect(await initRoot(call(reattached))).toBe(true);
    spawned = [];
    expect(await initRoot(call({ ...reattached, dir: neighbour }))).toBe(false);
    expect(spawned).toEqual([]);
    expect((await plan({ ...reattached, dir: neighbour })).hasChanges).toBe(true);

    await rm(path.join(neighbour, '.terraform'), { recursive: true });
    await expect(plan({ ...reattached, dir: neighbour })).rejects.toMatchObject({
      error: { code: 'provider-missing' },
    });
    expect(await initRoot(call({ ...reattached, dir: neighbour }))).toBe(true);
    expect((await plan({ ...reattached, dir: neighbour })).hasChanges).toBe(true);
  });

  it('leaves out what stands for unknown inputs, in changes and lines', async () => {
    await prepare(
      dataRoot({ unknown_line_arn: { input: 'x' }, a: { input: '${terraform_data.unknown_line_arn.output}' } }),
    );
    const { changes, totals } = readChanges((await plan()).planJson);
    expect(totals.create).toBe(1);
    expect(changes[0]?.attributes).toContainEqual({ path: 'input', unknown: true });
    expect(lines.join('\n')).not.toContain('unknown_line_arn');
  });

  it('is not troubled by the configuration of the user', async () => {
    vi.stubEnv('TF_CLI_CONFIG_FILE', path.join(folder, 'nowhere.tfrc'));
    vi.stubEnv('TF_CLI_ARGS_plan', '-bogus');
    vi.stubEnv('TF_WORKSPACE', 'other');
    try {
      await prepare(dataRoot({ a: {} }));
      await plan();
      expect(lines.join('\n')).not.toMatch(/CLI configuration|bogus|other/);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('shows a secret nowhere: not in lines, changes, errors or files of the root', async () => {
    const variable = { pw: { type: 'string', sensitive: true }, shout: { type: 'string' } };
    const root = dataRoot(
      { a: { input: '${var.pw}' }, b: { after: 'a', run: 'echo ${var.shout}; echo no ${var.shout} >&2; exit 1' } },
      { variable },
    );
    await prepare(root);
    const env = { TF_VAR_pw: CANARY, TF_VAR_shout: CANARY };
    const { planJson } = await plan({ env });
    const failure = await failureOf(apply({ env }));
    expect(JSON.stringify([readChanges(planJson).changes, lines, failure.error, failure.diagnostics])).not.toContain(
      CANARY,
    );
    expect(lines.join('\n')).toContain('[secret]');
    expect(failure.error.message).toMatch(/^Applying terraform_data.b failed: /);
    await rm(path.join(dir, 'plan.bin'));
    const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    for (const file of files)
      expect(await readFile(path.join(file.parentPath, file.name), 'utf8')).not.toContain(CANARY);
    expect(stored()).toContain('terraform_data.a');
  });
});

describe('refusals', () => {
  it('says that a saved plan is stale', async () => {
    await prepare(dataRoot({ a: { input: 'x' } }));
    await plan();
    await apply();
    const { error } = await failureOf(apply());
    expect(error).toMatchObject({ code: 'stale-plan', retry: true });
  });

  it('says that another run holds the lock, and leaves the lock alone', async () => {
    await prepare(dataRoot({ a: {} }));
    states.holder = { id: 'other', info: JSON.stringify({ ID: 'other', Operation: 'OperationTypeApply', Who: 'me' }) };
    expect((await failureOf(plan())).error).toMatchObject({ code: 'state-locked', retry: true });
    expect(states.holder.id).toBe('other');
  });

  it('says that a provider cannot be had, and tries again the next time', async () => {
    const mirror = path.join(folder, 'mirror');
    await mkdir(mirror);
    cliConfig = await writeCliConfig({ dataDir: folder, providerMirror: mirror });
    const terraform = {
      backend: { http: {} },
      required_providers: { aws: { source: 'hashicorp/aws', version: '~> 5.99' } },
    };
    await writeRoot(dir, { terraform });
    expect((await failureOf(initRoot(call()))).error).toMatchObject({
      code: 'provider-missing',
      message: 'Preparing the folder of the run failed: a provider could not be installed or started.',
      hint: expect.stringContaining('PLUMBLINE_PROVIDER_MIRROR'),
    });
    expect((await failureOf(initRoot(call()))).error.code).toBe('provider-missing');
  });

  it('says that the engine is not there', async () => {
    await writeRoot(dir, dataRoot({ a: {} }));
    const missing = { ...engine, path: path.join(folder, 'terraform') };
    expect((await failureOf(initRoot(call({ engine: missing })))).error.code).toBe('engine-missing');
  });

  it('says that the state cannot be read where its backend is gone', async () => {
    await prepare(dataRoot({ a: {} }));
    await backend.close();
    expect((await failureOf(plan())).error).toMatchObject({ code: 'state-backend', retry: true });
  });
});

describe('an apply that is cut short', () => {
  const slow = dataRoot({ a: { input: 'kept' }, b: { after: 'a', run: 'echo working; sleep 60' }, c: { after: 'b' } });

  it('keeps what was done when it is cancelled, and gives the lock back', async () => {
    await prepare(slow);
    await plan();
    const abort = new AbortController();
    const onLine: RootCall['onLine'] = ({ text }) => {
      if (text.endsWith('working')) abort.abort();
    };
    const { error } = await failureOf(apply({ signal: abort.signal, onLine }));
    expect(error).toMatchObject({ code: 'cancelled', retry: true });
    expect(stored()).toContain('terraform_data.a');
    expect(stored()).not.toContain('terraform_data.c');
    expect(states.holder).toBeUndefined();
    const { pid = 0 } = spawned.at(-1) ?? {};
    expect(await processStartedAt(pid)).toBeUndefined();
  });

  it('keeps what was done when its time is over', async () => {
    await prepare(slow);
    await plan();
    const { error } = await failureOf(apply({ timeoutMs: 1_500 }));
    expect(error).toMatchObject({ code: 'timeout', retry: true });
    expect(stored()).toContain('terraform_data.a');
    expect(states.holder).toBeUndefined();
  });

  it('leaves its state in a file when the backend dies, which is taken in and deleted', async () => {
    await prepare(dataRoot({ a: { input: 'kept' }, b: { after: 'a', run: 'echo working; sleep 1' } }));
    await plan();
    let closed: Promise<void> | undefined;
    const onLine: RootCall['onLine'] = ({ text }) => {
      if (text.endsWith('working')) closed = backend.close();
    };
    expect((await failureOf(apply({ onLine }))).error).toMatchObject({ code: 'state-backend', retry: true });
    await closed;
    const collected = await collectErroredState(dir, async (state) => {
      expect(isNewerState(state, states.state)).toBe(true);
      states.state = state;
      await states.unlock(scope);
    });
    expect(collected).toBe(true);
    expect(await readdir(dir)).not.toContain('errored.tfstate');
    expect(stored()).toEqual(['terraform_data.a', 'terraform_data.b']);
    backend = await createStateBackend({ states });
    expect((await plan()).hasChanges).toBe(false);
  });
});

describe('an engine whose server was killed', () => {
  let server: ChildProcess | undefined;
  afterEach(() => server?.kill('SIGKILL'));

  /** Starts a server that applies the saved plan, and kills it when the engine works on b. */
  async function crash(): Promise<{ pid: number; startedAt: string }> {
    const record = path.join(folder, 'record.json');
    const child = fileURLToPath(new URL('./engine-crash-child.ts', import.meta.url));
    const input = JSON.stringify({ engine, cliConfig, dir, record } satisfies EngineCase & { record: string });
    server = spawn(process.execPath, ['--import', 'tsx', child, input], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(server, 'exit');
    let text = '';
    await new Promise<void>((resolve, reject) => {
      server?.stdout?.on('data', (bytes: Buffer) => {
        text += bytes.toString('utf8');
        if (/: working$/m.test(text)) resolve();
      });
      void ended.then(() => reject(new Error(`The server ended before it could be killed: ${text}`)));
    });
    server.kill('SIGKILL');
    await ended;
    return JSON.parse(await readFile(record, 'utf8')) as { pid: number; startedAt: string };
  }

  async function takeIn(): Promise<void> {
    expect(await collectErroredState(dir, async (state) => void (states.state = state))).toBe(true);
  }

  it('goes on without a reader of its lines, and its whole state is taken in', async () => {
    await prepare(
      dataRoot({ a: { input: 'x' }, b: { after: 'a', run: 'echo working; sleep 2; echo more' }, c: { after: 'b' } }),
    );
    await plan();
    const orphan = await crash();
    expect(await processStartedAt(orphan.pid)).toBe(orphan.startedAt);
    await vi.waitUntil(async () => (await processStartedAt(orphan.pid)) === undefined, { timeout: 60_000 });
    await takeIn();
    expect(stored()).toEqual(['terraform_data.a', 'terraform_data.b', 'terraform_data.c']);
    expect(readChanges((await plan()).planJson).changes).toEqual([]);
  });

  it('is ended at the next start, and keeps what it had done', async () => {
    await prepare(dataRoot({ a: { input: 'x' }, b: { after: 'a', run: 'echo working; sleep 60' }, c: { after: 'b' } }));
    await plan();
    const orphan = await crash();
    expect(await endOrphans([orphan])).toMatchObject([{ outcome: 'ended' }]);
    expect(await processStartedAt(orphan.pid)).toBeUndefined();
    await takeIn();
    expect(stored()).toContain('terraform_data.a');
    expect(stored()).not.toContain('terraform_data.c');
  });
});
