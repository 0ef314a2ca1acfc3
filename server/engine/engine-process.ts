// Starts an engine in a process group of its own, streams its lines, and stops it so that it can save its state.
import { type ChildProcess, spawn } from 'node:child_process';
import { engineEnvironment } from './engine-environment.ts';
import type { Diagnostic, EngineLine, RootCall } from './engine-types.ts';
import { createLineSplitter } from './line-splitter.ts';
import { readMachineLine } from './machine-lines.ts';
import { type OutputFile, openOutputFile } from './output-file.ts';
import { processStartedAt } from './process-identity.ts';
import { createRedactor } from './redact-secrets.ts';
import { createStopper, type Stopper, trackUntilExit } from './stop-process.ts';

/** lines: to `onLine`, through a pipe. kept-lines: the same, and the engine survives us. memory: kept for the caller, shown to nobody. */
export type OutputMode = 'lines' | 'kept-lines' | 'memory';

export interface EngineExit {
  exitCode: number | null;
  killedBy: NodeJS.Signals | null;
  /** Set where we stopped it. */
  stopped?: 'cancelled' | 'timed-out';
  diagnostics: Diagnostic[];
  /** Only in mode `memory`; unredacted. */
  stdout: string;
  /** Redacted. */
  stderr: string;
}

/** The process waits at the gate until we say go: its record is stored before it can do anything, and it never starts if we die before. */
const GATE = 'read -r go && exec "$@"';

interface Sinks {
  stdout(bytes: Buffer): void;
  stderr(bytes: Buffer): void;
  end(): void;
  read(): Pick<EngineExit, 'diagnostics' | 'stdout' | 'stderr'>;
}

function createSinks(call: RootCall, mode: OutputMode): Sinks {
  const redact = createRedactor(call.secrets ?? []);
  const diagnostics: Diagnostic[] = [];
  const kept: Buffer[] = [];
  const errors: string[] = [];
  const show = (raw: string, level?: EngineLine['level']): void => {
    const { line, diagnostic } = readMachineLine(raw);
    if (diagnostic) {
      diagnostics.push({ ...diagnostic, summary: redact(diagnostic.summary), detail: redact(diagnostic.detail) });
    }
    if (line) call.onLine({ ...line, level: level ?? line.level, text: redact(line.text) });
  };
  const out = createLineSplitter((raw) => show(raw));
  const err = createLineSplitter((raw) => {
    errors.push(redact(raw));
    if (mode !== 'memory') show(raw, 'error');
  });
  return {
    stdout: (bytes) => (mode === 'memory' ? void kept.push(bytes) : out.push(bytes)),
    stderr: (bytes) => err.push(bytes),
    end() {
      out.end();
      err.end();
    },
    read: () => ({ diagnostics, stdout: Buffer.concat(kept).toString('utf8'), stderr: errors.join('\n') }),
  };
}

function start(call: RootCall, args: readonly string[], file: OutputFile | undefined): ChildProcess {
  return spawn('/bin/sh', ['-c', GATE, 'plumbline-engine', call.engine.path, ...args], {
    cwd: call.dir,
    detached: true,
    env: engineEnvironment({ target: call.target, parent: process.env, cliConfig: call.cliConfig, extra: call.env }),
    stdio: ['pipe', file?.fd ?? 'pipe', file?.fd ?? 'pipe'],
  });
}

function ended(child: ChildProcess, stopper: Stopper): Promise<Pick<EngineExit, 'exitCode' | 'killedBy'>> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => stopper.leaderEnded());
    child.on('close', (exitCode, killedBy) => resolve({ exitCode, killedBy }));
  });
}

async function openGate(call: RootCall, child: ChildProcess, pid: number): Promise<void> {
  // The engine may end before it has read the line.
  child.stdin?.on('error', () => {});
  await call.onSpawn?.(pid, (await processStartedAt(pid)) ?? '');
  child.stdin?.end(call.signal.aborted ? '' : 'go\n');
}

/**
 * Runs the engine once and answers how it ended; nothing is thrown for an exit code.
 * @throws what the system says where no process can be started, and what `onSpawn` throws (the engine has then not run).
 */
export async function runEngine(call: RootCall, args: readonly string[], mode: OutputMode): Promise<EngineExit> {
  if (call.signal.aborted) {
    return { exitCode: null, killedBy: null, stopped: 'cancelled', diagnostics: [], stdout: '', stderr: '' };
  }
  const sinks = createSinks(call, mode);
  const file = mode === 'kept-lines' ? openOutputFile(call.dir, sinks.stdout) : undefined;
  try {
    const child = start(call, args, file);
    const { pid } = child;
    child.stdout?.on('data', sinks.stdout);
    child.stderr?.on('data', sinks.stderr);
    const stopper = createStopper(pid, call);
    const untrack = pid === undefined ? undefined : trackUntilExit(pid);
    try {
      const end = ended(child, stopper);
      const gate =
        pid === undefined
          ? undefined
          : openGate(call, child, pid).catch((error: unknown) => {
              child.stdin?.destroy();
              throw error;
            });
      const [exit] = await Promise.all([end, gate]);
      file?.end();
      sinks.end();
      return { ...exit, ...sinks.read(), ...(stopper.reason() ? { stopped: stopper.reason() } : {}) };
    } finally {
      stopper.dispose();
      untrack?.();
    }
  } catch (error) {
    file?.end();
    throw error;
  }
}
