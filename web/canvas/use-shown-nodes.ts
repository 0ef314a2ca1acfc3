import type { GraphNode } from '../../schemas/generated/types.ts';
import type { DocumentStore } from '../stores/document.ts';
import { useDocument, useWorkspace } from '../stores/use-workspace.ts';

type Nodes = Readonly<Record<string, GraphNode>>;

const isAlike = (one: GraphNode, other: GraphNode | undefined) =>
  one === other || (one.name === other?.name && one.module === other.module && one.version === other.version);

function createKeeper() {
  let latest: Nodes = {};
  let shown: Nodes = {};
  return (nodes: Nodes): Nodes => {
    if (nodes === latest) return shown;
    latest = nodes;
    const all = Object.values(nodes);
    if (all.length !== Object.keys(shown).length || !all.every((node) => isAlike(node, shown[node.id]))) shown = nodes;
    return shown;
  };
}

// Several ask after every edit, and the boxes are gone through once for all of them.
const keepers = new WeakMap<DocumentStore['store'], ReturnType<typeof createKeeper>>();

function keeperOf({ store }: DocumentStore): ReturnType<typeof createKeeper> {
  const known = keepers.get(store) ?? createKeeper();
  keepers.set(store, known);
  return known;
}

/**
 * The boxes as far as the canvas as a whole shows them: another object only where one comes, goes, or has another name, module or
 * version. What is typed into a form draws one box anew and not the canvas; params are to be read from the store.
 */
export function useShownNodes(): Nodes {
  const keep = keeperOf(useWorkspace().document);
  return useDocument((state) => keep(state.nodes));
}
