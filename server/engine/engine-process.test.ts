import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type OutputMode, runEngine } from './engine-process.ts';
import type { RootCall } from './engine-types.ts';
import { processStartedAt } from './process-identity.ts';

let dir: string;
let lines: string[];
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'plumbline-process-'));
  lines = [];
});
afterEach(() => rm(dir, { recursive: true }));

/** Runs a shell script in the engine's place. */
async function run(script: string, mode: OutputMode, more: Partial<RootCall> = {}) {
  const file = path.join(dir, 'engine.sh');
  await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const call: RootCall = {
    engine: { kind: 'terraform', path: file, version: '1.11.4' },
    dir,
    target: 'sandbox',
    cliConfig: '/dev/null',
    env: {},
    signal: new AbortController().signal,
    timeoutMs: 60_000,
    onLine: ({ level, text }) => lines.push(`${level} ${text}`),
    ...more,
  };
  return runEngine(call, ['plan', '-json'], mode);
}

describe('runEngine', () => {
  it.each(['lines', 'kept-lines'] as const)('streams lines and tells how the engine ended (%s)', async (mode) => {
    const exit = await run('echo "$@"; printf last; exit 3', mode);
    expect(exit).toMatchObject({ exitCode: 3, killedBy: null, stdout: '', stderr: '' });
    expect(lines).toEqual(['info plan -json', 'info last']);
  });

  it('leaves no file of the output behind, not even while the engine runs', async () => {
    await run('ls -A > seen; echo text', 'kept-lines');
    expect((await readFile(path.join(dir, 'seen'), 'utf8')).trim().split('\n')).toEqual(['engine.sh', 'seen']);
    expect(lines).toEqual(['info text']);
  });

  it('keeps the output for the caller alone in mode memory', async () => {
    const exit = await run('echo \'{"secret":"s3cr3t"}\'; echo oh >&2', 'memory', { secrets: ['s3cr3t'] });
    expect(exit).toMatchObject({ stdout: '{"secret":"s3cr3t"}\n', stderr: 'oh' });
    expect(lines).toEqual([]);
  });

  it('shows a secret in no line, diagnostic or error text', async () => {
    const diagnostic = JSON.stringify({
      '@message': 'm',
      diagnostic: { severity: 'error', summary: 's3cr3t', detail: 'a s3cr3t' },
    });
    const exit = await run(`echo 's3cr3t'; echo '${diagnostic}'; echo s3cr3t >&2`, 'lines', { secrets: ['s3cr3t'] });
    expect(lines).toHaveLength(3);
    expect(JSON.stringify([exit, lines])).not.toContain('s3cr3t');
  });

  it('gives the engine the variables of the root, and none of the server', async () => {
    process.env.PLUMBLINE_CANARY = 'canary';
    try {
      const { stdout } = await run('env', 'memory', { env: { TF_VAR_a: 'b' } });
      expect(stdout).toContain('TF_VAR_a=b');
      expect(stdout).not.toContain('canary');
    } finally {
      delete process.env.PLUMBLINE_CANARY;
    }
  });

  it('starts the engine only when its record has been stored, and with the identity that was recorded', async () => {
    const order: string[] = [];
    let recorded = '';
    const onSpawn = async (pid: number, startedAt: string): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await readdir(dir)).not.toContain('ran');
      recorded = `${pid} ${startedAt}`;
      order.push('recorded');
    };
    const { stdout } = await run('touch ran; echo $$; sleep 0.2', 'memory', {
      onSpawn: async (pid, startedAt) => {
        await onSpawn(pid, startedAt);
        setTimeout(async () => order.push((await processStartedAt(pid)) === startedAt ? 'same' : 'other'), 100);
      },
    });
    expect(recorded.split(' ')[0]).toBe(stdout.trim());
    expect(order).toEqual(['recorded', 'same']);
  });

  it('never starts the engine where its record could not be stored', async () => {
    const onSpawn = (): Promise<void> => Promise.reject(new Error('database is full'));
    await expect(run('touch ran', 'lines', { onSpawn })).rejects.toThrow('database is full');
    expect(await readdir(dir)).not.toContain('ran');
  });

  it('starts nothing where the call was cancelled before', async () => {
    const exit = await run('touch ran', 'lines', { signal: AbortSignal.abort() });
    expect(exit.stopped).toBe('cancelled');
    expect(await readdir(dir)).not.toContain('ran');
  });

  it('does not start the engine where the call is cancelled while its record is stored', async () => {
    const abort = new AbortController();
    const exit = await run('touch ran', 'lines', { signal: abort.signal, onSpawn: () => abort.abort() });
    expect(exit.stopped).toBe('cancelled');
    expect(await readdir(dir)).not.toContain('ran');
  });

  it('asks the engine alone to stop, and waits while it saves', async () => {
    const abort = new AbortController();
    const script =
      "trap 'sleep 0.2; echo saved; exit 0' INT; (trap 'echo hit' INT; sleep 1) & echo ready; while :; do sleep 0.05; done";
    const onLine: RootCall['onLine'] = ({ text }) => {
      lines.push(text);
      if (text === 'ready') abort.abort();
    };
    const exit = await run(script, 'kept-lines', { signal: abort.signal, onLine });
    expect(exit).toMatchObject({ exitCode: 0, stopped: 'cancelled' });
    expect(lines).toEqual(['ready', 'saved']);
  });

  it('kills the whole group of an engine that does not stop', { timeout: 20_000 }, async () => {
    let child = 0;
    const script = "trap '' INT TERM; sh -c 'trap \"\" INT TERM; echo $$; while :; do sleep 0.05; done' & wait";
    const onLine: RootCall['onLine'] = ({ text }) => {
      child = Number(text);
    };
    const exit = await run(script, 'lines', { timeoutMs: 300, stopGraceMs: 50, onLine });
    expect(exit).toMatchObject({ stopped: 'timed-out', killedBy: 'SIGKILL' });
    expect(child).toBeGreaterThan(0);
    expect(await processStartedAt(child)).toBeUndefined();
  });

  it.each(['lines', 'kept-lines'] as const)(
    'leaves no child of the engine behind, and does not wait for it (%s)',
    async (mode) => {
      expect(await run('sleep 60 & echo $!; exit 0', mode)).toMatchObject({ exitCode: 0 });
      const child = Number(lines[0]?.split(' ')[1]);
      expect(child).toBeGreaterThan(0);
      await vi.waitUntil(async () => (await processStartedAt(child)) === undefined);
    },
  );

  it('tells an engine that is not there by the exit code of the shell', async () => {
    const engine = { kind: 'tofu', path: '/nowhere/tofu', version: '1.12.6' } as const;
    const exit = await run('', 'lines', { engine });
    expect(exit.exitCode).toBe(127);
    expect(exit.stderr).toContain('/nowhere/tofu: not found');
  });
});
