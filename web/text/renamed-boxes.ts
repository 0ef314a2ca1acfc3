import type { GraphNode } from '../../schemas/generated/types.ts';

/**
 * Boxes that stand under another id after an edit, the old id by the new one: where the one box that went and the one that came are
 * the same but for their ids; of those that are left, where they are the only ones of their module.
 */
export function renamedBoxes(before: readonly GraphNode[], after: readonly GraphNode[]): ReadonlyMap<string, string> {
  const [old, now] = [before, after].map((nodes) => new Set(nodes.map(({ id }) => id)));
  const gone = before.filter(({ id }) => !now?.has(id));
  const come = after.filter(({ id }) => !old?.has(id));
  const alike = pairs(gone, come, bodyOf);
  const known = new Set([...alike].flat());
  const isLeft = ({ id }: GraphNode) => !known.has(id);
  return new Map([...alike, ...pairs(gone.filter(isLeft), come.filter(isLeft), ({ module }) => module)]);
}

/** The new id and the old one of boxes that are alone with their key on both sides. */
function pairs(gone: readonly GraphNode[], come: readonly GraphNode[], keyOf: (node: GraphNode) => string) {
  const [left, right] = [aloneByKey(gone, keyOf), aloneByKey(come, keyOf)];
  return [...right].flatMap(([key, box]) => {
    const other = left.get(key);
    return box && other ? [[box.id, other.id] as const] : [];
  });
}

/** The box of each key; nothing where several have it. */
function aloneByKey(nodes: readonly GraphNode[], keyOf: (node: GraphNode) => string) {
  const byKey = new Map<string, GraphNode | undefined>();
  for (const node of nodes) byKey.set(keyOf(node), byKey.has(keyOf(node)) ? undefined : node);
  return byKey;
}

/** Everything of a box but its id, whatever the order of its members. */
function bodyOf({ id: _id, ...body }: GraphNode): string {
  return JSON.stringify(Object.entries(body).sort(([left], [right]) => (left < right ? -1 : 1)));
}
