import type { Graph, Layout, Note, Position } from '../../schemas/generated/types.ts';
import { canonicalDrawingText, canonicalText } from '../../schemas/rules/canonical.ts';
import type { Catalog } from '../../schemas/rules/catalog.ts';
import type { DocumentContent } from '../../schemas/rules/content.ts';
import { withoutSecrets } from './secrets.ts';
import type { Selection } from './session.ts';

type Content = DocumentContent;
type Positions = Readonly<Record<string, Position>>;

/** A part of a document that travels: boxes with the lines between them, whole groups, and notes. */
export interface Clipping {
  graph: Graph;
  layout: Layout;
}

/** What of a document is taken along. */
export type Taken = Pick<Selection, 'nodes' | 'groups' | 'notes'>;

/** A group takes all of its boxes with it. */
export function withBoxesOfGroups(content: Content, { nodes, groups, notes }: Taken): Taken {
  if (groups.length === 0) return { nodes, groups, notes };
  const wanted = new Set(groups);
  const inside = Object.keys(content.members).filter((node) => wanted.has(content.members[node] ?? ''));
  return { nodes: [...new Set([...nodes, ...inside])], groups, notes };
}

/** Boxes, and the lines between them. */
export function copyOf(content: Pick<Content, 'nodes' | 'connections'>, ids: readonly string[]): Graph {
  const wanted = new Set(ids);
  return {
    schemaVersion: 1,
    nodes: ids.map((id) => content.nodes[id]).filter((node) => node !== undefined),
    connections: Object.values(content.connections).filter(
      ({ from, to }) => wanted.has(from.node) && wanted.has(to.node),
    ),
  };
}

/** @param places of every box that is taken */
export function clip(content: Content, taken: Taken, places: Positions): Clipping {
  const { nodes, groups, notes } = withBoxesOfGroups(content, taken);
  const some = <T>(records: Readonly<Record<string, T>>, ids: readonly string[]): Record<string, T> =>
    Object.fromEntries(ids.flatMap((id) => (records[id] === undefined ? [] : [[id, records[id]] as const])));
  const wanted = new Set(groups);
  const inside = nodes.filter((id) => wanted.has(content.members[id] ?? ''));
  const layout: Layout = { schemaVersion: 1, nodes: some(places, nodes) };
  if (groups.length > 0) layout.groups = some(content.groups, groups);
  if (inside.length > 0) layout.members = some(content.members, inside);
  if (notes.length > 0) layout.notes = some(content.notes, notes);
  return { graph: copyOf(content, nodes), layout };
}

/** The same, so much farther right and down. */
export function shifted({ graph, layout }: Clipping, by: Position): Clipping {
  const move = <T extends Position>(records: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(records).map(([id, at]) => [id, { ...at, x: at.x + by.x, y: at.y + by.y }]));
  const notes: Record<string, Note> | undefined = layout.notes && move(layout.notes);
  return { graph, layout: { ...layout, nodes: move(layout.nodes), ...(notes ? { notes } : {}) } };
}

/**
 * What goes to the clipboard: the canonical text of a graph, without secret values in clear. Groups and notes are no part of a graph:
 * where there are some, the text has a `layout` member beside its nodes and connections, as `pull --layout` writes it.
 */
export function clippingText(catalog: Catalog, { graph, layout }: Clipping): string {
  const bare = withoutSecrets(catalog, graph);
  return layout.groups || layout.notes ? canonicalDrawingText(bare, layout) : canonicalText(bare);
}
