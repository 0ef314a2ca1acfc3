// Every module with every preset as one graph: what the catalogue comes to when it is applied.
import type { Connection, Graph, GraphNode, ModuleManifest, PortRef } from '../../schemas/generated/types.ts';
import { connectTo } from '../../schemas/rules/can-connect.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { loadCatalog } from '../../server/synth/load-catalog.ts';
import { NEEDED_PARAMS } from '../helpers/needed-params.ts';

/** A box of the catalogue's graph, and what it stands for. */
interface CatalogueNode {
  node: GraphNode;
  manifest: ModuleManifest;
}

/**
 * A graph, and beside it one node for each module and preset that stands in it nowhere with nothing changed, in the order of the
 * manifests. A port that must be connected takes the first output that may be drawn to it; of the others each takes one at one box at
 * least, the first where anything fits.
 * @returns the whole graph, and the box that stands for each preset
 * @throws Error naming the port where nothing in the catalogue fits it
 */
export function withCatalogue(given: Graph): { graph: Graph; boxes: CatalogueNode[] } {
  const { modules, catalog } = loadCatalog();
  const boxes = modules.flatMap(({ manifest }) =>
    Object.keys(manifest.presets).map((preset) => {
      const standing = given.nodes.find((node) => isAsPreset(node, manifest, preset));
      return { manifest, node: standing ?? nodeOf(manifest, preset) };
    }),
  );
  const added = boxes.filter(({ node }) => !given.nodes.includes(node));
  const outputs = added.flatMap(({ node, manifest }) =>
    Object.keys(manifest.outputs).map((port): PortRef => ({ node: node.id, port })),
  );
  let graph: Graph = { ...given, nodes: [...given.nodes, ...added.map(({ node }) => node)] };
  /** Draws a line to the first of these ports that takes one. */
  const join = (ports: readonly PortRef[]): void => {
    for (const to of ports) {
      const line = lineInto(catalog, graph, outputs, to);
      if (!line) continue;
      graph = { ...graph, connections: [...graph.connections, line] };
      return;
    }
    throw new Error(`Nothing in the catalogue fits ${ports.map(({ node, port }) => `${port} of ${node}`).join(', ')}.`);
  };
  for (const { node, manifest } of added)
    for (const [port, { cardinality }] of Object.entries(manifest.inputs))
      if (cardinality === 'one') join([{ node: node.id, port }]);
  for (const { manifest } of modules) {
    const ofModule = graph.nodes.filter(({ module }) => module === manifest.id).map(({ id }) => id);
    const isJoined = (port: string) =>
      graph.connections.some(({ to }) => to.port === port && ofModule.includes(to.node));
    const mine = added.filter(({ node }) => ofModule.includes(node.id));
    for (const port of Object.keys(manifest.inputs))
      if (!isJoined(port)) join(mine.map(({ node }) => ({ node: node.id, port })));
  }
  return { graph, boxes };
}

const isAsPreset = ({ module, preset, params = {} }: GraphNode, manifest: ModuleManifest, wanted: string) =>
  module === manifest.id && preset === wanted && Object.keys(params).every((name) => NEEDED_PARAMS[module]?.[name]);

function nodeOf({ id: module, version }: ModuleManifest, preset: string): GraphNode {
  const id = `${module}-${preset}`;
  const params = NEEDED_PARAMS[module];
  return { id, name: id, module, version: `^${version}`, preset, ...(params ? { params } : {}) };
}

function lineInto(catalog: Catalog, graph: Graph, outputs: readonly PortRef[], to: PortRef): Connection | undefined {
  const judge = connectTo(catalog, graph, to);
  for (const from of outputs) {
    const verdict = judge(from);
    if (!verdict.ok) continue;
    const { grants, envPrefix } = verdict;
    return { id: `${to.node}-${to.port.toLowerCase()}`, from, to, grants, ...(envPrefix ? { envPrefix } : {}) };
  }
  return undefined;
}
