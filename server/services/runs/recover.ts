// After a crash: ends engines that outlived the server, takes in their state, frees the locks, and fails the runs honestly.
import { readdir, rm } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { RunError } from '../../../schemas/generated/types.ts';
import { endOrphans } from '../../engine/orphans.ts';
import { engineRecordFile, readEngineRecord, removeEngineRecord } from './engine-record.ts';
import { failRun } from './fail-run.ts';
import type { RunDeps } from './session.ts';
import { takeInState } from './take-in-state.ts';

const stopped: RunError = {
  code: 'server-stopped',
  message: 'The server stopped while this was running.',
  retry: true,
  hint: 'Resume the run: what was done is kept, the step is planned again and goes on.',
};

/** Brings everything that a crash left into a state that can be resumed. Called before the server listens. */
export async function recover(deps: RunDeps): Promise<void> {
  await endEngines(deps);
  await takeInStates(deps);
  await removeLeftovers(deps);
  for (const lock of await deps.store.states.locks()) {
    await deps.store.states.unlock(lock);
    deps.log('warn', 'a state lock of a crashed run was freed', { node: lock.node });
  }
  for (const run of await deps.store.runs.unfinished()) {
    if (run.status !== 'waiting') await failRun(deps, run, stopped);
  }
}

async function endEngines(deps: RunDeps): Promise<void> {
  const folders = (await filesInWork(deps))
    .filter(({ path }) => basename(path) === engineRecordFile)
    .map(({ dir }) => dir);
  const records = await Promise.all(folders.map(readEngineRecord));
  for (const { record, outcome } of await endOrphans(records.filter((record) => record !== undefined))) {
    deps.log('warn', 'an engine outlived the server', { pid: record.pid, outcome });
  }
  await Promise.all(folders.map(removeEngineRecord));
}

/** Every root whose engine could not hand its state over, whether or not the engine was still on record. */
async function takeInStates(deps: RunDeps): Promise<void> {
  for (const { path, dir } of await filesInWork(deps)) {
    const [environment, node, file] = path.split(sep);
    if (!environment || !node || file !== 'errored.tfstate') continue;
    const run = (await deps.store.runs.unfinished(environment))[0]?.id ?? '';
    await takeInState(deps, { dir, environment, node, run });
  }
}

/**
 * Saved plans hold secrets: those that a crash left in clear are removed, the sealed ones stay. So are the marks of
 * locks that an `init` held. What lies in the work folder itself (sockets, copies of the database made for a backup) belonged to the server that died.
 */
async function removeLeftovers(deps: RunDeps): Promise<void> {
  for (const { path, dir } of await filesInWork(deps)) {
    const isLeft = !path.includes(sep) || path.endsWith('.tfplan') || path.endsWith('.lock.info');
    if (isLeft) await rm(join(dir, basename(path)), { force: true });
  }
}

async function filesInWork(deps: RunDeps): Promise<{ path: string; dir: string }[]> {
  const work = join(deps.dataDir, 'work');
  const entries = await readdir(work, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => ({ path: relative(work, join(entry.parentPath, entry.name)), dir: entry.parentPath }));
}
