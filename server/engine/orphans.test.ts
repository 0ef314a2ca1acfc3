import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { collectErroredState, endOrphans } from './orphans.ts';
import { processStartedAt } from './process-identity.ts';

const children: ChildProcess[] = [];

/** A process in a group of its own that has said that it is ready. */
async function start(
  script: string,
): Promise<{ pid: number; startedAt: string; ended: Promise<unknown>; said: number }> {
  const child = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  const ended = once(child, 'exit');
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const pid = child.pid ?? 0;
  return { pid, startedAt: (await processStartedAt(pid)) ?? '', ended, said: Number(said.toString()) };
}

afterEach(() => {
  for (const { pid, exitCode, signalCode } of children.splice(0)) {
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
  }
});

describe('processStartedAt', () => {
  it('is the same for one process, another for another, and nothing for none', async () => {
    const mine = await processStartedAt(process.pid);
    const child = await start('echo ready; exec sleep 60');
    expect(mine).toBe(await processStartedAt(process.pid));
    expect(child.startedAt).not.toBe(mine);
    process.kill(child.pid, 'SIGKILL');
    await child.ended;
    expect(await processStartedAt(child.pid)).toBeUndefined();
  });
});

describe('endOrphans', () => {
  it('asks first, and is content where the process ends', async () => {
    const polite = await start("sleep 60 & trap 'exit 0' INT; echo $!; while :; do sleep 0.05; done");
    const [result] = await endOrphans([polite], { graceMs: 5_000 });
    expect(result?.outcome).toBe('ended');
    expect(await polite.ended).toEqual([0, null]);
    expect(polite.said).toBeGreaterThan(0);
    await vi.waitUntil(async () => (await processStartedAt(polite.said)) === undefined);
  });

  it('kills the group of one that does not listen', async () => {
    const deaf = await start("trap '' INT TERM; echo ready; while :; do sleep 0.05; done");
    const [result] = await endOrphans([deaf], { graceMs: 100 });
    expect(result?.outcome).toBe('killed');
    expect(await deaf.ended).toEqual([null, 'SIGKILL']);
  });

  it('leaves a stranger with the same process id alone', async () => {
    const stranger = await start('echo ready; exec sleep 60');
    const [result] = await endOrphans([{ pid: stranger.pid, startedAt: 'another boot/1' }], { graceMs: 0 });
    expect(result?.outcome).toBe('stranger');
    expect(await processStartedAt(stranger.pid)).toBe(stranger.startedAt);
  });

  it('finds nothing to do for one that is gone', async () => {
    const child = await start('echo ready');
    await child.ended;
    expect((await endOrphans([child]))[0]?.outcome).toBe('gone');
  });
});

describe('collectErroredState', () => {
  const STATE = '{"version":4,"lineage":"l","serial":2}';
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'plumbline-orphans-'));
  });
  afterEach(() => rm(dir, { recursive: true }));
  const file = (): string => path.join(dir, 'errored.tfstate');

  it('hands on the state, then deletes the file', async () => {
    await writeFile(file(), STATE);
    const taken: string[] = [];
    const take = async (state: Buffer): Promise<void> => {
      expect(await readFile(file(), 'utf8')).toBe(STATE);
      taken.push(state.toString());
    };
    expect(await collectErroredState(dir, take)).toBe(true);
    expect(taken).toEqual([STATE]);
    expect(await collectErroredState(dir, take)).toBe(false);
  });

  it('keeps the file where it could not be stored', async () => {
    await writeFile(file(), STATE);
    await expect(collectErroredState(dir, () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
    expect(await readFile(file(), 'utf8')).toBe(STATE);
  });

  it('keeps the file where it is not whole, and takes nothing', async () => {
    await writeFile(file(), STATE.slice(0, 20));
    const take = () => Promise.reject(new Error('must not be taken'));
    await expect(collectErroredState(dir, take)).rejects.toMatchObject({ error: { code: 'state-unreadable' } });
    expect(await readFile(file(), 'utf8')).toBe(STATE.slice(0, 20));
  });
});
