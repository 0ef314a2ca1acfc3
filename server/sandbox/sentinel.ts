// The process whose id Terraform is told: Terraform may signal it, or kill it when the socket does not answer.
import { type ChildProcess, spawn } from 'node:child_process';

/** Ends by itself when its standard input closes, which happens however our own process ends. */
const WAIT_FOR_CLOSED_INPUT = 'process.stdin.on("close",()=>process.exit(0)).resume()';

let child: ChildProcess | undefined;
let users = 0;

/** Takes part in the one sentinel of this process. */
export function holdSentinel(): void {
  users++;
  start();
}

/** Ends the sentinel when nobody needs it any more. */
export function releaseSentinel(): void {
  users--;
  if (users > 0) return;
  child?.kill('SIGKILL');
  child = undefined;
}

/** The sentinel's process id; started anew when it was lost. */
export function sentinelPid(): number {
  return start().pid ?? 0;
}

function start(): ChildProcess {
  if (child && child.exitCode === null && child.signalCode === null) return child;
  const started = spawn(process.execPath, ['-e', WAIT_FOR_CLOSED_INPUT], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  });
  started.on('error', () => {});
  started.stdin?.on('error', () => {});
  // Neither the child nor its pipe may keep our process alive.
  started.unref();
  (started.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  child = started;
  return started;
}
