import type { Connection, GraphNode, PortRef, Position } from '../../schemas/generated/types.ts';
import { canConnect } from '../../schemas/rules/can-connect.ts';
import { BOX_WIDTH } from '../canvas/geometry.ts';
import { graphOf } from '../stores/document-changes.ts';
import * as edits from '../stores/edits.ts';
import { select } from '../stores/session.ts';
import type { Workspace } from '../stores/workspace.ts';
import type { Action } from './action.ts';

export const deleteSelection: Action = {
  id: 'delete',
  label: 'Delete',
  shortcut: 'delete backspace',
  isEnabled: ({ session }) => {
    const { selection } = session.getState();
    return selection.nodes.length + selection.connections.length > 0;
  },
  perform: ({ session, document }) => {
    const { selection } = session.getState();
    const count = selection.nodes.length + selection.connections.length;
    document.edit((content) => edits.removeElements(content, selection), {
      label: count === 1 ? (selection.nodes.length ? 'delete box' : 'delete line') : `delete ${count} things`,
    });
  },
};

export const selectAll: Action = {
  id: 'select-all',
  label: 'Select everything',
  shortcut: 'mod+a',
  isEnabled: ({ document }) => Object.keys(document.content().nodes).length > 0,
  perform: ({ session, document }) => select(session, { nodes: Object.keys(document.content().nodes) }),
};

export const selectNothing: Action = {
  id: 'select-nothing',
  label: 'Select nothing',
  shortcut: 'escape',
  isEnabled: deleteSelection.isEnabled,
  perform: ({ session }) => select(session, {}),
};

const GRID = 8;
const snap = (value: number) => Math.round(value / GRID) * GRID;

/** Moves down and right until no box stands within reach. */
export function freePosition(positions: Readonly<Record<string, Position>>, wish: Position): Position {
  let place = { x: snap(wish.x), y: snap(wish.y) };
  const isTaken = () =>
    Object.values(positions).some(
      (other) => Math.abs(other.x - place.x) < BOX_WIDTH / 2 && Math.abs(other.y - place.y) < 64,
    );
  while (isTaken()) place = { x: place.x + 24, y: place.y + 40 };
  return place;
}

/** The preset that is made for this class of environment, else the first. */
function presetFor(workspace: Workspace, moduleId: string): string | undefined {
  const presets = workspace.library.module(moduleId)?.manifest.presets ?? {};
  const { class: environmentClass } = workspace.run.store.getState().environment;
  const names = Object.keys(presets);
  return names.find((name) => presets[name]?.classes?.includes(environmentClass)) ?? names[0];
}

/** Places a module as a new box, selects it, and returns its id. */
export function placeModule(workspace: Workspace, moduleId: string, wish: Position): string | undefined {
  const manifest = workspace.library.module(moduleId)?.manifest;
  if (!manifest) return undefined;
  const content = workspace.document.content();
  const id = edits.freeId(content.nodes, manifest.title);
  const node: GraphNode = { id, name: id, module: moduleId, version: `^${manifest.version}` };
  const preset = presetFor(workspace, moduleId);
  if (preset) node.preset = preset;
  const position = freePosition(content.positions, wish);
  workspace.document.edit((now) => edits.placeNode(now, node, position), { label: `add ${manifest.title}` });
  workspace.session.setState({ nodeTab: 'settings' });
  select(workspace.session, { nodes: [id] });
  return id;
}

/** Draws a line with the least grants, if the rules allow it; returns its id, or the reason why not. */
export function connectPorts(workspace: Workspace, from: PortRef, to: PortRef): { id: string } | { reason: string } {
  const content = workspace.document.content();
  const verdict = canConnect(workspace.library.catalog, graphOf(content), from, to);
  if (!verdict.ok) return { reason: verdict.reason };
  let id = '';
  workspace.document.edit(
    (now) => {
      const result = edits.connect(now, { from, to, grants: verdict.grants, envPrefix: verdict.envPrefix });
      id = result.id;
      return result.content;
    },
    { label: 'draw line' },
  );
  workspace.session.setState({ connectionTab: 'grants' });
  select(workspace.session, { connections: [id] });
  return { id };
}

export function renameNode(workspace: Workspace, id: string, name: string): void {
  const clean = name.trim();
  if (clean === '' || workspace.document.content().nodes[id]?.name === clean) return;
  workspace.document.edit((content) => edits.updateNode(content, id, { name: clean }), { label: 'rename' });
}

export function setParams(workspace: Workspace, id: string, params: Record<string, unknown>): void {
  workspace.document.edit((content) => edits.updateNode(content, id, { params }), {
    label: 'change settings',
    gesture: `params:${id}`,
  });
}

export function setPreset(workspace: Workspace, id: string, preset: string | undefined): void {
  workspace.document.edit((content) => edits.updateNode(content, id, { preset }), { label: 'change preset' });
}

export function returnToPreset(workspace: Workspace, id: string): void {
  workspace.document.edit((content) => edits.updateNode(content, id, { params: {} }), { label: 'return to preset' });
}

export function setConnection(workspace: Workspace, id: string, patch: Partial<Connection>, label: string): void {
  workspace.document.edit((content) => edits.updateConnection(content, id, patch), { label });
}

export function moveBoxes(workspace: Workspace, moved: Readonly<Record<string, Position>>, gesture?: string): void {
  workspace.document.edit((content) => edits.moveNodes(content, moved), { label: 'move', gesture });
}
