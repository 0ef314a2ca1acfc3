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
 * manifests; a port that must be connected takes the first output that may be drawn to it.
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
  const graph: Graph = { ...given, nodes: [...given.nodes, ...added.map(({ node }) => node)] };
  const outputs = added.flatMap(({ node, manifest }) =>
    Object.keys(manifest.outputs).map((port): PortRef => ({ node: node.id, port })),
  );
  const connections = added.flatMap(({ node, manifest }) =>
    Object.entries(manifest.inputs)
      .filter(([, { cardinality }]) => cardinality === 'one')
      .map(([port]) => lineInto(catalog, graph, outputs, { node: node.id, port })),
  );
  return { graph: { ...graph, connections: [...given.connections, ...connections] }, boxes };
}

const isAsPreset = ({ module, preset, params = {} }: GraphNode, manifest: ModuleManifest, wanted: string) =>
  module === manifest.id && preset === wanted && Object.keys(params).every((name) => NEEDED_PARAMS[module]?.[name]);

function nodeOf({ id: module, version }: ModuleManifest, preset: string): GraphNode {
  const id = `${module}-${preset}`;
  const params = NEEDED_PARAMS[module];
  return { id, name: id, module, version: `^${version}`, preset, ...(params ? { params } : {}) };
}

function lineInto(catalog: Catalog, graph: Graph, outputs: readonly PortRef[], to: PortRef): Connection {
  const judge = connectTo(catalog, graph, to);
  for (const from of outputs) {
    const verdict = judge(from);
    if (!verdict.ok) continue;
    const { grants, envPrefix } = verdict;
    return { id: `${to.node}-${to.port}`, from, to, grants, ...(envPrefix ? { envPrefix } : {}) };
  }
  throw new Error(`Nothing in the catalogue fits ${to.port} of ${to.node}.`);
}
