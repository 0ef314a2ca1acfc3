// What the engine's parts tell each other and the services: binaries, calls, lines, diagnostics.
import type { CloudTarget, EngineKind, RunError } from '../../schemas/generated/types.ts';

/** A `terraform` or `tofu` that answered `version`. `path` is absolute. */
export interface EngineBinary {
  kind: EngineKind;
  path: string;
  version: string;
}

/** One line of the log, redacted. `address` is the resource that it speaks of. */
export interface EngineLine {
  level: 'info' | 'warn' | 'error';
  text: string;
  address?: string;
}

/** A diagnostic of Terraform's machine-readable interface, redacted. */
export interface Diagnostic {
  severity: 'error' | 'warning';
  summary: string;
  detail: string;
  address?: string;
}

/** One process on one Terraform root on disk. */
export interface RootCall {
  engine: EngineBinary;
  /** Folder of the root, see `writeRoot`. */
  dir: string;
  target: CloudTarget['kind'];
  /** File made by `writeCliConfig`. */
  cliConfig: string;
  /** TF_VAR_*, TF_HTTP_*, TF_REATTACH_PROVIDERS, AWS_*: what this root needs over the minimal environment. */
  env: Record<string, string>;
  /** Exact values that must not appear in any line, diagnostic or error. */
  secrets?: readonly string[];
  /** Cancels: the engine is asked to stop and saves its state; see `stopGraceMs`. */
  signal: AbortSignal;
  timeoutMs: number;
  /** How long a stopped engine may take to save its state before its group is killed; 30,000 by default. */
  stopGraceMs?: number;
  onLine(line: EngineLine): void;
  /**
   * Called before the engine does anything: the process waits until this has resolved, so that a record that is stored here exists
   * for every engine that ever ran. `startedAt` identifies the process together with its id (see `endOrphans`).
   */
  onSpawn?(pid: number, startedAt: string): void | Promise<void>;
}

/** The engine said no, was cancelled or ran out of time: `error` is what people see. */
export class EngineFailure extends Error {
  readonly error: RunError;
  readonly diagnostics: readonly Diagnostic[];

  constructor(error: RunError, diagnostics: readonly Diagnostic[] = []) {
    super(error.message);
    this.name = 'EngineFailure';
    this.error = error;
    this.diagnostics = diagnostics;
  }
}
