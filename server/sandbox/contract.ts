// What the embedded cloud needs from its host and what it gives: the border of server/sandbox.

/** One object of the embedded cloud. */
export interface CloudObject {
  type: string;
  id: string;
  region: string;
  /** Value of the default tag `plumbline:node` of the provider configuration that made it; '' when absent. */
  owner: string;
  attributes: Record<string, unknown>;
  version: number;
  createdAt: string;
  updatedAt: string;
}

/** Where objects live. Implementations seal `attributes` at rest. */
export interface ObjectStore {
  get(type: string, id: string): Promise<CloudObject | undefined>;
  /** @returns false when an object of that type and id exists already. */
  insert(object: CloudObject): Promise<boolean>;
  update(object: CloudObject): Promise<void>;
  remove(type: string, id: string): Promise<boolean>;
  list(type?: string): Promise<CloudObject[]>;
}

/** A failure that somebody ordered, to see how a run deals with it. */
export interface Fault {
  id: string;
  kind: 'denied' | 'throttled' | 'quota' | 'timeout';
  /** Resource type, or `*`. */
  type: string;
  operation: 'create' | 'read' | 'update' | 'delete' | '*';
  /** Fails on the n-th matching call, 1-based; absent: on every call. */
  nth?: number;
  /** Only calls of this node (default tag `plumbline:node`). */
  node?: string;
}

/** One answered call, without any attribute value. */
export interface SandboxLogLine {
  method: string;
  type?: string;
  ms: number;
  error?: string;
}

export interface SandboxOptions {
  account: string;
  region: string;
  store: ObjectStore;
  /** Consulted on every call. */
  faults: () => Promise<Fault[]>;
  /** Folder of the unix socket; the system's temporary folder is taken when its path would be too long. */
  socketDir: string;
  resourceTypes: readonly string[];
  log?: (line: SandboxLogLine) => void;
}

export interface RemovedObject {
  type: string;
  id: string;
}

export interface Sandbox {
  /** Value of `TF_REATTACH_PROVIDERS` for that engine. */
  reattach(engine: 'terraform' | 'tofu'): string;
  /** Widens the served schema to types in roots and in state; nothing happens when they are served already. */
  serve(types: readonly string[]): void;
  /**
   * Removes objects that `owner` made and that are not in `keep` (ids by type): creations that no state recorded
   * because the server died.
   */
  sweep(owner: string, keep: ReadonlyMap<string, ReadonlySet<string>>): Promise<RemovedObject[]>;
  close(): Promise<void>;
}
