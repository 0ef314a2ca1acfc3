// What went wrong in a step or a run, in the words that are stored and shown.
import type { Need, RunError } from '../../../schemas/generated/types.ts';
import { EngineFailure } from '../../engine/engine-types.ts';
import { PlumblineError } from '../../errors.ts';

/** A step failed for a reason of ours, such as an output that breaks its contract. */
export class StepFailure extends Error {
  constructor(readonly error: RunError) {
    super(error.message);
    this.name = 'StepFailure';
  }
}

/** Thrown where a step may not go on before somebody says yes. */
export class NeedsWord extends Error {
  constructor(readonly need: Need) {
    super(need.reason);
    this.name = 'NeedsWord';
  }
}

/** Whether a failure is the answer to a cancel. */
export function isCancel(error: unknown): boolean {
  return (
    (error instanceof Error && error.name === 'AbortError') ||
    (error instanceof EngineFailure && error.error.code === 'cancelled')
  );
}

/** The stored form of any failure; the text of a bug stays in the server's log. */
export function toRunError(error: unknown): RunError {
  if (error instanceof EngineFailure || error instanceof StepFailure) return error.error;
  if (error instanceof PlumblineError) {
    const { code, message, detail, got, expected, retry, fix: hint } = error;
    const facts = [got && `got: ${got}`, expected && `expected: ${expected}`].filter(Boolean).join('; ');
    return { code, message, detail: [facts, detail].filter(Boolean).join('\n') || undefined, retry, hint };
  }
  return {
    code: 'unexpected',
    message: 'Something went wrong inside Plumbline.',
    retry: true,
    hint: 'Resume the run; if it happens again, look into the log of the server.',
  };
}

/** Whether a failure is a bug of ours, to be logged with its stack. */
export function isUnexpected(error: unknown): boolean {
  return toRunError(error).code === 'unexpected';
}
