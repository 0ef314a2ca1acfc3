// Applies 100 nodes in 10 waves with the product and with a shell loop, by turns; then again with nothing changed.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Run } from '../../schemas/generated/types.ts';
import { engineEnvironment } from '../../server/engine/engine-environment.ts';
import { findEngines } from '../../server/engine/find-engine.ts';
import { graph } from '../fixtures/graphs.ts';
import { openProduct, type Product } from '../helpers/product.ts';
import { bareRound, inScratch } from './bare-round.ts';
import { cdktfDeploy, layOutApp, spawnedSandbox } from './cdktf-deploy.ts';
import { relayGraph } from './graphs.ts';
import { type Sample, sample } from './measure.ts';

const waves = 10;
const width = 10;
const parallel = 4;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
export const fixtures = { modulesDir: here('../fixtures/modules'), contractsDir: here('../fixtures/contracts') };

export interface ApplyFigures {
  product: Sample[];
  bare: Sample[];
  /** Empty where there is no cdktf CLI, or it does not work here: `cdktfFailure` says why. */
  cdktf: Sample[];
  cdktfFailure?: string;
  /** Seconds of each phase, summed over the nodes, in each round. */
  phases: Record<string, number>[];
  again: Sample[];
  /** Engine processes that were started while nothing had changed. */
  enginesAgain: number;
}

/** Interleaves both ways; each round has environments of its own, so that neither finds what the other left. */
export async function benchApply(rounds: number, cdktf?: string): Promise<ApplyFigures> {
  const product = await openProduct(fixtures);
  const figures: ApplyFigures = { product: [], bare: [], cdktf: [], phases: [], again: [], enginesAgain: 0 };
  try {
    for (let round = 0; round < rounds; round++) {
      const name = `round-${round}`;
      const environment = await product.environment(relayGraph(waves, width), { name });
      let run: Run | undefined;
      figures.product.push(await sample(async () => (run = await applied(product, environment, name))));
      figures.phases.push(phaseSeconds(run?.steps ?? []));
      figures.again.push(await sample(async () => (run = await applied(product, environment, name))));
      figures.enginesAgain += (run?.steps ?? []).filter((step) => step.status !== 'skipped').length;
      const roots = join(product.dataDir, 'work', environment.id);
      const { id, engine, env } = await emptyCloud(product, `${name}-bare`);
      figures.bare.push(
        await bareRound({ ...{ product, engine, env, roots, parallel, waves, width }, environment: id }),
      );
      // One round tells enough: it takes as long as all others together.
      if (cdktf && round === 0) Object.assign(figures, await cdktfRound(roots, cdktf));
    }
  } finally {
    await product.close();
    product.remove();
  }
  return figures;
}

/** Waits without asking the store, which a page does not do either. */
async function applied({ runs }: Product, environment: { id: string }, name: string): Promise<Run> {
  const { id } = await runs.create('shop', name, { kind: 'apply', approve: true }, 'bench');
  while (runs.isBusy(environment.id)) await delay(5);
  const run = await runs.get(id);
  if (run.status !== 'succeeded') throw new Error(`the apply ${run.status}: ${run.error?.message ?? ''}`);
  return run;
}

/** An environment with an empty cloud, and what an engine needs to reach it. */
async function emptyCloud(product: Product, name: string) {
  const [engine] = await findEngines({ dataDir: product.dataDir });
  if (!engine) throw new Error('no terraform or tofu on PATH');
  const { id, document } = await product.environment(graph([]), { name });
  const sandbox = await product.sandboxes.open(id, document.target);
  sandbox.serve(['aws_sqs_queue', 'aws_sqs_queue_policy']);
  const env = engineEnvironment({
    ...{ target: 'sandbox', parent: process.env },
    cliConfig: join(product.dataDir, 'engine', 'engine.tfrc'),
    extra: { TF_REATTACH_PROVIDERS: sandbox.reattach(engine.kind) },
  });
  // The product tells its engines how often to collect garbage; a shell loop does not.
  const { GOGC: _ours, ...plain } = env;
  return { id, engine, env: plain };
}

async function cdktfRound(roots: string, program: string): Promise<Pick<ApplyFigures, 'cdktf' | 'cdktfFailure'>> {
  return inScratch(async (folder) => {
    layOutApp(roots, folder, upstreamOf);
    const env = spawnedSandbox(folder, here('../../build/sandbox-provider.mjs'));
    try {
      return { cdktf: [await cdktfDeploy(program, parallel, folder, env)] };
    } catch (error) {
      return { cdktf: [], cdktfFailure: error instanceof Error ? error.message : String(error) };
    }
  });
}

function upstreamOf(node: string): string[] {
  return relayGraph(waves, width)
    .connections.filter(({ to }) => to.node === node)
    .map(({ from }) => from.node);
}

function phaseSeconds(steps: Run['steps']): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { name, startedAt, endedAt } of steps.flatMap((step) => step.phases))
    sums[name] = (sums[name] ?? 0) + (endedAt ? (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 : 0);
  return sums;
}
