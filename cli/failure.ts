import type { ApiError, GraphConflict, Issue } from '../schemas/generated/types.ts';

/** What the process ends with: 0 good, 1 the user's input, 2 the engine or cloud said no, 3 a bug. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Something that went wrong, in words for the person at the terminal. */
export class Failure extends Error {
  readonly exitCode: ExitCode;
  readonly fix: string | undefined;
  constructor(exitCode: ExitCode, message: string, fix?: string) {
    super(message);
    this.exitCode = exitCode;
    this.fix = fix;
  }
}

/** An answer of the server past 399. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly body: ApiError;
  constructor(status: number, body: ApiError) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
  get issues(): Issue[] {
    return this.body.issues ?? [];
  }
  get conflict(): GraphConflict | undefined {
    return this.body.conflict;
  }
  /** 4xx is the user's input, 500 a bug of ours, the rest what stands behind the server. */
  get exitCode(): ExitCode {
    if (this.status < 500) return 1;
    return this.status === 500 ? 3 : 2;
  }
}

/** The exit code and the JSON form of anything thrown. */
export function describeFailure(error: unknown): { exitCode: ExitCode; body: Partial<ApiError> & { message: string } } {
  if (error instanceof ApiFailure) return { exitCode: error.exitCode, body: error.body };
  if (error instanceof Failure) {
    return {
      exitCode: error.exitCode,
      body: { code: 'cli', message: error.message, ...(error.fix ? { fix: error.fix } : {}) },
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { exitCode: 3, body: { code: 'bug', message } };
}
