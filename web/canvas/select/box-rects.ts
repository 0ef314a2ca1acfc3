import type { Catalog } from '../../../schemas/rules/catalog.ts';
import type { DocumentContent } from '../../../schemas/rules/content.ts';
import type { Workspace } from '../../stores/workspace.ts';
import { placeMissing } from '../auto-place.ts';
import { BOX_WIDTH, shapeOf } from '../geometry.ts';
import type { Rect, Rects } from './rect.ts';

interface Known {
  content: Pick<DocumentContent, 'nodes' | 'connections' | 'positions' | 'groups' | 'members'>;
  expanded: Readonly<Record<string, boolean>>;
  openGroup: string | undefined;
  rects: Rects;
}

const known = new WeakMap<Workspace, Known>();

/** Where every box stands and how large it is, without those that are hidden in a collapsed group or outside of the open one. */
export function boxRects(workspace: Workspace): Rects {
  const content = workspace.document.content();
  const { expanded, openGroup } = workspace.session.getState();
  const last = known.get(workspace);
  const isSame =
    last?.expanded === expanded &&
    last.openGroup === openGroup &&
    (['nodes', 'connections', 'positions', 'groups', 'members'] as const).every(
      (collection) => last.content[collection] === content[collection],
    );
  if (last && isSame) return last.rects;
  const { nodes, connections, positions, groups, members } = content;
  const rects = rectsOfContent(workspace.library.catalog, content, { expanded, openGroup });
  known.set(workspace, { content: { nodes, connections, positions, groups, members }, expanded, openGroup, rects });
  return rects;
}

/** Those of some boxes. */
export function rectsOf(workspace: Workspace, ids: readonly string[]): Rects {
  const all = boxRects(workspace);
  const found = ids.map((id) => [id, all.get(id)] as const);
  return new Map(found.filter((entry): entry is readonly [string, Rect] => entry[1] !== undefined));
}

/** Where all boxes of a graph stand, those of collapsed groups too. */
export const everyRect = (catalog: Catalog, content: DocumentContent): Rects =>
  rectsOfContent(catalog, { ...content, groups: {} });

/** Where the boxes of a graph stand that is not on the canvas; those without a place are laid out. */
export function rectsOfContent(
  catalog: Catalog,
  content: DocumentContent,
  { expanded, openGroup }: Pick<Known, 'expanded' | 'openGroup'> = { expanded: {}, openGroup: undefined },
): Rects {
  const connected = new Map<string, Set<string>>();
  for (const { to } of Object.values(content.connections)) {
    connected.set(to.node, (connected.get(to.node) ?? new Set()).add(to.port));
  }
  const missing = placeMissing(content.nodes, content.connections, content.positions);
  const rects = new Map<string, Rect>();
  for (const node of Object.values(content.nodes)) {
    const group = content.members[node.id];
    if (openGroup === undefined ? content.groups[group ?? '']?.collapsed : group !== openGroup) continue;
    const manifest = catalog.findModule(node.module, node.version);
    const { height } = shapeOf(manifest, connected.get(node.id) ?? new Set(), expanded[node.id] === true);
    const place = content.positions[node.id] ?? missing[node.id] ?? { x: 0, y: 0 };
    rects.set(node.id, { x: place.x, y: place.y, width: BOX_WIDTH, height });
  }
  return rects;
}
