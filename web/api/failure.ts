import type { ApiError, GraphConflict, Issue } from '../../schemas/generated/types.ts';

/** An answer past 399, with what the server said; status 0 = it could not be reached. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly body: Partial<ApiError>;

  constructor(status: number, body: Partial<ApiError>) {
    super(body.message ?? (status === 0 ? 'The server cannot be reached.' : `The server answered ${status}.`));
    this.status = status;
    this.body = body;
  }

  get conflict(): GraphConflict | undefined {
    return this.status === 409 ? this.body.conflict : undefined;
  }

  get issues(): Issue[] | undefined {
    return this.body.issues;
  }
}

/** One or two sentences for a person: what went wrong and how to mend it. */
export function describeFailure(error: unknown): string {
  if (error instanceof ApiFailure) return [error.message, error.body.fix].filter(Boolean).join(' ');
  return error instanceof Error ? error.message : String(error);
}

/** Code that comes with a part of the page. @throws an `ApiFailure`, because the browser's own words name files that no person knows */
export async function fetchCode<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    console.warn(cause);
    throw new ApiFailure(0, { retry: true });
  }
}

const NOT_SAID: ReadonlySet<number> = new Set([0, 401, 408, 425, 429]);

/** Whether the server was reached and said no; anything else may go well another time. */
export const isRefusal = (error: unknown): error is ApiFailure =>
  error instanceof ApiFailure && error.status < 500 && !NOT_SAID.has(error.status);
