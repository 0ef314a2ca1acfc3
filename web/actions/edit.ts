import type { Connection, GraphNode, ModuleManifest, Position } from '../../schemas/generated/types.ts';
import type { DocumentContent } from '../../schemas/rules/content.ts';
import { withoutParam } from '../../schemas/rules/resolve-params.ts';
import * as edits from '../stores/edits.ts';
import { countSelected, rememberModule, select } from '../stores/session.ts';
import type { Workspace } from '../stores/workspace.ts';
import type { Action } from './action.ts';
import { freePlace } from './free-position.ts';

export const deleteSelection: Action = {
  id: 'delete',
  label: 'Delete',
  group: 'Edit',
  shortcut: 'delete backspace',
  menus: ['box', 'selection', 'line', 'group', 'note'],
  isEnabled: ({ session }) => countSelected(session.getState().selection) > 0,
  perform: ({ session, document }) => {
    const { selection } = session.getState();
    const count = countSelected(selection);
    const kind = selection.nodes.length
      ? 'box'
      : selection.connections.length
        ? 'line'
        : selection.groups.length
          ? 'group'
          : 'note';
    document.edit((content) => edits.removeElements(content, selection), {
      label: count === 1 ? `delete ${kind}` : `delete ${count} things`,
    });
  },
};

export const selectAll: Action = {
  id: 'select-all',
  label: 'Select everything',
  group: 'Select',
  shortcut: 'mod+a',
  menus: ['canvas'],
  isEnabled: ({ document }) => {
    const { nodes, notes } = document.content();
    return Object.keys(nodes).length + Object.keys(notes).length > 0;
  },
  perform: ({ session, document }) => {
    const { nodes, groups, notes, members } = document.content();
    const { openGroup } = session.getState();
    const isHere = (id: string) => openGroup === undefined || members[id] === openGroup;
    const boxes = Object.keys(nodes).filter(isHere);
    const whole = openGroup === undefined ? { groups: Object.keys(groups), notes: Object.keys(notes) } : {};
    select(session, { nodes: boxes, ...whole });
  },
};

export const selectNothing: Action = {
  id: 'select-nothing',
  label: 'Select nothing',
  group: 'Select',
  shortcut: 'escape',
  isEnabled: deleteSelection.isEnabled,
  perform: ({ session }) => select(session, {}),
};

/** The preset that is made for this class of environment, else the first. */
function presetFor(workspace: Workspace, moduleId: string): string | undefined {
  const presets = workspace.library.module(moduleId)?.manifest.presets ?? {};
  const { class: environmentClass } = workspace.run.store.getState().environment;
  const names = Object.keys(presets);
  return names.find((name) => presets[name]?.classes?.includes(environmentClass)) ?? names[0];
}

/** A module as a new node of a graph, with an id of its own and the preset of this class of environment. */
export function newNode(workspace: Workspace, content: DocumentContent, manifest: ModuleManifest): GraphNode {
  const id = edits.freeId(content.nodes, manifest.title);
  const node: GraphNode = { id, name: id, module: manifest.id, version: `^${manifest.version}` };
  const preset = presetFor(workspace, manifest.id);
  return preset ? { ...node, preset } : node;
}

/**
 * Places a module as a new box, selects it, and returns its id.
 * @param group a collapsed group that takes it in: it lies beside that group's boxes, so that the group stays where it is.
 */
export function placeModule(
  workspace: Workspace,
  moduleId: string,
  wish: Position,
  group?: string,
): string | undefined {
  const manifest = workspace.library.module(moduleId)?.manifest;
  if (!manifest) return undefined;
  const content = workspace.document.content();
  const node = newNode(workspace, content, manifest);
  const neighbour = Object.keys(content.members).find((id) => group !== undefined && content.members[id] === group);
  const wished = edits.placeNode(content, node, (neighbour && content.positions[neighbour]) || wish);
  const position = freePlace(workspace.library.catalog, wished, node.id);
  const place = (now: DocumentContent) => {
    const placed = edits.placeNode(now, node, position);
    return group === undefined ? placed : edits.setMembers(placed, { [node.id]: group });
  };
  workspace.document.edit(place, { label: `add ${manifest.title}` });
  workspace.session.setState({ nodeTab: 'settings' });
  rememberModule(workspace.session, moduleId);
  select(workspace.session, { nodes: [node.id] });
  return node.id;
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

/** Takes back what the box says of one setting (a JSON Pointer), so that preset and defaults hold again. */
export function returnParam(workspace: Workspace, id: string, pointer: string): void {
  workspace.document.edit(
    (content) =>
      edits.updateNode(content, id, { params: withoutParam(content.nodes[id]?.params ?? {}, pointer) ?? {} }),
    { label: 'return a setting' },
  );
}

/** Gives each box its patch, as one step of the history. */
export function setEachNode(
  workspace: Workspace,
  patches: Readonly<Record<string, Partial<GraphNode>>>,
  label: string,
  gesture?: string,
): void {
  const edit = (content: DocumentContent) =>
    Object.entries(patches).reduce((now, [id, patch]) => edits.updateNode(now, id, patch), content);
  workspace.document.edit(edit, { label, gesture });
}

export function setVersion(workspace: Workspace, id: string, version: string): void {
  workspace.document.edit((content) => edits.updateNode(content, id, { version }), { label: `move to ${version}` });
}

export function setConnection(workspace: Workspace, id: string, patch: Partial<Connection>, label: string): void {
  workspace.document.edit((content) => edits.updateConnection(content, id, patch), { label });
}
