// The engines of this machine, asked for once; OpenTofu is downloaded when a run needs it and nothing else is there.
import type { EngineKind } from '../../schemas/generated/types.ts';
import { downloadEngine } from '../engine/download-engine.ts';
import { type EngineBinary, EngineFailure } from '../engine/engine-types.ts';
import { findEngines } from '../engine/find-engine.ts';
import { fail } from '../errors.ts';

export interface Engines {
  /** What is there, the one for new environments first. */
  list(): Promise<EngineBinary[]>;
  /** @throws `engine-missing`, `engine-download` */
  get(kind: EngineKind): Promise<EngineBinary>;
}

export function createEngines(dataDir: string): Engines {
  let found: Promise<EngineBinary[]> | undefined;
  let downloaded: Promise<EngineBinary> | undefined;
  const list = async () => {
    found ??= findEngines({ dataDir });
    try {
      const engines = await found;
      if (engines.length === 0) found = undefined;
      return engines;
    } catch (error) {
      found = undefined;
      return fail('engine-missing', explain(error));
    }
  };
  const download = async () => {
    downloaded ??= downloadEngine({ dataDir });
    try {
      return await downloaded;
    } catch (error) {
      downloaded = undefined;
      return fail('engine-download', explain(error));
    }
  };
  return {
    list,
    async get(kind) {
      const engines = await list();
      const engine = engines.find((each) => each.kind === kind);
      if (engine) return engine;
      if (kind === 'tofu') return download();
      const got = engines.length > 0 ? engines.map((each) => each.kind).join(', ') : 'none';
      return fail('engine-missing', {
        got,
        expected: kind,
        fix: `Put ${kind} on PATH, or name it in PLUMBLINE_ENGINE: the state of this environment was made with it.`,
      });
    },
  };
}

function explain(error: unknown) {
  if (!(error instanceof EngineFailure)) throw error;
  const { message, detail, hint } = error.error;
  return { message, detail, cause: error, ...(hint === undefined ? {} : { fix: hint }) };
}
