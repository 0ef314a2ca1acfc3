// Finds the engines of this machine: PLUMBLINE_ENGINE, then PATH, then the one that we downloaded.
import type { EngineBinary } from './engine-types.ts';

export interface FindOptions {
  /** The data folder; a downloaded engine is in its `engine` folder. */
  dataDir: string;
  env?: NodeJS.ProcessEnv;
}

/**
 * The engines that answer, best first, at most one of each kind.
 * @throws EngineFailure `engine-unusable` where PLUMBLINE_ENGINE names something that is no engine or too old.
 */
export async function findEngines(_options: FindOptions): Promise<EngineBinary[]> {
  throw new Error('not yet');
}
