// Where the state backend keeps states and locks; the server's store is one.
export interface StateScope {
  environment: string;
  node: string;
}

export interface StateLock {
  id: string;
  /** Terraform's lock info, JSON text. */
  info: string;
}

export interface StatePort {
  read(scope: StateScope): Promise<Buffer | undefined>;
  write(scope: StateScope, body: Buffer, run: string): Promise<void>;
  /** Takes the lock; answers with the holder where it is taken. */
  lock(scope: StateScope, lock: StateLock): Promise<StateLock | undefined>;
  /** Without an id: whoever holds it. */
  unlock(scope: StateScope, id?: string): Promise<void>;
  remove(scope: StateScope): Promise<void>;
}
