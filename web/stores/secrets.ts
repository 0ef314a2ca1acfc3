import type { Graph, GraphNode } from '../../schemas/generated/types.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import { isSealed, replaceSecretParams } from '../../schemas/rules/secret-params.ts';
import type { DocumentContent } from './document-changes.ts';

/** A copy of the graph in which no secret param has a value in clear; sealed ones stay. */
export function withoutSecrets(catalog: Catalog, graph: Graph): Graph {
  const conceal = (node: GraphNode): GraphNode => {
    const manifest = catalog.findModule(node.module, node.version);
    if (!manifest || !node.params) return node;
    return {
      ...node,
      params: replaceSecretParams(manifest, node.params, (value) => (isSealed(value) ? value : undefined)),
    };
  };
  return { ...graph, nodes: graph.nodes.map(conceal) };
}

/** The nodes of `sent` whose params the server has stored in another form: with their secrets sealed. */
export function sealedNodes(sent: DocumentContent, stored: Graph): Record<string, GraphNode> {
  const changed = stored.nodes.flatMap(({ id, params }) => {
    const mine = sent.nodes[id];
    return mine && JSON.stringify(mine.params) !== JSON.stringify(params) ? [[id, { ...mine, params }] as const] : [];
  });
  return Object.fromEntries(changed);
}

/** The content with those nodes in place of the ones that were sent; a node that was edited since stays as it is. */
export function replaceSent(
  content: DocumentContent,
  sent: DocumentContent,
  nodes: Readonly<Record<string, GraphNode>>,
): DocumentContent {
  const untouched = Object.entries(nodes).filter(([id]) => content.nodes[id] === sent.nodes[id]);
  return { ...content, nodes: { ...content.nodes, ...Object.fromEntries(untouched) } };
}
