// Terraform's diagnostics as errors that say what was asked, what was answered and what to do.
import type { RunError } from '../../schemas/generated/types.ts';
import type { Diagnostic } from './engine-types.ts';

export interface FailedCall {
  /** init, plan, show, apply */
  phase: 'init' | 'plan' | 'show' | 'apply';
  diagnostics: readonly Diagnostic[];
  /** Redacted text of standard error, for what came without a diagnostic. */
  stderr?: string;
  exitCode?: number | null;
  killedBy?: string | null;
}

/** The first error that a rule of the table knows, else the first error, else how the process ended. */
export function translateError(_failed: FailedCall): RunError {
  throw new Error('not yet');
}
