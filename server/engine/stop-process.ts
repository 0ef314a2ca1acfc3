// Stops an engine: first so that it saves its state, then its whole group by force.
import type { RootCall } from './engine-types.ts';

const STOP_GRACE_MS = 30_000;
const FORCE_AFTER_MS = 3_000;

/** Sends a signal to a process, or with a negative id to a group; false where there is none. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

export interface Stopper {
  reason(): 'cancelled' | 'timed-out' | undefined;
  /** The engine is gone: what is left of its group (a command that it ran) goes too. */
  leaderEnded(): void;
  dispose(): void;
}

/** Watches the call's signal and time. SIGINT goes to the engine alone (it stops its plugins itself); SIGTERM and SIGKILL go to the group. */
export function createStopper(
  pid: number | undefined,
  call: Pick<RootCall, 'signal' | 'timeoutMs' | 'stopGraceMs'>,
): Stopper {
  const timers: NodeJS.Timeout[] = [];
  let reason: 'cancelled' | 'timed-out' | undefined;
  const later = (ms: number, act: () => void): void => void timers.push(setTimeout(act, ms));
  const force = (): void => {
    if (pid === undefined) return;
    sendSignal(-pid, 'SIGTERM');
    later(FORCE_AFTER_MS, () => sendSignal(-pid, 'SIGKILL'));
  };
  const stop = (why: 'cancelled' | 'timed-out'): void => {
    if (reason !== undefined || pid === undefined) return;
    reason = why;
    sendSignal(pid, 'SIGINT');
    later(call.stopGraceMs ?? STOP_GRACE_MS, force);
  };
  const onAbort = (): void => stop('cancelled');
  call.signal.addEventListener('abort', onAbort, { once: true });
  later(call.timeoutMs, () => stop('timed-out'));
  return {
    reason: () => reason,
    leaderEnded: () => void (pid !== undefined && sendSignal(-pid, 'SIGKILL')),
    dispose() {
      call.signal.removeEventListener('abort', onAbort);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

const live = new Set<number>();

function interruptAll(): void {
  for (const pid of live) sendSignal(pid, 'SIGINT');
}

/** Until the returned function is called, the process is interrupted when we exit in order. */
export function trackUntilExit(pid: number): () => void {
  if (live.size === 0) process.on('exit', interruptAll);
  live.add(pid);
  return () => {
    live.delete(pid);
    if (live.size === 0) process.off('exit', interruptAll);
  };
}
