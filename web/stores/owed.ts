import { ApiFailure, isRefusal } from '../api/failure.ts';

export interface Owed {
  /** Makes a request; where the server is away, it is made again with `settle`. A newer one of the same name takes its place. */
  ask(name: string, request: () => Promise<void>): void;
  /** The server is back. */
  settle(): void;
}

/** What the page needs to know and could not ask for, because the server was away. */
export function createOwed(): Owed {
  const owed = new Map<string, () => Promise<void>>();
  function ask(name: string, request: () => Promise<void>): void {
    owed.delete(name);
    request().catch((error) => {
      if (!(error instanceof ApiFailure)) throw error;
      // What is gone on the server need not be known.
      if (!isRefusal(error)) owed.set(name, request);
    });
  }
  return {
    ask,
    settle() {
      for (const [name, request] of [...owed]) ask(name, request);
    },
  };
}
