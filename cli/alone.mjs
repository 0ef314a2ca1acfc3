// One process of this checkout installs or builds at a time. Plain JavaScript, as nothing is installed yet.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 200;

/** Creates the lock file with our process id; false when there is one. */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The process that holds the lock: undefined once it is let go of, NaN while it is being written. */
function holderOf(file) {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Runs `act` while no other process holds the lock `file`; waits for one that does, and takes over from one that died.
 * @param log is told once, when there is somebody to wait for
 */
export async function alone(file, log, act) {
  mkdirSync(dirname(file), { recursive: true });
  for (let isTold = false; !take(file); ) {
    const holder = holderOf(file);
    if (holder > 0 && !isAlive(holder)) rmSync(file, { force: true });
    else {
      if (holder > 0 && !isTold) {
        log(
          `Another command (process ${holder}) installs or builds; waiting for it. If there is none, delete ${file}.`,
        );
        isTold = true;
      }
      await delay(POLL_MS);
    }
  }
  try {
    return await act();
  } finally {
    rmSync(file, { force: true });
  }
}
