// One round of the shell loop: what the product is held against.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineBinary } from '../../server/engine/engine-types.ts';
import { createStateBackend } from '../../server/engine/state-backend.ts';
import type { Product } from '../helpers/product.ts';
import { copyRoots } from './bare-roots.ts';
import { type Sample, sample } from './measure.ts';

/** What the loop runs over: `waves` times `width` roots in the folder `roots`, `parallel` at a time. */
interface BareRound {
  product: Product;
  /** Whose states the loop writes. */
  environment: string;
  engine: EngineBinary;
  /** The environment of the engine's processes. */
  env: Record<string, string>;
  roots: string;
  parallel: number;
  waves: number;
  width: number;
}

/** Applies the roots by shell; state goes over the product's own protocol into the product's own store. */
export async function bareRound(round: BareRound): Promise<Sample> {
  const { product, environment, engine, env, roots } = round;
  const backend = await createStateBackend({ states: product.store.states });
  return inScratch(async (folder) => {
    copyRoots(roots, folder, (node) => backend.credentials({ environment, node, run: 'bare' }).env);
    const args = [engine.path, round.parallel, round.waves, round.width].map(String);
    return sample(() => shell(args, folder, env));
  }).finally(() => backend.close());
}

/** Works in a folder that is gone afterwards. */
export async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-bare-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function shell(args: string[], cwd: string, env: Record<string, string>): Promise<void> {
  const script = fileURLToPath(new URL('bare-loop.sh', import.meta.url));
  const child = spawn(script, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the shell loop ended with ${String(code)}`);
}
