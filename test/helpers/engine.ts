// The engine that a tier runs with: PLUMBLINE_ENGINE, or the first that is found.
import type { EngineBinary } from '../../server/engine/engine-types.ts';
import { findEngines } from '../../server/engine/find-engine.ts';

/** @param dataDir where a downloaded one may be. @throws where the machine has none. */
export async function firstEngine(dataDir = '/nowhere'): Promise<EngineBinary> {
  const [engine] = await findEngines({ dataDir });
  if (!engine) throw new Error('no terraform or tofu on PATH');
  return engine;
}
