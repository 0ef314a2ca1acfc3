// Roots made of terraform_data, which need no provider, and a state store in memory for them.
import type { EngineBinary } from '../../server/engine/engine-types.ts';
import type { StateLock, StatePort } from '../../server/engine/state-backend.ts';

export interface EngineCase {
  engine: EngineBinary;
  cliConfig: string;
  dir: string;
}

export interface MemoryStates extends StatePort {
  state: Buffer | undefined;
  holder: StateLock | undefined;
}

export function memoryStates(): MemoryStates {
  const memory: MemoryStates = {
    state: undefined,
    holder: undefined,
    read: async () => memory.state,
    async write(_scope, body) {
      memory.state = body;
    },
    async lock(_scope, lock) {
      if (memory.holder) return memory.holder;
      memory.holder = lock;
      return undefined;
    },
    async unlock(_scope, id) {
      if (id === undefined || id === memory.holder?.id) memory.holder = undefined;
    },
    async remove() {
      memory.state = undefined;
    },
  };
  return memory;
}

/** A root of terraform_data resources. `run` is a command that the resource runs when it is made. */
export function dataRoot(
  resources: Record<string, { input?: unknown; after?: string; run?: string; replaceOn?: unknown }>,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  const data = Object.entries(resources).map(([name, { input, after, run, replaceOn }]) => [
    name,
    {
      ...(input === undefined ? {} : { input }),
      ...(replaceOn === undefined ? {} : { triggers_replace: replaceOn }),
      ...(after === undefined ? {} : { depends_on: [`terraform_data.${after}`] }),
      ...(run === undefined ? {} : { provisioner: [{ 'local-exec': { command: run } }] }),
    },
  ]);
  return { terraform: { backend: { http: {} } }, resource: { terraform_data: Object.fromEntries(data) }, ...more };
}
