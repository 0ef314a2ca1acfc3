import type { Project } from '../../../schemas/generated/types.ts';
import type { Action } from '../../actions/action.ts';
import { placeModule } from '../../actions/edit.ts';
import { uncover } from '../../actions/groups.ts';
import { ACTIONS } from '../../actions/registry.ts';
import { goTo } from '../../actions/walk.ts';
import { BOX_WIDTH, HEADER } from '../../canvas/geometry.ts';
import { boxRects, rectsOf } from '../../canvas/select/box-rects.ts';
import { overlaps } from '../../canvas/select/rect.ts';
import { routeTo } from '../../stores/route.ts';
import type { Workspace } from '../../stores/workspace.ts';
import { plural } from '../../ui/format.ts';
import { rank } from './fuzzy.ts';

export type EntryGroup = 'Commands' | 'Boxes' | 'Add a module' | 'Lines' | 'Environments';

export interface Entry {
  id: string;
  group: EntryGroup;
  title: string;
  detail: string;
  /** Further words to find it by. */
  words: string;
  action?: Action;
  /** The module whose icon it shows. */
  module?: string;
  isDisabled?: boolean;
  perform(): void;
}

function commands(workspace: Workspace): Entry[] {
  const listed = ACTIONS.filter((action) => !action.isKeyOnly);
  const entries = listed.map((action) => ({
    id: `command:${action.id}`,
    group: 'Commands' as const,
    title: action.label,
    detail: action.group,
    words: `${action.words ?? ''} ${action.group}`,
    action,
    isDisabled: !action.isEnabled(workspace),
    perform: () => void action.perform(workspace),
  }));
  return entries.sort((a, b) => Number(a.isDisabled) - Number(b.isDisabled));
}

/** Beside the selected box, which it will most likely be connected to, else where the pointer or the middle is. */
function placeFor(workspace: Workspace): { x: number; y: number } {
  const { selection, view } = workspace.session.getState();
  const [beside] = rectsOf(workspace, selection.nodes.length === 1 ? selection.nodes : []).values();
  if (beside) {
    const place = { ...beside, x: beside.x + beside.width + 88 };
    const others = [...boxRects(workspace).values()];
    while (others.some((other) => overlaps(place, other))) place.y += 24;
    return place;
  }
  const aim = view?.aim() ?? { x: 0, y: 0 };
  return { x: aim.x - BOX_WIDTH / 2, y: aim.y - HEADER };
}

export function modules(workspace: Workspace): Entry[] {
  return workspace.library.modules.map(({ manifest }) => ({
    id: `module:${manifest.id}`,
    group: 'Add a module',
    title: manifest.title,
    detail: manifest.summary,
    words: `${manifest.id} ${manifest.category} ${manifest.summary} add`,
    module: manifest.id,
    perform() {
      const id = placeModule(workspace, manifest.id, placeFor(workspace));
      if (id !== undefined) workspace.session.getState().view?.focus({ kind: 'box', id });
    },
  }));
}

function boxes(workspace: Workspace): Entry[] {
  return Object.values(workspace.document.content().nodes).map((node) => ({
    id: `box:${node.id}`,
    group: 'Boxes',
    title: node.name,
    detail: node.module,
    words: `${node.id} ${node.module} box`,
    module: node.module,
    perform() {
      uncover(workspace, node.id);
      goTo(workspace, { kind: 'box', id: node.id });
    },
  }));
}

function lines(workspace: Workspace): Entry[] {
  const { nodes, connections } = workspace.document.content();
  const nameOf = (id: string) => nodes[id]?.name ?? id;
  return Object.values(connections).map((line) => ({
    id: `line:${line.id}`,
    group: 'Lines',
    title: `${nameOf(line.from.node)} → ${nameOf(line.to.node)}`,
    detail: line.grants.join(', ') || line.to.port,
    words: `${line.id} ${line.grants.join(' ')} ${line.from.port} ${line.to.port} line connection`,
    perform: () => goTo(workspace, { kind: 'line', id: line.id }),
  }));
}

function environments({ scope }: Workspace, projects: readonly Project[]): Entry[] {
  return projects.flatMap((project) =>
    project.environments
      .filter(({ document }) => project.name !== scope.project || document.name !== scope.environment)
      .map(({ document, nodes }) => ({
        id: `environment:${project.name}/${document.name}`,
        group: 'Environments' as const,
        title: `${project.name} / ${document.name}`,
        detail: plural(nodes, 'box', 'boxes'),
        words: `${document.class} environment open go to`,
        perform() {
          window.location.hash = routeTo({ project: project.name, environment: document.name });
        },
      })),
  );
}

/** Everything that can be done or gone to. */
export function allEntries(workspace: Workspace, projects: readonly Project[]): Entry[] {
  return [
    ...commands(workspace),
    ...boxes(workspace),
    ...modules(workspace),
    ...lines(workspace),
    ...environments(workspace, projects),
  ];
}

const PER_GROUP = 7;

/** What fits a query: the group of the best match first, and in each group the best matches. */
export function findEntries(entries: readonly Entry[], query: string, perGroup = PER_GROUP): Entry[] {
  const groups = new Map<EntryGroup, { entry: Entry; rank: number }[]>();
  for (const entry of entries) {
    const fits = rank(query, entry.title, entry.words);
    if (fits === undefined) continue;
    const found = groups.get(entry.group) ?? [];
    found.push({ entry, rank: query === '' ? 0 : fits + (entry.isDisabled ? 20 : 0) });
    groups.set(entry.group, found);
  }
  const sorted = [...groups.values()].map((found) => found.sort((a, b) => a.rank - b.rank).slice(0, perGroup));
  sorted.sort(([a], [b]) => (a?.rank ?? 0) - (b?.rank ?? 0));
  return sorted.flat().map(({ entry }) => entry);
}
