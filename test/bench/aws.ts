// Applies boxes with the real AWS provider on the emulator, with the product and with a shell loop, by turns.
import { join } from 'node:path';
import type { Graph, Run } from '../../schemas/generated/types.ts';
import { engineEnvironment } from '../../server/engine/engine-environment.ts';
import { findEngines } from '../../server/engine/find-engine.ts';
import { installEmulator, ROOT_KEYS, startEmulator } from '../aws/emulator.mjs';
import { graph, node } from '../fixtures/graphs.ts';
import { openProduct, type Product } from '../helpers/product.ts';
import { bareRound } from './bare-round.ts';
import { relayId } from './graphs.ts';
import { type Sample, sample } from './measure.ts';

export interface AwsFigures {
  product: Sample[];
  bare: Sample[];
}

/** Boxes with no waits of the provider's own, which would hide what the product adds. */
const kinds = [
  'aws-bucket',
  'aws-topic',
  'aws-table',
  'aws-bucket',
  'aws-topic',
  'aws-table',
  'aws-bucket',
  'aws-topic',
];
const parallel = 4;
const boxes: Graph = graph(kinds.map((module, at) => node(relayId(0, at), module)));

/** Both sides of each round apply the same roots to an emulator that is fresh and stands on the same port. */
export async function benchAws(rounds: number): Promise<AwsFigures> {
  installEmulator();
  process.env.AWS_ACCESS_KEY_ID = ROOT_KEYS.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = ROOT_KEYS.secretAccessKey;
  const product = await openProduct();
  const figures: AwsFigures = { product: [], bare: [] };
  let port: number | undefined;
  const onFreshCloud = async (work: (endpoint: string) => Promise<Sample>): Promise<Sample> => {
    const emulator = await startEmulator(port);
    port = emulator.port;
    return work(emulator.endpoint).finally(() => emulator.stop());
  };
  try {
    // The first round fills the cache of providers: it counts for neither.
    for (let round = 0; round <= rounds; round++) {
      const name = `round-${round}`;
      const ours = await onFreshCloud((endpoint) => productRound(product, name, endpoint));
      const bare = await onFreshCloud(() => loopRound(product, name));
      if (round === 0) continue;
      figures.product.push(ours);
      figures.bare.push(bare);
    }
  } finally {
    await product.close();
    product.remove();
  }
  return figures;
}

async function productRound(product: Product, name: string, endpoint: string): Promise<Sample> {
  const target = { kind: 'aws-endpoint' as const, region: 'eu-central-1', account: '000000000000', endpoint };
  await product.environment(boxes, { name, target });
  let run: Run | undefined;
  const taken = await sample(async () => (run = await product.run({ kind: 'apply', approve: true }, 'shop', name)));
  const words = run?.error?.message ?? run?.steps.find((step) => step.error)?.error?.message;
  if (run?.status !== 'succeeded') throw new Error(`the apply ${run?.status ?? 'is gone'}: ${words ?? ''}`);
  return taken;
}

async function loopRound(product: Product, name: string): Promise<Sample> {
  const applied = await product.store.environments.find('shop', name);
  const [engine] = await findEngines({ dataDir: product.dataDir });
  if (!applied || !engine) throw new Error('no environment that was applied, or no engine');
  const bare = await product.environment(graph([]), { name: `${name}-bare` });
  const env = engineEnvironment({
    ...{ target: 'aws-endpoint', parent: process.env },
    cliConfig: join(product.dataDir, 'engine', 'engine.tfrc'),
    extra: { AWS_ACCESS_KEY_ID: ROOT_KEYS.accessKeyId, AWS_SECRET_ACCESS_KEY: ROOT_KEYS.secretAccessKey },
  });
  const roots = join(product.dataDir, 'work', applied.id);
  return bareRound({
    ...{ product, engine, env, roots, parallel },
    environment: bare.id,
    waves: 1,
    width: kinds.length,
  });
}
