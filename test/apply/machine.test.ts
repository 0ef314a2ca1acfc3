// A machine that says no: no engine, no target, no room. A sentence says so, and the run goes on where it is resumed.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EnvironmentCreate, Graph, Run } from '../../schemas/generated/types.ts';
import { loadMasterKey } from '../../server/store/master-key.ts';
import { openStore } from '../../server/store/store.ts';
import { graph, node, pipeline } from '../fixtures/graphs.ts';
import { CallFailed, type ServerProcess, startServerProcess } from '../helpers/server-process.ts';
import { readObjects, readStates } from './crash-checks.ts';

const nodes = pipeline().nodes.map(({ id }) => id);
const path = 'projects/shop/environments/dev';
let dataDir: string;
let server: ServerProcess;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'plumbline-machine-'));
});
afterEach(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function environment(content: Graph, change: Partial<EnvironmentCreate> = {}): Promise<void> {
  await server.call('POST', 'projects', { name: 'shop' });
  const target = { kind: 'sandbox' as const };
  await server.call('POST', 'projects/shop/environments', { name: 'dev', class: 'development', target, ...change });
  await server.call('PUT', `${path}/graph`, { base: 0, mode: 'strict', graph: content });
}

async function settled(started: Promise<Run>): Promise<Run> {
  for (let run = await started; ; run = await server.call<Run>('GET', `runs/${run.id}`)) {
    if (run.status !== 'planning' && run.status !== 'applying') return run;
    await delay(50);
  }
}

const apply = () => settled(server.call<Run>('POST', `${path}/runs`, { kind: 'apply', approve: true }));
const resume = (run: Run) => settled(server.call<Run>('POST', `runs/${run.id}/resume`));

it('an engine that is gone is named, and the run goes on when it is back', async () => {
  server = await startServerProcess(dataDir);
  await environment(pipeline());
  await server.stop();
  const nowhere = { PATH: '/nonexistent', PLUMBLINE_ENGINE: '', PLUMBLINE_ENGINE_MIRROR: '/nonexistent' };
  server = await startServerProcess(dataDir, { env: nowhere });
  const failed = await apply();
  expect(failed.status).toBe('failed');
  expect(failed.error?.code).toMatch(/^engine-(missing|download)$/);
  expect(failed.error?.hint).toMatch(/PATH/);
  await server.stop();
  server = await startServerProcess(dataDir);
  expect((await resume(failed)).status).toBe('succeeded');
});

it.skipIf(!process.env.PLUMBLINE_PROVIDER_MIRROR)(
  'a target that cannot be reached is said in a sentence, and the run can be resumed',
  async () => {
    const env = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_MAX_ATTEMPTS: '1' };
    server = await startServerProcess(dataDir, { env });
    await environment(graph([node('jobs', 'aws-queue')]), {
      target: { kind: 'aws-endpoint', endpoint: 'http://127.0.0.1:9', region: 'eu-central-1', account: '000000000000' },
    });
    const failed = await apply();
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'cloud-unreachable', retry: true } });
    const again = await settled(server.call<Run>('POST', `runs/${failed.id}/resume`));
    expect(again).toMatchObject({ status: 'failed', error: { code: 'cloud-unreachable' } });
  },
);

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mounts();

it.skipIf(!canMount)(
  'a disk that fills up is said in a sentence, loses nothing, and the run goes on when there is room',
  async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'none', dataDir]);
    const filler = join(dataDir, 'filler');
    const fill = (leave: number) => {
      const { bavail, bsize } = statfsSync(dataDir);
      try {
        writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leave)));
      } catch (error) {
        // The server was quicker: then the disk is fuller than wished.
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    };
    try {
      server = await startServerProcess(dataDir);
      await environment(pipeline());
      fill(1_000_000);
      const refused = await apply().catch((error: CallFailed) => error);
      expect(refused).toBeInstanceOf(CallFailed);
      expect(refused).toMatchObject({
        status: 507,
        body: { code: 'disk-full', fix: expect.stringContaining('Make room') },
      });
      const store = await openStore({ dataDir, masterKey: loadMasterKey(dataDir, {}).key });
      const { id = '' } = (await store.environments.find('shop', 'dev')) ?? {};
      for (const [round, leave] of [0, 60_000, 200_000, 600_000].entries()) {
        rmSync(filler);
        const changed = pipeline({ visibility: 100 + round });
        await server.call('PUT', `${path}/graph`, { base: round + 1, mode: 'strict', graph: changed });
        const started = await server.call<Run>('POST', `${path}/runs`, { kind: 'apply', approve: true, refresh: true });
        fill(leave);
        const stopped = await settled(Promise.resolve(started)).catch(async () => undefined);
        // Idle for long enough that the checkpoint is made, or would be.
        if (leave === 0) await delay(1_500);
        rmSync(filler);
        const run =
          stopped?.status === 'succeeded' ? stopped : await settled(server.call<Run>('GET', `runs/${started.id}`));
        if (run.status === 'failed') expect(['disk-full', 'no-space', 'state-backend']).toContain(run.error?.code);
        const whole = run.status === 'succeeded' ? run : await resume(run);
        expect(whole.error).toBeUndefined();
        expect(whole.status).toBe('succeeded');
        const states = await readStates(store, id, nodes);
        expect(await readObjects(store, id)).toEqual([...states.values()].flatMap((state) => state.resources).sort());
        fill(40_000_000);
      }
      await store.close();
      rmSync(filler);
      const destroyed = await settled(server.call<Run>('POST', `${path}/runs`, { kind: 'destroy', approve: true }));
      expect(destroyed.status).toBe('succeeded');
      expect(await server.call('GET', `${path}/sandbox/objects`)).toEqual([]);
    } finally {
      await server.stop();
      execFileSync('umount', ['-l', dataDir]);
    }
  },
);

/** Whether this user may mount a file system: in most containers not even root may. */
function mounts(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
