import type { Position } from '../../schemas/generated/types.ts';
import { describeFailure } from '../api/failure.ts';
import { restingPlaces } from '../canvas/groups/places.ts';
import { arrange } from '../layout/arrange.ts';
import { openElk } from '../layout/elk-client.ts';
import { atRest, glideAlong } from '../layout/glide.ts';
import { layoutTask } from '../layout/task.ts';
import * as edits from '../stores/edits.ts';
import type { Workspace } from '../stores/workspace.ts';
import { plural } from '../ui/format.ts';
import { notifyProblem } from '../ui/notify.tsx';
import type { Action } from './action.ts';
import { boxesOf } from './groups.ts';

const PATIENCE_MS = 300;

/** Boxes that the canvas shows or holds in collapsed groups: all, or those of the open group. */
function boxesHere(workspace: Workspace): string[] {
  const { openGroup } = workspace.session.getState();
  return openGroup === undefined ? Object.keys(workspace.document.content().nodes) : boxesOf(workspace, openGroup);
}

function selectedBoxes(workspace: Workspace): string[] {
  const { nodes, groups } = workspace.session.getState().selection;
  return [...new Set([...nodes, ...groups.flatMap((group) => boxesOf(workspace, group))])];
}

/** Where the new places begin, so that the boxes stay in their corner of the canvas. */
function corner(places: readonly Position[]): Position {
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
}

async function layOut(workspace: Workspace, ids: readonly string[]): Promise<boolean> {
  const { document, session } = workspace;
  session.getState().busy?.cancel();
  const elk = openElk();
  let isCancelled = false;
  const busy = {
    text: `Arranging ${plural(ids.length, 'box', 'boxes')}.`,
    cancel: () => {
      isCancelled = true;
      elk.close();
      session.setState({ busy: undefined });
    },
  };
  const timer = setTimeout(() => session.setState({ busy }), PATIENCE_MS);
  const done = arrange(layoutTask(workspace, ids), elk.run);
  try {
    const places = await done;
    if (isCancelled) return false;
    const rest = restingPlaces(document.content());
    const [start, origin] = [corner(ids.flatMap((id) => rest[id] ?? [])), corner(Object.values(places))];
    const to = Object.fromEntries(
      Object.entries(places).map(([id, { x, y }]) => [id, { x: start.x + x - origin.x, y: start.y + y - origin.y }]),
    );
    const label = `arrange ${plural(ids.length, 'box', 'boxes')}`;
    return glideAlong(workspace, () => document.edit((content) => edits.moveNodes(content, to), { label }));
  } catch (error) {
    notifyProblem('The boxes were not arranged.', describeFailure(error));
    return false;
  } finally {
    clearTimeout(timer);
    elk.close();
    if (session.getState().busy === busy) session.setState({ busy: undefined });
  }
}

export const arrangeAll: Action = {
  id: 'arrange-all',
  label: 'Arrange all boxes',
  group: 'Arrange',
  shortcut: 'shift+l',
  menus: ['canvas'],
  words: 'auto layout elk tidy order',
  isEnabled: (workspace) => boxesHere(workspace).length > 1,
  perform: async (workspace) => {
    if (!(await layOut(workspace, boxesHere(workspace)))) return;
    // Before that the view would be fitted to where the boxes were.
    await atRest(workspace.session);
    workspace.session.getState().view?.fit();
  },
};

export const arrangeSelection: Action = {
  id: 'arrange-selection',
  label: 'Arrange selection',
  group: 'Arrange',
  shortcut: 'alt+shift+l',
  menus: ['selection', 'group'],
  words: 'auto layout elk tidy order',
  isEnabled: (workspace) => selectedBoxes(workspace).length > 1,
  perform: async (workspace) => void (await layOut(workspace, selectedBoxes(workspace))),
};

export const stopArranging: Action = {
  id: 'stop-arranging',
  label: 'Stop arranging',
  group: 'Arrange',
  shortcut: 'escape',
  isEnabled: ({ session }) => session.getState().busy !== undefined,
  perform: ({ session }) => session.getState().busy?.cancel(),
};
