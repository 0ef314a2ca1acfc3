// Checks and compiles 1,000 nodes with the product and with a plain cdktf App, by turns; then checks again after one edit.
import type { ModuleImplementation } from '../../modules/construct/index.ts';
import type { EnvironmentDocument, Graph } from '../../schemas/generated/types.ts';
import { checkGraph } from '../../schemas/rules/check-graph.ts';
import { resolveParams } from '../../schemas/rules/resolve-params.ts';
import { loadCatalog } from '../../server/synth/load-catalog.ts';
import { createSynthesizer } from '../../server/synth/synthesizer.ts';
import type { SynthRequest } from '../../server/synth/types.ts';
import { bareSynth } from './bare-synth.ts';
import { pipelines } from './graphs.ts';
import { type Sample, sample } from './measure.ts';

const groups = 250;
const environment: EnvironmentDocument = {
  schemaVersion: 1,
  project: 'shop',
  name: 'dev',
  class: 'development',
  target: { kind: 'sandbox', region: 'eu-central-1', account: '000000000000' },
  engine: 'terraform',
  tags: {},
  protection: false,
  approval: 'self',
};

export interface SynthFigures {
  /** checkGraph and synth of every node, on the worker thread as in the server. */
  product: Sample[];
  /** Building the stacks in one App, and `app.synth()`. */
  bare: Sample[];
  /** `app.synth()` alone. */
  bareSynthOnly: Sample[];
  /** checkGraph of the whole graph after one param was edited. */
  recheck: Sample[];
}

export async function benchSynth(rounds: number): Promise<SynthFigures> {
  const graph = pipelines(groups);
  const files = loadCatalog();
  const { catalog } = files;
  const requests = requestsOf(graph, files);
  const tasks = await Promise.all(requests.map((request) => taskOf(request, files)));
  const synthesizer = createSynthesizer();
  const figures: SynthFigures = { product: [], bare: [], bareSynthOnly: [], recheck: [] };
  try {
    // Both ways load their code first: neither a server nor an App that is run again starts cold.
    await synthesizer.synthesize(requests.slice(0, 8));
    await bareSynth(tasks.slice(0, 8));
    for (let round = 0; round < rounds; round++) {
      figures.product.push(
        await sample(async () => {
          const issues = checkGraph(catalog, graph, environment);
          if (issues.length > 0) throw new Error(`the bench's graph has issues: ${issues[0]?.message ?? ''}`);
          await synthesizer.synthesize(requests);
        }),
      );
      const { whole, synth } = await bareSynth(tasks);
      figures.bare.push(whole);
      figures.bareSynthOnly.push(synth);
    }
  } finally {
    await synthesizer.close();
  }
  for (let edit = 0; edit < 40; edit++) {
    const edited = withDelay(graph, edit);
    figures.recheck.push(await sample(() => checkGraph(catalog, edited, environment)));
  }
  return figures;
}

/** The graph with one queue's visibility timeout changed; everything else is the same object, as in the page. */
function withDelay(graph: Graph, edit: number): Graph {
  const params = { visibilityTimeoutSeconds: 121 + edit };
  return { ...graph, nodes: graph.nodes.map((node) => (node.id === 'jobs-7' ? { ...node, params } : node)) };
}

type Files = ReturnType<typeof loadCatalog>;

function requestsOf(graph: Graph, { catalog }: Files): SynthRequest[] {
  const names = new Map(graph.nodes.map((node) => [node.id, node]));
  const manifestOf = (id: string) => {
    const node = names.get(id);
    const manifest = node && catalog.findModule(node.module, node.version);
    if (!node || !manifest) throw new Error(`the bench's graph has no ${id}`);
    return { node, manifest };
  };
  return graph.nodes.map(({ id }) => {
    const { node, manifest } = manifestOf(id);
    const inputs = graph.connections
      .filter((connection) => connection.to.node === id)
      .map((connection) => ({
        connection,
        contract: manifestOf(connection.from.node).manifest.outputs[connection.from.port]?.contract ?? '',
        port: connection.to.port,
        producer: { node: connection.from.node, name: connection.from.node },
        unknown: [],
      }));
    const { params } = resolveParams(manifest, node);
    return {
      environment,
      node: { id, name: node.name, module: manifest.id, version: manifest.version, params },
      inputs,
      protected: false,
    };
  });
}

async function taskOf(request: SynthRequest, { catalog }: Files) {
  const { module, version } = request.node;
  const manifest = catalog.findModule(module, version);
  if (!manifest) throw new Error(`there is no ${module}@${version}`);
  const inputs = request.inputs.map((input) => {
    const contract = catalog.findContract(input.contract);
    if (!contract) throw new Error(`there is no ${input.contract}`);
    return { ...input, absent: [], contract, contractRef: input.contract };
  });
  const { default: build } = (await import(`../../modules/${module}/stack.ts`)) as { default: ModuleImplementation };
  return { ...request, manifest, inputs, findContract: catalog.findContract, build };
}
