// Terraform's HTTP backend protocol on a loopback port of its own.
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

export interface StateCredentials {
  /** TF_HTTP_*: for the engine's environment. */
  env: Record<string, string>;
  revoke(): void;
}

export interface StateBackend {
  credentials(scope: StateScope & { run: string }): StateCredentials;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 with an ephemeral port. Each credential is good for one environment, node and run, until it is revoked. */
export async function createStateBackend(_options: { states: StatePort }): Promise<StateBackend> {
  throw new Error('not yet');
}
