import type { Group, Position } from '../../schemas/generated/types.ts';
import type { CanvasNode } from '../canvas/flow-elements.ts';
import { BOX_WIDTH } from '../canvas/geometry.ts';
import { flowId, readFlowId } from '../canvas/groups/flow-id.ts';
import type { Area } from '../canvas/groups/frames.ts';
import { changesOver, isGroupDragged } from '../canvas/groups/places.ts';
import * as edits from '../stores/edits.ts';
import { select } from '../stores/session.ts';
import type { Workspace } from '../stores/workspace.ts';
import { plural } from '../ui/format.ts';
import type { Action } from './action.ts';
import { movedOnCanvas, setCollapsed } from './fold.ts';

type Moved = ReadonlyMap<string, Position>;

/** Moves boxes, groups with their boxes, and notes, by their ids on the canvas, as one step. */
function moveOnCanvas(
  { document }: Workspace,
  moved: Moved,
  gesture?: string,
  joined: Readonly<Record<string, string | undefined>> = {},
): void {
  document.edit(
    (content) => {
      return edits.setMembers(movedOnCanvas(content, moved), joined);
    },
    { label: Object.keys(joined).length > 0 ? 'move to another group' : 'move', gesture },
  );
}

/** Ends a drag: what was dragged stays where it is, and boxes that were dropped in or out of a frame change over. */
export function dropOnCanvas(workspace: Workspace, moved: Moved, drawn: readonly CanvasNode[]): void {
  const frames = new Map<string, Area>();
  const boxes = new Map<string, Area>();
  for (const { id, type, position, width = BOX_WIDTH, height = 0 } of drawn) {
    if (type === 'frame') frames.set(readFlowId(id).id, { ...position, width, height });
    const place = type === 'box' ? moved.get(id) : undefined;
    if (place) boxes.set(id, { ...place, width, height });
  }
  const { members } = workspace.document.content();
  const isInside = workspace.session.getState().openGroup !== undefined;
  const joined = isInside || isGroupDragged(moved) ? {} : changesOver(boxes, frames, members);
  moveOnCanvas(workspace, moved, undefined, joined);
}

/** The group that a command speaks of: the only one selected. */
function selectedGroup({ session }: Workspace): string | undefined {
  const { groups } = session.getState().selection;
  return groups.length === 1 ? groups[0] : undefined;
}

export function boxesOf({ document }: Workspace, group: string): string[] {
  const { members, nodes } = document.content();
  return Object.keys(members).filter((node) => members[node] === group && node in nodes);
}

export const groupSelection: Action = {
  id: 'group',
  label: 'Group selection',
  group: 'Arrange',
  menus: ['selection', 'box'],
  shortcut: 'mod+g',
  isEnabled: ({ session }) => session.getState().selection.nodes.length > 0 && !session.getState().openGroup,
  perform: ({ session, document }) => {
    const { nodes } = session.getState().selection;
    let group = '';
    document.edit(
      (content) => {
        const number = Object.keys(content.groups).length + 1;
        const made = edits.groupNodes(content, nodes, { title: `Group ${number}`, color: 'blue' });
        group = made.id;
        return made.content;
      },
      { label: `group ${plural(nodes.length, 'box', 'boxes')}` },
    );
    select(session, { groups: [group] });
    session.setState({ editing: flowId('group', group) });
  },
};

export const ungroup: Action = {
  id: 'ungroup',
  label: 'Ungroup',
  group: 'Arrange',
  menus: ['group'],
  shortcut: 'mod+shift+g',
  isEnabled: ({ session }) => session.getState().selection.groups.length > 0,
  perform: (workspace) => {
    const { groups } = workspace.session.getState().selection;
    const nodes = groups.flatMap((group) => boxesOf(workspace, group));
    workspace.document.edit((content) => edits.removeElements(content, { groups }), { label: 'ungroup' });
    select(workspace.session, { nodes });
  },
};

export const deleteGroupWithContent: Action = {
  id: 'delete-group-with-content',
  label: 'Delete group and boxes',
  group: 'Arrange',
  menus: ['group'],
  shortcut: 'shift+delete',
  isEnabled: ungroup.isEnabled,
  perform: (workspace) => {
    const { groups } = workspace.session.getState().selection;
    const nodes = groups.flatMap((group) => boxesOf(workspace, group));
    workspace.document.edit((content) => edits.removeElements(content, { groups, nodes }), {
      label: `delete group with ${plural(nodes.length, 'box', 'boxes')}`,
    });
  },
};

export const selectInGroup: Action = {
  id: 'select-in-group',
  label: 'Select all in group',
  group: 'Arrange',
  menus: ['group'],
  isEnabled: ungroup.isEnabled,
  perform: (workspace) => {
    const { groups } = workspace.session.getState().selection;
    setCollapsed(workspace, groups, false);
    select(workspace.session, { nodes: groups.flatMap((group) => boxesOf(workspace, group)) });
  },
};

export const toggleCollapsed: Action = {
  id: 'collapse-group',
  label: 'Collapse or expand group',
  group: 'Arrange',
  menus: ['group'],
  shortcut: 'shift+c',
  isEnabled: ungroup.isEnabled,
  perform: (workspace) => {
    const { groups } = workspace.session.getState().selection;
    const collapsed = groups.some((id) => !workspace.document.content().groups[id]?.collapsed);
    setCollapsed(workspace, groups, collapsed);
  },
};

export const enterGroup: Action = {
  id: 'enter-group',
  label: 'Enter group',
  group: 'Arrange',
  menus: ['group'],
  shortcut: 'alt+enter',
  isEnabled: (workspace) => selectedGroup(workspace) !== undefined,
  perform: (workspace) => openGroup(workspace, selectedGroup(workspace)),
};

const leaveGroup: Action = {
  id: 'leave-group',
  label: 'Leave group',
  group: 'Arrange',
  shortcut: 'escape',
  isEnabled: ({ session }) => session.getState().openGroup !== undefined,
  perform: (workspace) => openGroup(workspace, undefined),
};

/** Shows only what is in a group; without one, the whole environment with the group that was left selected. */
export function openGroup({ session }: Workspace, group: string | undefined): void {
  const left = session.getState().openGroup;
  session.setState({ openGroup: group });
  select(session, group === undefined && left !== undefined ? { groups: [left] } : {});
}

/** Opens or leaves groups so that a box is on the canvas; its own is entered where it is collapsed. */
export function uncover({ session, document }: Workspace, node: string): void {
  const { groups, members } = document.content();
  const group = members[node];
  const { openGroup: open } = session.getState();
  const isCollapsed = group !== undefined && groups[group]?.collapsed === true;
  if (isCollapsed && open !== group) session.setState({ openGroup: group });
  else if (!isCollapsed && open !== undefined && open !== group) session.setState({ openGroup: undefined });
}

export function setGroups(workspace: Workspace, ids: readonly string[], patch: Partial<Group>, label: string): void {
  workspace.document.edit((content) => ids.reduce((now, id) => edits.updateGroup(now, id, patch), content), { label });
}

/** Gives a group a title; an empty one leaves it as it is. */
export function renameGroup(workspace: Workspace, id: string, title: string): void {
  const clean = title.trim().slice(0, 60);
  if (clean !== '' && workspace.document.content().groups[id]?.title !== clean)
    setGroups(workspace, [id], { title: clean }, 'rename group');
}

/** In the order that Escape and menus ask for. */
export const GROUP_ACTIONS: readonly Action[] = [
  groupSelection,
  ungroup,
  toggleCollapsed,
  enterGroup,
  leaveGroup,
  selectInGroup,
  deleteGroupWithContent,
];
